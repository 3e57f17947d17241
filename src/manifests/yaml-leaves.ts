import { isAlias, isMap, isScalar, isSeq, parseDocument, Scalar, type Document } from 'yaml';

import type { Leaf, Leaves } from './leaf.js';

/**
 * The strings, and plain numbers as they are written, of the first document of a YAML text. Block scalars are left out,
 * and lists too unless they are asked for; the key of an item is its place.
 */
export function yamlLeaves(text: string, lists: 'with lists' | 'without lists' = 'without lists'): Leaves {
  const document = parseDocument(text, { uniqueKeys: false });
  const error = document.errors[0];
  if (error !== undefined) return { brokenAt: error.pos[0] };
  return { leaves: [...leavesOf(document.contents, [], { document, lists: lists === 'with lists' })] };
}

interface Reading {
  readonly document: Document;
  readonly lists: boolean;
}

function* leavesOf(node: unknown, keys: readonly string[], reading: Reading): Generator<Leaf> {
  const { document, lists } = reading;
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      if (isScalar(key)) yield* leavesOf(value, [...keys, String(key.value)], reading);
    }
  } else if (isSeq(node) && lists) {
    for (const [at, item] of node.items.entries()) yield* leavesOf(item, [...keys, String(at)], reading);
  } else if (isAlias(node)) {
    // Only scalars: an alias of a map may contain itself.
    const target = node.resolve(document);
    if (isScalar(target)) yield* leavesOf(target, keys, reading);
  } else if (isScalar(node)) {
    const leaf = leafOf(node, keys);
    if (leaf !== undefined) yield leaf;
  }
}

function leafOf(scalar: Scalar, keys: readonly string[]): Leaf | undefined {
  const [start, end] = scalar.range ?? [];
  if (start === undefined || end === undefined || scalar.source === undefined) return undefined;
  if (scalar.type === Scalar.PLAIN) {
    return { keys, value: scalar.source, range: { start, end }, print: plain };
  }
  if (scalar.type === Scalar.QUOTE_DOUBLE || scalar.type === Scalar.QUOTE_SINGLE) {
    return { keys, value: String(scalar.value), range: { start: start + 1, end: end - 1 }, print: (value) => value };
  }
  return undefined;
}

/** A version range without quotes, unless YAML would read its first character as something else. */
function plain(value: string): string {
  return /^[\w^~=<]/.test(value) ? value : `'${value}'`;
}
