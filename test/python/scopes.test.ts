import { beforeAll, describe, expect, it } from 'vitest';
import { descendants, textOf, type Node } from '../../transforms/python/node.js';
import { loadGrammar, parse } from '../../transforms/python/parse.js';
import { readScopes } from '../../transforms/python/scopes.js';

beforeAll(loadGrammar);

/** Line numbers of the definitions that each identifier called `x` stands for. */
function linesOf(text: string): readonly string[] {
  const { root } = parse(text);
  const scopes = readScopes(root);
  const line = (node: Node): number => text.slice(0, node.start).split('\n').length;
  return descendants(root, 'identifier')
    .filter((node) => textOf(node) === 'x')
    .map(
      (node) =>
        `${String(line(node))}: ${
          scopes
            .bindingOf(node)
            ?.definitions.map(({ name }) => line(name))
            .join(' ') ?? '-'
        }`,
    );
}

describe('what a name stands for', () => {
  it.each([
    [
      'a local name hides that of the module',
      'x = 1\ndef f():\n    x = 2\n    return x\nx',
      ['1: 1', '3: 3', '4: 3', '5: 1'],
    ],
    ['global binds in the module', 'def f():\n    global x\n    x = 2\nx', ['2: -', '3: 3', '4: 3']],
    [
      'nonlocal binds in the function around',
      'def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2\n    return x',
      ['2: 2 5', '4: -', '5: 2 5', '6: 2 5'],
    ],
    [
      'functions do not see the names of a class body',
      'x = 0\nclass A:\n    x = 1\n    y = x\n    def f(self):\n        return x',
      ['1: 1', '3: 3', '4: 3', '6: 1'],
    ],
    [
      'defaults are read outside of their function',
      'x = 1\ndef f(x=x):\n    return x',
      ['1: 1', '2: 2', '2: 1', '3: 2'],
    ],
    [
      'the first data of a comprehension is read outside of it',
      'x = [[1]]\n[x for x in x]',
      ['1: 1', '2: 2', '2: 2', '2: 1'],
    ],
    [
      'a walrus in a comprehension binds around it',
      'def f(a):\n    any((x := i) for i in a)\n    return x',
      ['2: 2', '3: 2'],
    ],
    ['attributes and keywords are no names', 'x = 1\na.x\nf(x=x)', ['1: 1', '2: -', '3: -', '3: 1']],
    [
      'imports, loops, with and except bind',
      'import x\nfor x in y: pass\nwith a as x: pass\ntry: pass\nexcept E as x: pass',
      ['1: 1 2 3 5', '2: 1 2 3 5', '3: 1 2 3 5', '5: 1 2 3 5'],
    ],
  ])('%s', (_, text, expected) => {
    expect(linesOf(text)).toEqual(expected);
  });
});
