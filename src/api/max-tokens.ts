import type { Model } from './models.js';

/**
 * The most that a call without streaming may ask: TypeScript SDKs from 0.37, Python from 0.47 and Go from 1.2 throw
 * before sending when 3600 s * max_tokens / 128000 exceeds 600 s, and the client sets no timeout of its own.
 */
export const MAX_TOKENS_WITHOUT_STREAMING = Math.floor((600 * 128_000) / 3600);

export type MaxTokensVerdict =
  { readonly kind: 'kept' } | { readonly kind: 'clamped'; readonly to: number; readonly why: string };

/**
 * What becomes of a constant `max_tokens_to_sample`. The legacy API capped large values silently; Messages refuses them.
 * `streaming` is false wherever the call may run without a stream. `model` is undefined when known only at run time.
 * SDKs too old to have the guard are treated alike, because a newer one of the same range has it.
 */
export function maxTokensVerdict(value: number, model: Model | undefined, streaming: boolean): MaxTokensVerdict {
  const byModel = model?.maxOutput ?? Infinity;
  const byGuard = streaming ? Infinity : MAX_TOKENS_WITHOUT_STREAMING;
  const to = Math.min(byModel, byGuard);
  if (!(value > to)) return { kind: 'kept' };
  const why =
    byGuard <= byModel
      ? `the SDK throws before it sends a call without streaming that asks for more than ${MAX_TOKENS_WITHOUT_STREAMING}`
      : `${(model as Model).id} writes at most ${byModel} tokens`;
  return { kind: 'clamped', to, why: `max_tokens is lowered from ${value} to ${to} because ${why}.` };
}
