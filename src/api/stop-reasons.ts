import semver from 'semver';

import type { SdkTarget } from './sdk.js';

/** The stop reasons of the Text Completions API. */
export type LegacyStopReason = 'stop_sequence' | 'max_tokens';

/** The stop reasons of a Messages answer that a request without tools can meet. */
export type StopReason = 'end_turn' | 'stop_sequence' | 'max_tokens' | 'model_context_window_exceeded' | 'refusal';

/**
 * The TypeScript SDK from which on every version has the literal in the type of `stop_reason`.
 * 0.65 and 0.66 had `model_context_window_exceeded` too, the versions after them did not.
 */
const TYPED_SINCE: Readonly<Record<StopReason, string>> = {
  end_turn: '0.14.0',
  stop_sequence: '0.14.0',
  max_tokens: '0.14.0',
  refusal: '0.41.0',
  model_context_window_exceeded: '0.114.0',
};

/** What the legacy API called by one name, Messages tells apart: the natural end of a turn is no stop sequence there. */
const CURRENT: Readonly<Record<LegacyStopReason, readonly StopReason[]>> = {
  stop_sequence: ['end_turn', 'stop_sequence'],
  max_tokens: ['max_tokens', 'model_context_window_exceeded'],
};

/** Whether a comparison of `stop_reason` with this literal type-checks on every SDK that the target allows. */
export function isTyped(reason: StopReason, target: SdkTarget): boolean {
  return semver.gte(target.lowest, TYPED_SINCE[reason]);
}

/** The Messages stop reasons that say what a legacy one said, as far as the target's types know them; never empty. */
export function currentStopReasons(legacy: LegacyStopReason, target: SdkTarget): StopReason[] {
  return CURRENT[legacy].filter((reason) => isTyped(reason, target));
}

/** The first TypeScript SDK whose legacy answers have a stop reason that may be null; those before typed it `string`. */
const NULLABLE_SINCE = '0.13.0';

/** Whether legacy code of a target knows that a stop reason may be null. */
export function knowsNullReasons({ declared }: SdkTarget): boolean {
  return declared === undefined || semver.gte(declared, NULLABLE_SINCE);
}

/** The first TypeScript SDK whose legacy answers have an id and a type of their own. */
const IDENTIFIED_SINCE = '0.11.0';

/** Whether legacy code of a target knows that an answer has an `id` and a `type`: its own literals may lack them. */
export function knowsIds({ declared }: SdkTarget): boolean {
  return declared === undefined || semver.gte(declared, IDENTIFIED_SINCE);
}

/** Whether a string is a stop reason that the Text Completions API could answer with. */
export function isLegacyStopReason(text: string): text is LegacyStopReason {
  return Object.hasOwn(CURRENT, text);
}

/** The legacy stop reason that says what a Messages one says; others, such as `refusal`, have none and stay. */
export function legacyStopReason(reason: string): string {
  for (const [legacy, current] of Object.entries(CURRENT)) {
    if ((current as readonly string[]).includes(reason)) return legacy;
  }
  return reason;
}
