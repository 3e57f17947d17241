import { parseTree, type Node, type ParseError } from 'jsonc-parser';

import type { Leaf, Leaves } from './leaf.js';

const STRICT_JSON = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };

/** The strings of a JSON text. A byte order mark is accepted, as npm does; comments and trailing commas are not. */
export function jsonLeaves(text: string): Leaves {
  const errors: ParseError[] = [];
  const root = parseTree(text.replace(/^\uFEFF/, ' '), errors, STRICT_JSON);
  if (root === undefined || errors.length > 0) return { brokenAt: errors[0]?.offset ?? 0 };
  return { leaves: [...leavesOf(root, [])] };
}

function* leavesOf(node: Node, keys: readonly string[]): Generator<Leaf> {
  if (node.type === 'string') {
    const range = { start: node.offset + 1, end: node.offset + node.length - 1 };
    yield { keys, value: node.value as string, range, print: (value) => JSON.stringify(value).slice(1, -1) };
  }
  if (node.type !== 'object') return;
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key !== undefined && value !== undefined) yield* leavesOf(value, [...keys, key.value as string]);
  }
}
