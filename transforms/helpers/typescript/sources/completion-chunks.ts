import type { Snippet } from '../snippet.js';

/** A stream of message events, as far as it is read; `C` is what can stop it. */
export const MESSAGE_EVENTS = `{ controller: C } & AsyncIterable<{
  type: string;
  message?: { id: string; model: string };
  delta?: { type?: string; text?: string; stop_reason?: string | null };
}>`;

export const completionChunks: Snippet = {
  needs: ['TextCompletion', 'toCompletion'],
  text: `
/** Gives a stream of message events the form of a stream of text completions; the last chunk carries the reason. */
function completionChunks‹<C>›(stream‹: ${MESSAGE_EVENTS}›)‹: { controller: C } & AsyncIterable<TextCompletion>› {
  async function* chunks()‹: AsyncGenerator<TextCompletion>› {
    let answer‹: Parameters<typeof toCompletion>[0]› = {
      id: '',
      model: '',
      content: [],
      stop_reason: null,
    };
    let space = ' ';
    for await (const { type, message, delta } of stream) {
      if (type === 'message_start' && message) {
        answer = { ...answer, id: message.id, model: message.model };
      } else if (type === 'content_block_delta' && delta && delta.type === 'text_delta' && delta.text) {
        yield { ...toCompletion(answer), completion: space + delta.text };
        space = '';
      } else if (type === 'message_delta' && delta) {
        answer = { ...answer, stop_reason: delta.stop_reason || null };
      }
    }
    if (answer.stop_reason) yield toCompletion(answer);
  }
  return { controller: stream.controller, [Symbol.asyncIterator]: chunks };
}`,
};
