import { attributeName, field, wrapping, type Node } from '../node.js';
import type { Unit } from '../unit.js';
import type { FieldRead } from './plan.js';

/** The text of a chunk, if that is what is read of it. */
export function chunkRead(read: Node, unit: Unit): FieldRead | undefined {
  const access = wrapping(read).parent;
  const isText = access?.type === 'attribute' && attributeName(access) === 'completion';
  return isText && !isWritten(access) ? { field: 'completion', node: access, object: read, unit } : undefined;
}

/** Whether an access is given a value, or taken away. */
export function isWritten(access: Node): boolean {
  const { parent } = access;
  return (parent?.type === 'assignment' && field(parent, 'left') === access) || parent?.type === 'augmented_assignment' && field(parent, 'left') === access || parent?.type === 'delete_statement';
}
