import { findModel, looksLikeModelId } from '../../src/api/models.js';
import type { GivenTo } from './flow/arguments.js';
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
export function readModel(expression: Node, unit: Unit, origins: Origins, givenTo: GivenTo): ModelSource {
  const { leaves, isComplete } = constantsOf(expression, unit, origins, givenTo);
  const ids = leaves.filter(({ node }) => isModelId(constantText(node) ?? '') && node.type === 'string');
  const collapsing = ids.filter((leaf) => ids.some((other) => wouldCollapse(leaf.node, other.node)));
  return {
    expression,
    leaves: ids.filter((leaf) => !collapsing.includes(leaf)),
    isDynamic: !isComplete || collapsing.length > 0,
  };
}

/** Whether two ids of one list would become equal: what goes through the list would do the same twice. */
function wouldCollapse(a: Node, b: Node): boolean {
  const isListed = a !== b && a.parent === b.parent && /^(list|tuple|set)$/.test(a.parent?.type ?? '');
  return isListed && findModel(constantText(a) ?? '')?.tier === findModel(constantText(b) ?? '')?.tier;
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
