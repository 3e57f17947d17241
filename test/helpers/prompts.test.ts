import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convert } from '../../src/prompt/convert.js';
import { text } from '../prompt/build.js';
import { readPrompt, type Reading } from '../prompt/oracle.js';
import { runConversation } from '../prompt/run.js';
import { ALL, generate } from './generate.js';
import { load } from './load.js';

const { toMessages } = load(generate(ALL, { language: 'js' }), 'esm', ALL);

const reading = (prompt: string): Reading => {
  const { system = '', messages } = toMessages(prompt);
  return { system, turns: messages.map(({ role, content }) => ({ role, text: content })) };
};

const prompt = fc
  .array(
    fc.constantFrom(
      '\n',
      '\n\n',
      ' ',
      'Human:',
      'Assistant:',
      'Human',
      '\n\nHuman:',
      '\n\nAssistant:',
      '\n\nHuman: hi',
      '\n\nAssistant: yo',
      'x',
      ':',
      '\r\n',
      '$1',
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

test('toMessages reads prompts as their description says', () => {
  fc.assert(
    fc.property(prompt, (given) => {
      expect(reading(given)).toEqual(readPrompt(given));
    }),
    { numRuns: 5000 },
  );
});

test('toMessages and the converter agree on every prompt that both read', () => {
  const values = { text: () => '', test: () => true, count: () => 0 };
  fc.assert(
    fc.property(prompt, (given) => {
      const conversion = convert<string>([text(given)]);
      if (conversion.kind === 'conversation')
        expect(runConversation(conversion.conversation, values)).toEqual(reading(given));
    }),
    { numRuns: 5000 },
  );
});

describe('toMessages', () => {
  test.each<[string, string, object]>([
    [
      'a system text',
      'Be kind.\n\nHuman: Hi\n\nAssistant:',
      { system: 'Be kind.', messages: [{ role: 'user', content: 'Hi' }] },
    ],
    ['no system text: no key', '\n\nHuman: Hi\n\nAssistant:', { messages: [{ role: 'user', content: 'Hi' }] }],
    ['no line breaks at the start', 'Human: Hi\n\nAssistant: ', { messages: [{ role: 'user', content: 'Hi' }] }],
    [
      'a prefill',
      '\n\nHuman: Hi\n\nAssistant: {\n',
      {
        messages: [
          { role: 'user', content: 'Hi' },
          { role: 'assistant', content: '{' },
        ],
      },
    ],
    ['no marker', ' Hi ', { messages: [{ role: 'user', content: 'Hi' }] }],
    ['no Human turn', 'Hi\n\nAssistant:', { messages: [{ role: 'user', content: 'Hi' }] }],
    [
      'turns without text',
      '\n\nHuman: a\n\nAssistant:\n\nHuman: \n\nHuman: b\n\nAssistant:',
      {
        messages: [
          { role: 'user', content: 'a' },
          { role: 'user', content: 'b' },
        ],
      },
    ],
    ['nothing', '', { messages: [] }],
  ])('%s', (_, given, expected) => {
    expect(toMessages(given)).toEqual(expected);
  });
});
