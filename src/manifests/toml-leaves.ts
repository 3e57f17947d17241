import { createRequire } from 'node:module';
import type * as toml from 'toml-eslint-parser';
import type { AST } from 'toml-eslint-parser';

import type { Leaf, Leaves } from './leaf.js';

const require = createRequire(import.meta.url);

/** The strings of a TOML text, but for those of several lines. The key of an array's item is its place. */
export function tomlLeaves(text: string): Leaves {
  // Only now: most projects have no manifest in TOML, and should not wait for its parser.
  const { ParseError, parseTOML } = require('toml-eslint-parser') as typeof toml;
  try {
    const [top] = parseTOML(text.replace(/^\uFEFF/, ' ')).body;
    return { leaves: top.body.flatMap((node) => [...leavesOf(node, [], text)]) };
  } catch (error) {
    if (error instanceof ParseError) return { brokenAt: error.index };
    throw error;
  }
}

function* leavesOf(
  node: AST.TOMLTable | AST.TOMLKeyValue | AST.TOMLContentNode,
  keys: readonly string[],
  text: string,
): Generator<Leaf> {
  switch (node.type) {
    case 'TOMLTable':
      for (const pair of node.body) yield* leavesOf(pair, node.resolvedKey.map(String), text);
      return;
    case 'TOMLKeyValue':
      yield* leavesOf(node.value, [...keys, ...node.key.keys.map(nameOf)], text);
      return;
    case 'TOMLInlineTable':
      for (const pair of node.body) yield* leavesOf(pair, keys, text);
      return;
    case 'TOMLArray':
      for (const [at, element] of node.elements.entries()) yield* leavesOf(element, [...keys, String(at)], text);
      return;
    case 'TOMLValue':
      if (node.kind === 'string' && !node.multiline) yield leafOf(node, keys);
  }
}

function nameOf(key: AST.TOMLBare | AST.TOMLQuoted): string {
  return key.type === 'TOMLBare' ? key.name : key.value;
}

function leafOf({ range: [start, end], style, value }: AST.TOMLStringValue, keys: readonly string[]): Leaf {
  // A version range holds no quote and no backslash, so that it reads the same in either style.
  const print = (text: string): string => (style === 'basic' ? JSON.stringify(text).slice(1, -1) : text);
  return { keys, value, range: { start: start + 1, end: end - 1 }, print };
}
