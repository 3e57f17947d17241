import type ts from 'typescript';
import type { Content } from '../../../src/prompt/conversation.js';
import type { Piece } from '../../../src/edits/edit.js';

/** What stands behind a part of a TypeScript prompt: an expression of the program, or a loop over its data. */
export type Handle = ExpressionHandle | IterationHandle;

export interface ExpressionHandle {
  readonly kind: 'expression';
  /** The expression as it is printed, ranges of the source kept. */
  readonly pieces: readonly Piece[];
  /** Where it is evaluated in the source; absent for expressions that the lifter made. */
  readonly node?: ts.Expression;
  /** Whether it is seen to be a string, so that it may stand without a template around it. */
  readonly isString: boolean;
  /** The parameters of an inlined function that were replaced, and by what. */
  readonly bound?: ReadonlyMap<ts.Symbol, ExpressionHandle>;
  /** The loop that made the text, with what it adds for each element. */
  readonly loop?: TextLoop;
}

export interface TextLoop {
  readonly over: IterationHandle;
  readonly body: Content<Handle>;
  /** Whether its text begins, or ends, in white space. */
  readonly opens: boolean;
  readonly closes: boolean;
}

export interface IterationHandle {
  readonly kind: 'iteration';
  /** The data that is mapped over. */
  readonly data: readonly Piece[];
  /** The callback's parameters: `m`, `{ role, text }`, `m, i`. */
  readonly binding: readonly Piece[];
  readonly dataNode: ts.Expression;
  /** What declares the names of one round: a loop's variable, a callback's parameters. */
  readonly bindingNodes: readonly ts.Node[];
  /** Tests of the data that leave an element out. */
  readonly skips: readonly ts.Expression[];
}
