/** The helpers that can be written into a project, and the types that come with them. */
export type HelperName =
  | 'toMessages'
  | 'toMessageParams'
  | 'toCompletion'
  | 'completionChunks'
  | 'messageText'
  | 'TextCompletion'
  | 'TextCompletionParams';

/** The order in which helpers stand in a file: types first, callers after what they call. */
export const HELPER_NAMES: readonly HelperName[] = [
  'TextCompletionParams',
  'TextCompletion',
  'toMessages',
  'toMessageParams',
  'messageText',
  'toCompletion',
  'completionChunks',
];
