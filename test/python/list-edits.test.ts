import { beforeAll, expect, it } from 'vitest';
import { flatten } from '../../src/edits/render.js';
import { splice } from '../harness/splice.js';
import { removeElements, removeStatement } from '../../transforms/python/list-edits.js';
import { descendants, namedChildren, textOf, type Node } from '../../transforms/python/node.js';
import { loadGrammar, parse } from '../../transforms/python/parse.js';
import { createUnit } from '../../transforms/python/unit.js';

beforeAll(loadGrammar);

/** A text without the arguments of its first call whose text contains `gone`. */
function without(text: string, gone: string): string {
  const { root } = parse(text);
  const [list] = descendants(root, 'argument_list');
  const removed = new Set(namedChildren(list as Node).filter((argument) => textOf(argument).includes(gone)));
  return splice(text, flatten(text, removeElements(list as Node, removed, createUnit('a.py', text, root, true))));
}

it.each([
  ['f(a, gone, b)', 'f(a, b)'],
  ['f(gone, b)', 'f(b)'],
  ['f(a, gone)', 'f(a)'],
  ['f(a, gone,)', 'f(a,)'],
  ['f(gone)', 'f()'],
  ['f(gone, gone2)', 'f()'],
  ['f(\n    a,\n    gone,\n    b,\n)', 'f(\n    a,\n    b,\n)'],
  ['f(\n    a,\n    gone,\n)', 'f(\n    a,\n)'],
  ['f(\n    a,  # about a\n    gone,  # about it\n)', 'f(\n    a,  # about a  # about it\n)'],
  ['f(\n    gone,\n    # about b\n    b,\n)', 'f(\n    # about b\n    b,\n)'],
])('%j without it is %j', (before, after) => {
  expect(without(before, 'gone')).toBe(after);
});

it.each([
  ['a = 1\ngone = 2\nb = 3\n', 'a = 1\nb = 3\n'],
  ['a = 1\n\ngone = 2\n\n\ndef f(): pass\n', 'a = 1\n\n\ndef f(): pass\n'],
  ['a = 1; gone = 2; b = 3\n', 'a = 1; b = 3\n'],
  ['if x:\n    gone = 2  # why\n    b = 3\n', 'if x:\n    b = 3\n'],
])('%j without the statement is %j', (before, after) => {
  const { root } = parse(before);
  const statement = descendants(root, 'expression_statement').find((each) => textOf(each).startsWith('gone'));
  expect(
    splice(before, flatten(before, [removeStatement(statement as Node, createUnit('a.py', before, root, true))])),
  ).toBe(after);
});
