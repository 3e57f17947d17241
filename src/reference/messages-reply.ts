import { answerId } from './answer-id.js';
import type { Answer, Ending } from './generate.js';

/** What every part of a reply to `/v1/messages` carries. */
export interface MessagesFrame {
  readonly model: string;
  readonly sequence: number;
  readonly inputTokens: number;
  /** Whether thinking comes before the text. */
  readonly thinks: boolean;
}

/** What the reference model thinks, and how many tokens that takes from `max_tokens`. */
export const THINKING = { text: 'The user is waiting for an answer.', signature: 'cmVmZXJlbmNl', tokens: 300 } as const;

/** The body of a whole answer (API reference, `Message`). @throws ApiError where the answer is a failure */
export function messageBody(answer: Answer, frame: MessagesFrame): object {
  if (answer.ending.kind === 'failure') throw answer.ending.error;
  const text = answer.pieces.join('');
  return {
    ...messageShell(frame),
    content: [
      ...(frame.thinks ? [{ type: 'thinking', thinking: THINKING.text, signature: THINKING.signature }] : []),
      ...(text === '' ? [] : [{ type: 'text', text }]),
    ],
    ...stopFields(answer.ending),
    usage: { input_tokens: frame.inputTokens, output_tokens: outputTokens(answer, frame) },
  };
}

/** The message as a stream starts it: without content and without a stop reason. */
export function messageShell(frame: MessagesFrame): object {
  return {
    id: answerId('msg', frame.sequence),
    type: 'message',
    role: 'assistant',
    model: frame.model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: frame.inputTokens, output_tokens: 0 },
  };
}

/** `stop_reason` and `stop_sequence` of an answer that is complete. */
export function stopFields(ending: Ending): {
  readonly stop_reason: string | null;
  readonly stop_sequence: string | null;
} {
  switch (ending.kind) {
    case 'stop':
      return { stop_reason: 'stop_sequence', stop_sequence: ending.sequence };
    case 'limit':
      return { stop_reason: 'max_tokens', stop_sequence: null };
    case 'overflow':
      return { stop_reason: 'model_context_window_exceeded', stop_sequence: null };
    case 'refusal':
      return { stop_reason: 'refusal', stop_sequence: null };
    case 'finished':
      return { stop_reason: 'end_turn', stop_sequence: null };
    case 'failure':
      return { stop_reason: null, stop_sequence: null };
  }
}

/** Thinking counts too. */
export function outputTokens(answer: Answer, frame: MessagesFrame): number {
  return answer.pieces.length + (frame.thinks ? THINKING.tokens : 0);
}
