import type { Snippet, SnippetSettings } from '../snippet.js';

const REASON = `ended ? 'stop_sequence' : full ? 'max_tokens' : message.stop_reason`;

/**
 * Legacy answers began with a space, stopped at the Human marker where the model had nothing more to say, and called
 * that a stop sequence. Fields and their order are those of API version 2023-06-01 (API reference, Text Completions).
 */
export const toCompletion = ({ nullReasons }: SnippetSettings): Snippet => ({
  needs: ['TextCompletion', 'messageText'],
  text: `
/** Gives a message the form of a text completion. */
function toCompletion(message‹: {
  id: string;
  model: string;
  content: readonly { type: string; text?: string }[];
  stop_reason: string | null;
}›)‹: TextCompletion› {
  const text = messageText(message);
  const ended = message.stop_reason === 'end_turn';
  const full = message.stop_reason === 'model_context_window_exceeded';
  return {
    id: message.id,
    completion: text ? ' ' + text : '',
    model: message.model,
    stop_reason: ${nullReasons ? REASON : `(${REASON})‹ as string›`},
    type: 'completion',
  };
}`,
});
