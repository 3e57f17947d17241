import type { Code } from '../findings/catalogue.js';

/**
 * What becomes of one key of a legacy request.
 * kept: same name, same meaning; renamed; rebuilt: its value is taken apart into other keys; filtered: same name, some
 * values go; restricted: same name, but model and API version decide whether it may be sent; removed: no counterpart.
 */
export type ParameterFate =
  | { readonly kind: 'kept' }
  | { readonly kind: 'renamed'; readonly to: string }
  | { readonly kind: 'rebuilt'; readonly into: readonly string[] }
  | { readonly kind: 'filtered'; readonly code: Code }
  | { readonly kind: 'restricted'; readonly code: Code }
  | { readonly kind: 'removed'; readonly code: Code; readonly why: string };

function removed(why: string): ParameterFate {
  return { kind: 'removed', code: 'CTM212', why };
}

/**
 * Every key that a request to `/v1/complete` can have, in SDKs of all languages
 * (API reference, Create a Text Completion; TypeScript SDK 0.4.4 and 0.137.0; Python SDK 0.2.10).
 */
export const PARAMETERS: ReadonlyMap<string, ParameterFate> = new Map<string, ParameterFate>([
  ['model', { kind: 'kept' }],
  ['prompt', { kind: 'rebuilt', into: ['system', 'messages'] }],
  ['max_tokens_to_sample', { kind: 'renamed', to: 'max_tokens' }],
  ['stop_sequences', { kind: 'filtered', code: 'CTM203' }],
  ['stream', { kind: 'kept' }],
  ['temperature', { kind: 'restricted', code: 'CTM201' }],
  ['top_p', { kind: 'restricted', code: 'CTM201' }],
  ['top_k', { kind: 'restricted', code: 'CTM201' }],
  ['metadata', { kind: 'kept' }],
  ['workspace_id', { kind: 'kept' }],
  ['betas', removed('it had no effect on completions, and messages.create has no such key')],
  ['tags', removed('it went with API version 2023-01-01; a user id belongs into metadata.user_id')],
  ['disable_checks', removed('it switched off checks of old Python SDKs and was never sent')],
]);

/** The key that tells a request to the Text Completions API from every other: no other API has it. */
export const LEGACY_ONLY_PARAMETER = 'max_tokens_to_sample';

/**
 * What becomes of one field of a legacy response. text: the joined text blocks; kept; renamed; test: a comparison of
 * `stop_reason`; error: what it told is thrown now.
 */
export type FieldFate =
  | { readonly kind: 'text' }
  | { readonly kind: 'kept' }
  | { readonly kind: 'stop-reason' }
  | { readonly kind: 'renamed'; readonly to: string; readonly code: Code }
  | { readonly kind: 'test'; readonly stopReason: 'max_tokens'; readonly code: Code }
  | { readonly kind: 'error'; readonly code: Code };

/**
 * Every field of a legacy response. `stop`, `log_id`, `truncated` and `exception` belong to API version 2023-01-01
 * and to Amazon Bedrock (API reference, Versioning).
 */
export const RESPONSE_FIELDS: ReadonlyMap<string, FieldFate> = new Map<string, FieldFate>([
  ['completion', { kind: 'text' }],
  ['stop_reason', { kind: 'stop-reason' }],
  ['id', { kind: 'kept' }],
  ['model', { kind: 'kept' }],
  ['type', { kind: 'kept' }],
  ['stop', { kind: 'renamed', to: 'stop_sequence', code: 'CTM213' }],
  ['log_id', { kind: 'renamed', to: 'id', code: 'CTM213' }],
  ['truncated', { kind: 'test', stopReason: 'max_tokens', code: 'CTM213' }],
  ['exception', { kind: 'error', code: 'CTM213' }],
]);
