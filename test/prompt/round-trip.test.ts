import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convert } from '../../src/prompt/convert.js';
import type { Part } from '../../src/prompt/parts.js';
import { choice, hole, parts, repeat, text } from './build.js';
import type { Reading } from './oracle.js';
import { runConversation, type Values } from './run.js';

/** Text that a turn can hold: words of markers too, only never a marker. */
const said = fc
  .array(fc.constantFrom('a', 'b c', '\n', '\n\n', 'Human:', 'Assistant: x', '{', ' ', ':', '"'), {
    minLength: 1,
    maxLength: 8,
  })
  .map((pieces) => pieces.join('').trim())
  .filter((content) => content !== '' && !/^\s*(Human|Assistant):|\n\s*(Human|Assistant):/.test(content));

const history = fc.array(fc.tuple(said, said), { minLength: 1, maxLength: 4 });
const spacing = fc.constantFrom('', ' ', '  ', '\n');

/** A number for each decision that a printer takes. */
const decisions = fc.array(fc.nat({ max: 99 }), { minLength: 40, maxLength: 40 });

/** Cuts a text into parts at random: texts, constants and branches. A text with a word of markers in it stays whole. */
function cut(content: string, values: Map<string, string>, decide: () => number): Part<string>[] {
  if (content.length < 2 || content.includes(':')) return [text(content)];
  const at = 1 + (decide() % (content.length - 1));
  return [content.slice(0, at), content.slice(at)].flatMap((piece): Part<string>[] => {
    const name = `v${values.size}`;
    values.set(name, piece);
    switch (decide() % 4) {
      case 0:
        return [hole(name, 'never')];
      case 1:
        return [choice('yes', [piece], ['other'])];
      case 2:
        return [choice('no', [], [hole(name, 'never')])];
      default:
        return [text(piece)];
    }
  });
}

/** Cuts text that holds markers: texts only, anywhere. */
const split = (content: string, decide: () => number): Part<string>[] => {
  const at = decide() % (content.length + 1);
  return [text(content.slice(0, at)), text(content.slice(at))];
};

const valuesOf = (values: ReadonlyMap<string, string>): Values => ({
  text: (name) => values.get(name) ?? '',
  test: (name) => name === 'yes',
  count: () => 0,
});

test('a conversation printed as a legacy prompt comes back, in whatever pieces it was written', () => {
  fc.assert(
    fc.property(
      fc.option(said),
      history,
      fc.option(said),
      fc.array(spacing, { minLength: 4, maxLength: 4 }),
      decisions,
      (system, pairs, prefill, spaces, numbers) => {
        const queue = [...numbers];
        const decide = () => queue.pop() ?? 0;
        const values = new Map<string, string>();
        const marker = (word: string) => split(`${spaces[0]}\n\n${word}:${spaces[1]}`, decide);
        const last = pairs.at(-1)?.[0] as string;
        const turns = [
          ...pairs.slice(0, -1).flatMap(([user, assistant]) => [
            { role: 'user' as const, text: user },
            { role: 'assistant' as const, text: assistant },
          ]),
          { role: 'user' as const, text: last },
        ];
        const printed = [
          ...(system === null ? [] : cut(system, values, decide)),
          ...turns.flatMap((turn) => [
            ...marker(turn.role === 'user' ? 'Human' : 'Assistant'),
            ...cut(turn.text, values, decide),
          ]),
          ...marker('Assistant'),
          ...(prefill === null ? [] : split(prefill, decide)),
          text(spaces[2] as string),
        ];
        const expected: Reading = {
          system: system ?? '',
          turns: prefill === null ? turns : [...turns, { role: 'assistant', text: prefill }],
        };
        const conversion = convert(printed);
        expect(conversion.kind).toBe('conversation');
        if (conversion.kind === 'conversation')
          expect(runConversation(conversion.conversation, valuesOf(values))).toEqual(expected);
      },
    ),
    { numRuns: 2000 },
  );
});

const STYLES: readonly ((separator: string) => Part<string>[])[] = [
  () => [repeat('history', '', choice('user', ['\n\nHuman:'], ['\n\nAssistant:']), ' ', hole('said'))],
  (separator) => [
    repeat('history', separator, choice('user', ['\n\nHuman: ', hole('said')], ['\n\nAssistant: ', hole('said')])),
  ],
  () => [repeat('history', '\n\n', choice('user', ['Human'], ['Assistant']), ': ', hole('said'))],
  () => parts('\n\n', repeat('history', '\n\n', choice('user', ['Human: '], ['Assistant: ']), hole('said'))),
  () => [
    repeat(
      'history',
      '',
      choice('user', ['\n\nHuman: ', hole('said')], []),
      choice('user', [], ['\n\nAssistant: ', hole('said')]),
    ),
  ],
];

test('a history printed by a loop comes back as the same history', () => {
  fc.assert(
    fc.property(
      history,
      fc.constantFrom(...STYLES),
      fc.constantFrom('', ' ', '\n', '\n\n'),
      (pairs, style, separator) => {
        const turns = pairs
          .flat()
          .map((text, index) => ({ role: index % 2 === 0 ? ('user' as const) : ('assistant' as const), text }));
        const at = (path: string) => Number(path.split('/').at(-1));
        const values: Values = {
          text: (_, path) => turns[at(path)]?.text as string,
          test: (_, path) => at(path) % 2 === 0,
          count: () => turns.length,
        };
        const conversion = convert([...style(separator), text('\n\nHuman: next\n\nAssistant:')]);
        expect(conversion).toMatchObject({ kind: 'conversation', tier: 'structural' });
        if (conversion.kind === 'conversation') {
          expect(runConversation(conversion.conversation, values)).toEqual({
            system: '',
            turns: [...turns, { role: 'user', text: 'next' }],
          });
        }
      },
    ),
  );
});
