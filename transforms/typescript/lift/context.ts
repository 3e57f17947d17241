import type ts from 'typescript';
import type { Part } from '../../../src/prompt/parts.js';
import type { Symbols } from '../symbols.js';
import type { Unit } from '../unit.js';
import type { Assembly } from './assembly.js';

import type { ExpressionHandle, Handle } from './handle.js';

export type Parts = readonly Part<Handle>[];

/** What the lifter needs of the file and the program that it reads. */
export interface LiftContext {
  readonly unit: Unit;
  readonly checker: ts.TypeChecker;
  readonly symbols: Symbols;
  /** Where the prompt is read: assignments to its variable count up to here. */
  readonly use: ts.Node;
  /** An index loop's `data[i]`, and the name that its element gets. */
  readonly element?: IndexedElement;
  /** What a parameter of an inlined function stands for. */
  readonly bound: ReadonlyMap<ts.Symbol, ExpressionHandle>;
  /** The text of those that stand for a literal. */
  readonly literals?: ReadonlyMap<ts.Symbol, string>;
  /** Called for each variable whose text is taken apart, in the order in which they are met. */
  readonly onAssembly: (assembly: Assembly) => void;
  /** Called for the prompt builder of the `ai` package, whose import may no longer be used. */
  readonly onBuilder: (builder: ts.ImportSpecifier) => void;
  readonly depth: number;
}

interface IndexedElement {
  readonly data: string;
  readonly index: ts.Symbol;
  readonly name: string;
}
