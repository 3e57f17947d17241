import type { Snippet } from '../snippet.js';

/** `convert` for a prompt that only the running program knows; a turn without text is left out. */
export const toMessages: Snippet = {
  needs: [],
  text: String.raw`
/**
 * Splits the prompt of a text completion into system text and messages.
 * Text before the first Human turn is system text; a prompt without Human turns starts with a message of the user.
 */
function toMessages(prompt‹: string›)‹: {
  system?: string;
  messages: { role: 'user' | 'assistant'; content: string }[];
}› {
  // Pieces are text and marker in turn; the first piece stands before all markers.
  const pieces = prompt.split(/(?:^|\n{2})(Human|Assistant):/);
  const messages‹: { role: 'user' | 'assistant'; content: string }[]› = [];
  let hasHuman = false;
  for (let index = 0; index < pieces.length; index += 2) {
    const marker = pieces[index - 1];
    const content = (pieces[index] || '').trim();
    if (marker === 'Human') hasHuman = true;
    if (content) messages.push({ role: marker === 'Assistant' ? 'assistant' : 'user', content });
  }
  const system = (pieces[0] || '').trim();
  return system && hasHuman ? { system, messages: messages.slice(1) } : { messages };
}`,
};
