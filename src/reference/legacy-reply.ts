import { answerId } from './answer-id.js';
import { legacyErrorData } from './api-error.js';
import type { ApiVersion } from './api-version.js';
import type { Answer, Ending } from './generate.js';
import type { ServerEvent } from './server-event.js';

/** The stop sequence that is built into the legacy models. */
export const BUILT_IN_STOP = '\n\nHuman:';

/** What every part of a legacy reply carries. Bedrock has fields of its own. */
export interface LegacyFrame {
  readonly model: string;
  readonly form: ApiVersion | 'bedrock';
  readonly sequence: number;
}

/** The body of a whole answer (API reference, `Completion`). @throws ApiError where the answer is a failure */
export function completionBody(answer: Answer, frame: LegacyFrame): object {
  if (answer.ending.kind === 'failure') throw answer.ending.error;
  return completion(answer.pieces.join(''), answer.ending, frame);
}

/**
 * The events of a streamed answer: each with the whole text so far under version 2023-01-01, with what is new since
 * 2023-06-01; the last one carries the stop reason (legacy documentation, "Streaming").
 */
export function* completionEvents(answer: Answer, frame: LegacyFrame): Generator<ServerEvent> {
  const cumulative = frame.form === '2023-01-01';
  let text = '';
  for (const [index, piece] of answer.pieces.entries()) {
    text += piece;
    yield { name: 'completion', data: completion(cumulative ? text : piece, null, frame) };
    if (index === 0) yield { name: 'ping', data: { type: 'ping' } };
  }
  if (answer.ending.kind === 'failure') yield { name: 'error', data: legacyErrorData(answer.ending.error) };
  else yield { name: 'completion', data: completion(cumulative ? text : '', answer.ending, frame) };
}

/** The answer with the one space that the legacy API puts before a text that it starts itself. */
export function withLeadingSpace(answer: Answer): Answer {
  const [first, ...rest] = answer.pieces;
  return first === undefined ? answer : { ...answer, pieces: [` ${first}`, ...rest] };
}

/** The fields in the order of the API reference. */
function completion(text: string, ending: Ending | null, { form, model, sequence }: LegacyFrame): object {
  const id = answerId('compl', sequence);
  const stop_reason = stopReason(ending);
  const stop = stopText(ending);
  switch (form) {
    case '2023-01-01':
      return {
        completion: text,
        stop_reason,
        model,
        stop,
        log_id: id,
        truncated: reachedLimit(ending),
        exception: null,
      };
    case 'bedrock':
      return { type: 'completion', completion: text, stop_reason, stop };
    default:
      return { id, completion: text, model, stop_reason, type: 'completion' };
  }
}

function stopReason(ending: Ending | null): string | null {
  if (ending === null) return null;
  return reachedLimit(ending) ? 'max_tokens' : 'stop_sequence';
}

function reachedLimit(ending: Ending | null): boolean {
  return ending?.kind === 'limit' || ending?.kind === 'overflow';
}

/** Which string ended the answer: the built-in one where the model had nothing more to say. */
function stopText(ending: Ending | null): string | null {
  if (ending?.kind === 'stop') return ending.sequence;
  return ending?.kind === 'finished' ? BUILT_IN_STOP : null;
}
