import { describe, expect, test } from 'vitest';
import { HELPER_HEADER, type HelperOptions } from '../../transforms/helpers/typescript/helper-source.js';
import { HELPER_NAMES, type HelperName } from '../../transforms/helpers/typescript/names.js';
import { ALL, generate } from './generate.js';

/** The top-level declarations of a helper file, with `export` where it stands. */
const declarations = (source: string) =>
  [...source.matchAll(/^(export )?(?:function|interface) (\w+)/gm)].map(
    ([, exported = '', name = '']) => exported + name,
  );

const VARIANTS: readonly Partial<HelperOptions>[] = (['ts', 'js'] as const).flatMap((language) =>
  (['0.x', '1.x'] as const).flatMap((profile) =>
    (['esm', 'cjs', 'inline'] as const).map((moduleStyle) => ({ language, profile, moduleStyle })),
  ),
);

describe('what a file of helpers holds', () => {
  test.each<[string, HelperName[], Partial<HelperOptions>, string[]]>([
    ['one function', ['toMessages'], {}, ['export toMessages']],
    ['what it needs, not exported', ['toCompletion'], { language: 'js' }, ['messageText', 'export toCompletion']],
    [
      'the types of its functions',
      ['toCompletion'],
      {},
      ['export TextCompletion', 'messageText', 'export toCompletion'],
    ],
    [
      'nothing exported at the end of a file',
      ['completionChunks'],
      { moduleStyle: 'inline' },
      ['TextCompletion', 'messageText', 'toCompletion', 'completionChunks'],
    ],
    ['exports of TypeScript under CommonJS', ['toMessages'], { moduleStyle: 'cjs' }, ['export toMessages']],
    ['a type alone', ['TextCompletion'], {}, ['export TextCompletion']],
  ])('%s', (_, functions, options, expected) => {
    expect(declarations(generate(functions, options))).toEqual(expected);
  });

  test('CommonJS exports what was asked for', () => {
    const source = generate(['toMessages', 'toCompletion'], { language: 'js', moduleStyle: 'cjs' });
    expect(source).toMatch(/\nmodule\.exports = \{ toMessages, toCompletion \};\n$/);
  });

  test('types in JavaScript are nothing', () => {
    expect(generate(['TextCompletion', 'TextCompletionParams'], { language: 'js' })).toBe('');
  });
});

describe.each(VARIANTS)('$language $moduleStyle for $profile', (variant) => {
  const source = generate(HELPER_NAMES, variant);

  test('begins with its header, ends in one line break, has no white space at line ends and no long lines', () => {
    expect(source.startsWith(`${HELPER_HEADER}\n`)).toBe(true);
    expect(source).toMatch(/[^\n]\n$/);
    expect(source).not.toMatch(/[ \t]$/m);
    expect(source.split('\n').filter((line) => line.length > 120)).toEqual([]);
  });

  test('mentions nothing legacy but the parameters that it takes', () => {
    expect(source).not.toMatch(
      /\\n\\nHuman|\\n\\nAssistant|HUMAN_PROMPT|AI_PROMPT|completions\.create|v1\/complete|@anthropic-ai/,
    );
  });

  test('leaves no sign of how it was generated', () => {
    expect(source).not.toMatch(/[‹›]|\$\{/);
  });
});

test('names that are taken give way everywhere, in comments too', () => {
  const names = new Map<HelperName, string>([
    ['toMessages', 'promptToMessages'],
    ['messageText', 'toMessages'],
    ['TextCompletion', 'LegacyTextCompletion'],
  ]);
  const source = generate(ALL, { names });
  expect(declarations(source)).toEqual([
    'export TextCompletionParams',
    'export LegacyTextCompletion',
    'export promptToMessages',
    'export toMessageParams',
    'export toMessages',
    'export toCompletion',
    'export completionChunks',
  ]);
  expect(source).toContain('ReturnType<typeof promptToMessages>');
  expect(source).toContain('const text = toMessages(message);');
  expect(source).not.toMatch(/\bTextCompletion\b|messageText/);
});

test('the style of the file around it', () => {
  const source = generate(ALL, { language: 'js', indent: '\t', quote: '"', semicolons: false });
  expect(source).not.toMatch(/'|;$|^ (?! ?\*)/m);
});
