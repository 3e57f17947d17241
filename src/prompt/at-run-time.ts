import type { Remark } from './conversion.js';
import { mayPrefill } from './may-prefill.js';
import type { Part } from './parts.js';

/** What there is to say of a prompt that only the running program can split. */
export interface AtRunTime {
  readonly remarks: readonly Remark[];
  /** Whether the prompt may end in text that the answer continues. */
  readonly mayPrefill: boolean;
  /** Why a person has to look first: a value follows the last Assistant marker that may be the user's. */
  readonly doubt: Remark | undefined;
}

/** What a language sees that the parts of a prompt do not show. */
export interface SeenAtRunTime {
  /** Whether a value after the last Assistant marker is called what prefills are called. */
  readonly isNamedPrefill: boolean;
  /** Whether text follows the last Assistant marker in what the prompt's values are made of. */
  readonly endsInPrefill: boolean;
}

/** Weighs the remarks of a prompt that is split when the program runs. */
export function atRunTime<H>(
  parts: readonly Part<H>[],
  remarks: readonly Remark[],
  { isNamedPrefill, endsInPrefill }: SeenAtRunTime,
): AtRunTime {
  const told = isNamedPrefill ? remarks.map((remark) => (remark.code === 'CTM320' ? NAMED_PREFILL : remark)) : remarks;
  const isTold = told.some(({ code }) => code === 'CTM204');
  const ends = isTold || mayPrefill(parts) || endsInPrefill;
  return {
    remarks: ends && !isTold ? [...told, MAY_PREFILL] : told,
    mayPrefill: ends,
    doubt: told.find(({ code }) => code === 'CTM320'),
  };
}

const NAMED_PREFILL: Remark = {
  code: 'CTM204',
  message: 'The value after the last "Assistant:" is kept as a final assistant message, which the answer continues.',
};

/** Said of a prompt that is not seen, and may end so. */
export const MAY_PREFILL: Remark = {
  code: 'CTM204',
  message:
    'Where the prompt ends in text after the last "Assistant:", it is kept as a final assistant message, which the answer continues.',
};
