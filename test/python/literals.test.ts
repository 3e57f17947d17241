import { beforeAll, expect, it } from 'vitest';
import { constantText, literalPieces } from '../../transforms/python/literals.js';
import { descendants, textOf, unwrap, type Node } from '../../transforms/python/node.js';
import { loadGrammar, parse } from '../../transforms/python/parse.js';

beforeAll(loadGrammar);

/** The expression that a text is. */
function expression(text: string): Node {
  const [statement] = descendants(parse(`(${text})`).root, 'parenthesized_expression');
  return unwrap(statement as Node);
}

it.each([
  [String.raw`"a\n\tb\\"`, 'a\n\tb\\'],
  [String.raw`'\x41\u00e9\U0001F600\101'`, 'Aé😀A'],
  [String.raw`r"\n\x41"`, String.raw`\n\x41`],
  ['"""\n\nHuman: "hi"\n"""', '\n\nHuman: "hi"\n'],
  [String.raw`"unknown \d stays"`, String.raw`unknown \d stays`],
  ['"one\\\n two"', 'one two'],
  ['"a" \'b\' """c"""', 'abc'],
  ['f"{{braces}}"', '{braces}'],
  ['"line\r\nend"'.replace('"', '"""').replace(/"$/, '"""'), 'line\nend'],
])('%s', (source, text) => {
  expect(constantText(expression(source))).toBe(text);
});

it('keeps the values of an f-string apart, with how they are formatted', () => {
  const pieces = literalPieces(expression('f"a{b}c{d!r:>10}{e[0]:{width}}"'));
  expect(
    pieces?.map((piece) => (typeof piece === 'string' ? piece : [textOf(piece.expression), piece.format])),
  ).toEqual(['a', ['b', ''], 'c', ['d', '!r:>10'], ['e[0]', ':{width}']]);
});

it.each(['b"bytes"', 'f"{x}"', 'name'])('%s is no constant', (source) => {
  expect(constantText(expression(source))).toBeUndefined();
});
