import type ts from 'typescript';
import type { Edit } from '../../../src/edits/edit.js';
import type { Code } from '../../../src/findings/catalogue.js';
import type { Note } from '../../../src/findings/finding.js';
import type { HelperName } from '../../helpers/typescript/names.js';
import type { Site } from '../locate.js';
import type { Unit } from '../unit.js';

/** One place where answers are used, and what has to change there; its edits are made together or not at all. */
export interface ResultUse {
  readonly unit: Unit;
  readonly edits: readonly Edit[];
  readonly notes: readonly Note[];
  /** The calls whose answer can arrive here; none in code that only names the types of answers. */
  readonly sites: ReadonlySet<Site>;
  readonly helpers: readonly HelperName[];
  /** Why the place cannot be followed: then none of its calls can move. */
  readonly problem?: ResultProblem;
}

export interface ResultProblem {
  readonly code: Code;
  readonly node: ts.Node;
  readonly message: string;
}

/** What a part of the plan says about one place; the plan adds whose answers arrive there. */
export interface Change {
  /** The place of the flow whose answers are meant. */
  readonly at: ts.Node;
  readonly edits: readonly Edit[];
  readonly helpers?: readonly HelperName[];
  readonly notes?: readonly { readonly code: Code; readonly node: ts.Node; readonly message: string }[];
  readonly problem?: ResultProblem;
}
