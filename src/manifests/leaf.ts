import type { Range } from '../edits/edit.js';

/** A string of a structured file, with the keys that lead to it and the place of its text. */
export interface Leaf {
  readonly keys: readonly string[];
  readonly value: string;
  /** What to replace to change the value: within the quotes where there are any. */
  readonly range: Range;
  /** The text that stands for another value there, in the file's own notation. */
  readonly print: (value: string) => string;
}

/** Every string of a file in the order of the file, or where it stops making sense. */
export type Leaves = { readonly leaves: readonly Leaf[] } | { readonly brokenAt: number };
