import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convert } from '../../src/prompt/convert.js';
import type { Part } from '../../src/prompt/parts.js';
import { readPrompt } from './oracle.js';
import { runConversation, runParts, type Values } from './run.js';

const FRAGMENTS = [
  '\n',
  '\n\n',
  ' ',
  'Human:',
  'Assistant:',
  'Human',
  'Assistant',
  ':',
  '\n\nHuman:',
  '\n\nAssistant:',
  '\n\nHuman: hi',
  '\n\nAssistant: yo',
  'x',
  'say: ',
  ',',
];

const part: fc.Memo<Part<string>> = fc.memo((depth) =>
  depth <= 1
    ? leaf
    : fc.oneof(
        { weight: 5, arbitrary: leaf },
        { weight: 2, arbitrary: choice(depth - 1) },
        { weight: 1, arbitrary: repeat(depth - 1) },
      ),
);
const text = fc.constantFrom(...FRAGMENTS).map((fragment): Part<string> => ({ kind: 'text', text: fragment }));
const name = fc.integer({ min: 0, max: 999 }).map(String);
const hole = fc.record({
  kind: fc.constant('hole' as const),
  value: name,
  markers: fc.constantFrom('never' as const, 'unlikely' as const, 'unknown' as const),
  mayBeBlank: fc.boolean(),
});
const leaf: fc.Arbitrary<Part<string>> = fc.oneof({ weight: 4, arbitrary: text }, { weight: 1, arbitrary: hole });
const parts = (depth: number): fc.Arbitrary<Part<string>[]> => fc.array(part(depth), { maxLength: 6 });
const choice = (depth: number): fc.Arbitrary<Part<string>> =>
  fc.record({ kind: fc.constant('choice' as const), test: name, then: parts(depth), else: parts(depth) });
const repeat = (depth: number): fc.Arbitrary<Part<string>> =>
  fc.record({
    kind: fc.constant('repeat' as const),
    over: name,
    body: parts(depth),
    separator: fc.constantFrom('', '\n', '\n\n', ' ', ','),
  });

/** Deterministic values: holes that may be blank are, now and then; others are words that look like nothing. */
function valuesFrom(seed: number, blankable: ReadonlySet<string>): Values {
  const hash = (key: string) =>
    Array.from(`${seed} ${key}`).reduce((sum, char) => (Math.imul(sum, 31) + char.charCodeAt(0)) >>> 0, 7);
  return {
    text: (hole, path) =>
      blankable.has(hole) && hash(`t${hole}${path}`) % 3 === 0
        ? ''
        : (['v', 'Human', 'Assistant', 'a b', 'end\n', 'end\n\n'][hash(`w${hole}${path}`) % 6] as string),
    test: (test, path) => hash(`b${test}${path}`) % 2 === 0,
    count: (over, path) => hash(`n${over}${path}`) % 4,
  };
}

const blankHoles = (list: readonly Part<string>[]): string[] =>
  list.flatMap((each) => {
    switch (each.kind) {
      case 'hole':
        return each.mayBeBlank ? [each.value] : [];
      case 'choice':
        return [...blankHoles(each.then), ...blankHoles(each.else)];
      case 'repeat':
        return blankHoles(each.body);
      default:
        return [];
    }
  });

test('a conversation says on every run what the legacy prompt said', () => {
  fc.assert(
    fc.property(parts(3), fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), (prompt, seeds) => {
      const conversion = convert(prompt);
      if (conversion.kind !== 'conversation') return;
      for (const seed of seeds) {
        const values = valuesFrom(seed, new Set(blankHoles(prompt)));
        const legacy = runParts(prompt, values);
        if (!/(^|\n\n)Human:/.test(legacy)) continue;
        expect(runConversation(conversion.conversation, values)).toEqual(readPrompt(legacy));
      }
    }),
    { numRuns: 3000 },
  );
});
