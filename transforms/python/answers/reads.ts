import { attributeName, field, wrapping, type Node } from '../node.js';
import type { CumulativeReads } from './cumulative.js';
import type { Unit } from '../unit.js';

/** One place where a field of an answer is read. */
export interface FieldRead {
  readonly field: string;
  /** `r.completion`, `r["completion"]` or `r.get("completion")`. */
  readonly node: Node;
  /** `r` */
  readonly object: Node;
  /** The file that it stands in. */
  readonly unit: Unit;
  /** What a read gives where the field is missing: an expression, or None; absent for reads that fail then. */
  readonly fallback?: Node | 'None';
}

/** A loop over a stream that reads nothing of its events but their text. */
export interface StreamLoop {
  /** The `for_statement`, or the comprehension. */
  readonly node: Node;
  /** The name of one event. */
  readonly target: Node;
  readonly reads: readonly FieldRead[];
  /** What else becomes of the text, of a stream whose events hold all of it so far. */
  readonly cumulative?: CumulativeReads;
  /** The file that it stands in. */
  readonly unit: Unit;
}

/** The text of a chunk, if that is what is read of it. */
export function chunkRead(read: Node, unit: Unit): FieldRead | undefined {
  const access = wrapping(read).parent;
  const isText = access?.type === 'attribute' && attributeName(access) === 'completion';
  return isText && !isWritten(access) ? { field: 'completion', node: access, object: read, unit } : undefined;
}

/** Whether an access is given a value, or taken away. */
export function isWritten(access: Node): boolean {
  const { parent } = access;
  return (
    (parent?.type === 'assignment' && field(parent, 'left') === access) ||
    (parent?.type === 'augmented_assignment' && field(parent, 'left') === access) ||
    parent?.type === 'delete_statement'
  );
}
