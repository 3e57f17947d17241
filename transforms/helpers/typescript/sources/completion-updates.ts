import type { Snippet } from '../snippet.js';

/** For the callback that `completeStream` of SDK 0.4 had: it got all text so far with every event, and a reason with the last. */
export const completionUpdates: Snippet = {
  needs: ['TextCompletion', 'toCompletion'],
  text: `
/** A listener for the events of a stream: gives a function the answer so far, in the form of a text completion. */
function completionUpdates(update‹: (completion: TextCompletion) => unknown›) {
  return (event‹: { type: string }›, message‹: Parameters<typeof toCompletion>[0]›)‹: void› => {
    if (event.type === 'content_block_delta' || event.type === 'message_delta') update(toCompletion(message));
  };
}`,
};
