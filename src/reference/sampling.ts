import type { Fields } from './json-fields.js';

/** The sampling parameters of a request, as they were sent. */
export interface Sampling {
  readonly temperature?: number;
  readonly top_p?: number;
  readonly top_k?: number;
}

export const SAMPLING_KEYS = ['temperature', 'top_p', 'top_k'] as const;

/** Reads the sampling parameters, whose ranges are the same in both APIs. @throws ApiError */
export function readSampling(fields: Fields): Sampling {
  return {
    ...(fields.has('temperature') && { temperature: fields.number('temperature', 0, 1) }),
    ...(fields.has('top_p') && { top_p: fields.number('top_p', 0, 1) }),
    ...(fields.has('top_k') && { top_k: fields.integer('top_k', 0) }),
  };
}
