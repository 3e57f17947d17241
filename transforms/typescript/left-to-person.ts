import type ts from 'typescript';
import type { Code } from '../../src/findings/catalogue.js';

/** Ends the analysis of one site: the place, the code and the sentence that a person gets instead of an edit. */
export class LeftToPerson extends Error {
  constructor(
    readonly code: Code,
    readonly node: ts.Node,
    message: string,
  ) {
    super(message);
  }
}
