import type { Snippet } from '../snippet.js';

/** `messageText` for bodies that come without the SDK, which are `any` to the program, and may be those of errors. */
export const answerText: Snippet = {
  needs: [],
  text: `
/** The text of an answer of the Messages API: that of all its text blocks. The body of an error has none. */
function answerText(body‹: any›)‹: any› {
  const text = (block‹: { type: string; text: string }›) => (block.type === 'text' ? block.text : '');
  return body.content && body.content.map(text).join('');
}`,
};
