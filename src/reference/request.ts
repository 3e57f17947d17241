import type { Conversation } from './conversation.js';
import type { Fields } from './json-fields.js';
import type { Sampling } from './sampling.js';

/** A valid request to either API, in common terms. */
export interface TextRequest {
  readonly model: string;
  readonly conversation: Conversation;
  readonly maxTokens: number;
  /** As the caller sent them. */
  readonly stops: readonly string[];
  readonly stream: boolean;
  readonly sampling: Sampling;
  readonly userId: string | null;
  /** Whether thinking comes before the answer; never on the legacy API. */
  readonly thinks: boolean;
}

/** `metadata.user_id`, which both APIs have. @throws ApiError */
export function readUserId(fields: Fields): string | null {
  if (!fields.has('metadata')) return null;
  const metadata = fields.object('metadata');
  metadata.allowOnly(['user_id']);
  return metadata.hasValue('user_id') ? metadata.string('user_id') : null;
}

/** `stream`, false where it is absent. @throws ApiError */
export function readStream(fields: Fields): boolean {
  return fields.has('stream') && fields.boolean('stream');
}

/** `stop_sequences`, empty where it is absent. @throws ApiError */
export function readStops(fields: Fields): readonly string[] {
  return fields.has('stop_sequences') ? fields.strings('stop_sequences') : [];
}
