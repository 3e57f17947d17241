import type { Snippet } from '../snippet.js';
import { MESSAGE_EVENTS } from './completion-chunks.js';

/** For calls that may stream or not, as their parameters say when the program runs. */
export const toCompletionOrChunks: Snippet = {
  needs: ['toCompletion', 'completionChunks'],
  text: `
/** Gives an answer the form of a text completion, be it a message or a stream of message events. */
function toCompletionOrChunks‹<C>›(answer‹:
  | Parameters<typeof toCompletion>[0]
  | (${MESSAGE_EVENTS.replaceAll('\n', '\n    ')})›)‹: TextCompletion | ({ controller: C } & AsyncIterable<TextCompletion>)› {
  return 'content' in answer ? toCompletion(answer) : completionChunks(answer);
}`,
};
