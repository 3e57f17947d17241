import { describe, expect, test } from 'vitest';
import type { AnsweredEntry } from '../../src/reference/log.js';
import { legacyBody, referenceServer } from './harness.js';

const server = referenceServer();

/** A prompt, and the same conversation as Messages has it. */
const PAIRS: readonly (readonly [string, string, object])[] = [
  ['one question', '\n\nHuman: Hi\n\nAssistant:', { messages: [{ role: 'user', content: 'Hi' }] }],
  [
    'system text',
    'Be terse.\n\nHuman: Hi\n\nAssistant:',
    { system: 'Be terse.', messages: [{ role: 'user', content: 'Hi' }] },
  ],
  [
    'system text in blocks',
    'Be terse.\n\nHuman: Hi\n\nAssistant:',
    {
      system: [{ type: 'text', text: 'Be terse.' }],
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    },
  ],
  [
    'two Human turns as two messages',
    '\n\nHuman: A\n\nHuman: B\n\nAssistant:',
    {
      messages: [
        { role: 'user', content: 'A' },
        { role: 'user', content: 'B' },
      ],
    },
  ],
  [
    'two Human turns as one message',
    '\n\nHuman: A\n\nHuman: B\n\nAssistant:',
    { messages: [{ role: 'user', content: 'A\n\nB' }] },
  ],
  [
    'few-shot turns',
    '\n\nHuman: 2+2?\n\nAssistant: 4\n\nHuman: 3+3?\n\nAssistant:',
    {
      messages: [
        { role: 'user', content: '2+2?' },
        { role: 'assistant', content: '4' },
        { role: 'user', content: '3+3?' },
      ],
    },
  ],
  [
    'a prefill',
    '\n\nHuman: JSON\n\nAssistant: {\n',
    {
      model: 'claude-haiku-4-5',
      messages: [
        { role: 'user', content: 'JSON' },
        { role: 'assistant', content: '{' },
      ],
    },
  ],
  [
    'the question of a primer in two parts',
    '\n\nHuman: A\n\nAssistant: one\n\nAssistant: two',
    {
      model: 'claude-haiku-4-5',
      messages: [
        { role: 'user', content: 'A' },
        { role: 'assistant', content: 'one' },
        { role: 'assistant', content: 'two' },
      ],
    },
  ],
  [
    'an empty assistant message',
    '\n\nHuman: A\n\nAssistant:\n\nHuman: B\n\nAssistant:',
    {
      messages: [
        { role: 'user', content: 'A' },
        { role: 'assistant', content: '' },
        { role: 'user', content: 'B' },
      ],
    },
  ],
];

describe('a prompt and its messages lead to the same conversation and the same answer', () => {
  test.each(PAIRS)('%s', async (_, prompt, messages) => {
    const legacy = await server.post('/v1/complete', legacyBody(prompt));
    const { completion } = (await legacy.json()) as { completion: string };
    const current = await server.post('/v1/messages', { model: 'claude-sonnet-4-6', max_tokens: 100, ...messages });
    const { content } = (await current.json()) as { content: { text: string }[] };

    const [before, after] = server.entries.slice(-2) as [AnsweredEntry, AnsweredEntry];
    expect(after.conversation).toEqual(before.conversation);
    expect(content.map(({ text }) => text)).toEqual([completion.trimStart()]);
    expect(completion.startsWith(' ')).toBe(before.conversation.prefill === null);
  });

  test('text that looks like a marker stays text on Messages, and makes a turn on the legacy API', async () => {
    const text = 'Quote:\n\nHuman: no turn';
    await server.post('/v1/complete', legacyBody(`\n\nHuman: ${text}\n\nAssistant:`));
    await server.post('/v1/messages', {
      model: 'claude-sonnet-4-6',
      max_tokens: 9,
      messages: [{ role: 'user', content: text }],
    });
    const [before, after] = server.entries.slice(-2) as [AnsweredEntry, AnsweredEntry];
    expect(before.conversation.turns[0]?.text).toBe('Quote:\n\nno turn');
    expect(after.conversation.turns[0]?.text).toBe(text);
  });
});
