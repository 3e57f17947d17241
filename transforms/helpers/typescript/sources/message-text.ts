import type { Snippet } from '../snippet.js';

export const messageText: Snippet = {
  needs: [],
  text: `
/** The text of a message: that of all its text blocks. Thinking may come before it, and there may be none. */
function messageText(message‹: { content: readonly { type: string; text?: string }[] }›)‹: string› {
  return message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}`,
};
