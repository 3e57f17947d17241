import type { Code } from '../../src/findings/catalogue.js';
import type { Node } from './node.js';

/** Why a person has to look at a place. */
export interface LeftToPerson {
  readonly code: Code;
  readonly node: Node;
  /** A clause or a sentence for a person. */
  readonly message: string;
}
