import type { Snippet } from '../snippet.js';

/**
 * Without the SDK nothing throws for an error of the API: its body comes where an answer would. It is `any`, as what
 * `response.json()` gave the program was.
 */
export const toCompletionOrError: Snippet = {
  needs: ['toCompletion'],
  text: `
/** Gives the body of an answer of the Messages API the form of a text completion; that of an error stays as it is. */
function toCompletionOrError(body‹: any›)‹: any› {
  return body && body.content ? toCompletion(body) : body;
}`,
};
