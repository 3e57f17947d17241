/** The helpers that can be written into a project, and the types that come with them. */
export type HelperName =
  | 'toMessages'
  | 'toMessageParams'
  | 'toCompletion'
  | 'toCompletionOrError'
  | 'toCompletionChunk'
  | 'completionChunks'
  | 'toCompletionOrChunks'
  | 'completionUpdates'
  | 'messageText'
  | 'answerText'
  | 'TextCompletion'
  | 'TextCompletionParams';

/** Helpers that are there to stay: they read messages, and know nothing of completions. */
export const LASTING: ReadonlySet<HelperName> = new Set(['messageText', 'answerText']);

/** The order in which helpers stand in a file: types first, callers after what they call. */
export const HELPER_NAMES: readonly HelperName[] = [
  'TextCompletionParams',
  'TextCompletion',
  'toMessages',
  'toMessageParams',
  'messageText',
  'answerText',
  'toCompletion',
  'toCompletionOrError',
  'toCompletionChunk',
  'completionChunks',
  'toCompletionOrChunks',
  'completionUpdates',
];
