import { errorBody } from './api-error.js';
import type { Answer } from './generate.js';
import { messageShell, outputTokens, stopFields, THINKING, type MessagesFrame } from './messages-reply.js';
import type { ServerEvent } from './server-event.js';

/** The events of a streamed answer, whose names are their types (API reference, "Streaming Messages"). */
export function* messagesEvents(answer: Answer, frame: MessagesFrame): Generator<ServerEvent> {
  yield event('message_start', { message: messageShell(frame) });
  yield event('ping', {});
  if (frame.thinks) yield* thinkingBlock();
  if (answer.pieces.length > 0) yield* textBlock(answer, frame.thinks ? 1 : 0);
  if (answer.ending.kind === 'failure') {
    yield { name: 'error', data: errorBody(answer.ending.error) };
    return;
  }
  yield event('message_delta', {
    delta: stopFields(answer.ending),
    usage: { output_tokens: outputTokens(answer, frame) },
  });
  yield event('message_stop', {});
}

function* thinkingBlock(): Generator<ServerEvent> {
  const content_block = { type: 'thinking', thinking: '', signature: '' };
  yield event('content_block_start', { index: 0, content_block });
  yield delta(0, { type: 'thinking_delta', thinking: THINKING.text });
  yield delta(0, { type: 'signature_delta', signature: THINKING.signature });
  yield event('content_block_stop', { index: 0 });
}

/** A block that a failure breaks off has no end. */
function* textBlock({ pieces, ending }: Answer, index: number): Generator<ServerEvent> {
  yield event('content_block_start', { index, content_block: { type: 'text', text: '' } });
  for (const text of pieces) yield delta(index, { type: 'text_delta', text });
  if (ending.kind !== 'failure') yield event('content_block_stop', { index });
}

function delta(index: number, content: object): ServerEvent {
  return event('content_block_delta', { index, delta: content });
}

function event(type: string, fields: object): ServerEvent {
  return { name: type, data: { type, ...fields } };
}
