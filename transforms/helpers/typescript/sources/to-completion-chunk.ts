import type { Snippet } from '../snippet.js';

/**
 * One event at a time, for programs that take a stream apart by themselves: what carries no text gives a chunk without any.
 * An event is `any`, as what `JSON.parse` gave the program was.
 */
export const toCompletionChunk: Snippet = {
  needs: [],
  text: `
/** Gives an event of a stream of the Messages API the form of a chunk of a text completion; errors and pings stay. */
function toCompletionChunk(event‹: any›)‹: any› {
  if (event.type === 'error' || event.type === 'ping') return event;
  const delta = event.delta || {};
  const ended = delta.stop_reason === 'end_turn';
  const full = delta.stop_reason === 'model_context_window_exceeded';
  return {
    type: 'completion',
    completion: delta.type === 'text_delta' ? delta.text : '',
    stop_reason: ended ? 'stop_sequence' : full ? 'max_tokens' : delta.stop_reason || null,
  };
}`,
};
