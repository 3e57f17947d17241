/** The helpers that can be written into a project of Python. */
export type HelperName =
  | 'to_messages'
  | 'to_message_params'
  | 'message_text'
  | 'answer_text'
  | 'async_client'
  | 'TextCompletion'
  | 'to_completion'
  | 'async_to_completion'
  | 'to_completion_dict'
  | 'to_completion_body'
  | 'to_completion_event'
  | 'completion_chunks'
  | 'async_completion_chunks'
  | 'completion_stream'
  | 'async_completion_stream';

/** Helpers that are there to stay: they read messages, and know nothing of completions. They stand in each file. */
export const LASTING: ReadonlySet<HelperName> = new Set(['message_text', 'answer_text']);

/** The order in which helpers stand in a file: what is called first. */
export const HELPER_NAMES: readonly HelperName[] = [
  'to_messages',
  'to_message_params',
  'message_text',
  'answer_text',
  'async_client',
  'TextCompletion',
  'to_completion',
  'async_to_completion',
  'to_completion_dict',
  'to_completion_body',
  'to_completion_event',
  'completion_chunks',
  'async_completion_chunks',
  'completion_stream',
  'async_completion_stream',
];
