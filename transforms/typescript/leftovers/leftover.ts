import type ts from 'typescript';
import type { Code } from '../../../src/findings/catalogue.js';
import type { Symbols } from '../symbols.js';
import type { Unit } from '../unit.js';

/** Legacy code that is no call through an SDK client that we could move: said, never edited. */
export interface Leftover {
  readonly code: Code;
  readonly node: ts.Node;
  /** What a person has to do, as a sentence. */
  readonly message: string;
}

/** What a rule may look at. */
export interface RuleContext {
  readonly unit: Unit;
  readonly checker: ts.TypeChecker;
  readonly symbols: Symbols;
  /** Whether a node belongs to a call that is reported, or moved, as a site of its own. */
  readonly isOfSite: (node: ts.Node) => boolean;
  /** Whether a call of a file converts parameters that it could not see when the program runs. */
  readonly convertsParams: (file: ts.SourceFile) => boolean;
  /** Members named max_tokens_to_sample that calls which moved read: options of the program, which keep their name. */
  readonly options: ReadonlySet<ts.Symbol>;
  /** The range that the file's package declares for another package. */
  readonly rangeOf: (name: string) => string | undefined;
}

/** Looks at one node of a file; called for each. */
export type Rule = (node: ts.Node, context: RuleContext) => Leftover | undefined;
