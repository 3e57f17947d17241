import type { Fields } from './json-fields.js';

/** The sampling parameters of a request, as they were sent. */
export interface Sampling {
  readonly temperature?: number;
  readonly top_p?: number;
  readonly top_k?: number;
}

export const SAMPLING_KEYS = ['temperature', 'top_p', 'top_k'] as const;

/** What the legacy API took for `top_k` and `top_p` that are off: -1, which was their default (its first documentation). */
const OFF = -1;

/** Reads the sampling parameters, whose ranges are the same in both APIs, but for `off`. @throws ApiError */
export function readSampling(fields: Fields, { takesOff }: { readonly takesOff: boolean }): Sampling {
  const isOff = (key: string): boolean => takesOff && fields.has(key) && fields.required(key) === OFF;
  return {
    ...(fields.has('temperature') && { temperature: fields.number('temperature', 0, 1) }),
    ...(fields.has('top_p') && { top_p: isOff('top_p') ? OFF : fields.number('top_p', 0, 1) }),
    ...(fields.has('top_k') && { top_k: isOff('top_k') ? OFF : fields.integer('top_k', 0) }),
  };
}
