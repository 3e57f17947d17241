import type { Conversation } from './conversation.js';

/**
 * The text in the pieces that the reference model writes and counts: at most eight characters that are
 * not white space, with the white space before them. Joined they are the text again.
 */
export function tokens(text: string): readonly string[] {
  return text.match(/\s*\S{1,8}|\s+/gu) ?? [];
}

/** How many tokens a conversation takes. */
export function conversationTokens({ system, turns, prefill }: Conversation): number {
  const texts = [system ?? '', ...turns.map(({ text }) => text), prefill ?? ''];
  return texts.reduce((sum, text) => sum + tokens(text).length, 0);
}
