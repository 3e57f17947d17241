import type { Range } from './edit.js';

/** Edits that cannot all be carried out: a bug of the transform that made them, never of the user's code. */
export class EditConflict extends Error {
  override readonly name = 'EditConflict';

  constructor(
    /** What is wrong, as the end of a sentence: `overlaps`. */
    readonly problem: string,
    readonly ranges: readonly Range[],
  ) {
    super(`${ranges.map((range) => `[${range.start}, ${range.end})`).join(' and ')}: ${problem}`);
  }
}
