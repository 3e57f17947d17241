import { looksLikeModelId } from '../../src/api/models.js';
import { constantText } from './literals.js';
import { textOf, walk, type Node } from './node.js';
import type { Origins, Placed } from './origin.js';
import type { Unit } from './unit.js';
import { constantsOf } from './values.js';

/** The model ids that a call can send. */
export interface ModelSource {
  readonly expression: Node;
  readonly leaves: readonly Placed[];
  /** Whether the program may send another one that is not seen. */
  readonly isDynamic: boolean;
}

/** Which ids feed the `model` of a call. */
export function readModel(expression: Node, unit: Unit, origins: Origins): ModelSource {
  const { leaves, isComplete } = constantsOf(expression, unit, origins);
  const ids = leaves.filter(({ node }) => isModelId(constantText(node) ?? '') && node.type === 'string');
  return { expression, leaves: ids, isDynamic: !isComplete };
}

export function isModelId(text: string): boolean {
  return looksLikeModelId(text) || /^(anthropic\.)?claude/.test(text);
}

/** The ids that do more in a file than be sent: they are compared, or are keys. Such an id stays, and the call maps the value. */
export function identityIds({ root }: Unit): ReadonlySet<string> {
  const ids = new Set<string>();
  walk(root, (node) => {
    if (node.type !== 'string') return undefined;
    const text = constantText(node);
    const { parent } = node;
    const isIdentity =
      parent?.type === 'comparison_operator' ||
      (parent?.type === 'pair' && node.field === 'key') ||
      parent?.type === 'case_pattern' ||
      isTyped(node);
    if (text !== undefined && isModelId(text) && isIdentity) ids.add(text);
    return false;
  });
  return ids;
}

/** An entry of `Literal["claude-2", ...]`. */
function isTyped({ parent }: Node): boolean {
  return parent?.type === 'subscript' && textOf(parent.children[0] as Node).endsWith('Literal');
}
