import type { ApiError } from './api-error.js';
import type { Conversation } from './conversation.js';
import type { Exchange } from './exchange.js';
import { BUILT_IN_STOP } from './legacy-reply.js';
import type { Sampling } from './sampling.js';

/** One request to either API as the server understood it: a line of `--log`. */
export type LogEntry = AnsweredEntry | RefusedEntry;

export interface AnsweredEntry {
  readonly api: 'complete' | 'messages';
  /** As the header `anthropic-version` names it, or `bedrock`. */
  readonly version: string;
  readonly model: string;
  readonly conversation: Conversation;
  readonly limits: { readonly max_tokens: number };
  /** As sent, without the marker at which the legacy API stops anyway. */
  readonly stops: readonly string[];
  readonly sampling: Sampling;
  readonly stream: boolean;
  readonly user_id: string | null;
  /** What the model said, without the leading space of the legacy API. */
  readonly answer: string;
}

export interface RefusedEntry {
  readonly api: 'complete' | 'messages' | 'bedrock';
  /** The header as it came, null where there was none. */
  readonly version: string | null;
  readonly status: number;
  readonly error: { readonly type: string; readonly message: string };
}

/** @param stream given where the URL decides it and not the body */
export function answeredEntry(
  head: Pick<AnsweredEntry, 'api' | 'version'>,
  { request, said }: Exchange<unknown>,
  stream = request.stream,
): AnsweredEntry {
  return {
    ...head,
    model: request.model,
    conversation: request.conversation,
    limits: { max_tokens: request.maxTokens },
    stops: request.stops.filter((stop) => stop !== BUILT_IN_STOP),
    sampling: request.sampling,
    stream,
    user_id: request.userId,
    answer: said,
  };
}

export function refusedEntry(
  head: Pick<RefusedEntry, 'api' | 'version'>,
  { status, type, message }: ApiError,
): RefusedEntry {
  return { ...head, status, error: { type, message } };
}
