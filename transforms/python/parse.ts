import { fileURLToPath } from 'node:url';
import { Language, Parser, type TreeCursor } from 'web-tree-sitter';
import { packageRoot } from '../../src/package-root.js';
import type { Node } from './node.js';

let ready: Promise<Parser> | undefined;
let loaded: Parser | undefined;

/** Loads the grammar, once for the process: the only step that is not synchronous. */
export async function loadGrammar(): Promise<void> {
  ready ??= create();
  loaded = await ready;
}

async function create(): Promise<Parser> {
  await Parser.init();
  const language = await Language.load(fileURLToPath(new URL('vendor/tree-sitter-python.wasm', packageRoot())));
  return new Parser().setLanguage(language);
}

export interface Parsed {
  readonly root: Node;
  /** The first place that is no Python, if there is one. */
  readonly error: { readonly start: number; readonly end: number } | undefined;
}

/** Parses a file. Throws where the grammar was not loaded before. */
export function parse(text: string): Parsed {
  if (loaded === undefined) throw new Error('The grammar of Python is not loaded.');
  const tree = loaded.parse(text);
  if (tree === null) throw new Error('The parser gave no tree.');
  const cursor = tree.walk();
  try {
    let error: Parsed['error'];
    const root = copy(cursor, text, (start, end) => (error ??= { start, end }));
    return { root, error };
  } finally {
    cursor.delete();
    tree.delete();
  }
}

/** Statements that only Python 2 has, and the grammar still reads. */
const PYTHON_2 = new Set(['print_statement', 'exec_statement']);

interface Growing extends Node {
  readonly children: Node[];
}

/**
 * What the file's tree is, as plain data: a call into the parser for each look at a node would cost more than parsing does.
 * No recursion: a sum of thousands of strings is a tree as deep.
 */
function copy(cursor: TreeCursor, file: string, onError: (start: number, end: number) => void): Node {
  const grow = (parent: Growing | undefined): Growing => {
    const node: Growing = {
      type: cursor.nodeType,
      start: cursor.startIndex,
      end: cursor.endIndex,
      named: cursor.nodeIsNamed,
      field: cursor.currentFieldName ?? undefined,
      parent,
      children: [],
      file,
    };
    parent?.children.push(node);
    if (node.type === 'ERROR' || cursor.nodeIsMissing || PYTHON_2.has(node.type)) onError(node.start, node.end);
    return node;
  };
  const root = grow(undefined);
  for (let at = root; ;) {
    if (cursor.gotoFirstChild()) at = grow(at);
    else {
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) return root;
        at = at.parent as Growing;
      }
      at = grow(at.parent as Growing);
    }
  }
}
