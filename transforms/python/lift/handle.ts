import type { Part } from '../../../src/prompt/parts.js';
import type { Node } from '../node.js';

/** What stands behind a part of a Python prompt: an expression of the program, or a loop over its data. */
export type Handle = ExpressionHandle | IterationHandle;

export interface ExpressionHandle {
  readonly kind: 'expression';
  /** The expression in the source. */
  readonly node: Node;
  /** Text to print in its place, where the lifter made the expression; `{}` in it stands for the source of `node`. */
  readonly made?: string;
  /** Whether it is seen to be a string, so that it may stand without an f-string around it. */
  readonly isString: boolean;
  /** Conversion and format in an f-string, such as `!r` or `:>10`. */
  readonly format: string;
}

export interface IterationHandle {
  readonly kind: 'iteration';
  /** What one element is called: `m`, `role, text`. */
  readonly target: Node;
  readonly data: Node;
  /** Tests that an element has to pass, and tests that leave it out. */
  readonly filters: readonly { readonly test: Node; readonly isSkip: boolean }[];
  readonly isAsync: boolean;
}

export type Parts = readonly Part<Handle>[];
