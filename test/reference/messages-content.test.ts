import { describe, expect, test } from 'vitest';
import { messagesBody, referenceServer, refusal } from './harness.js';

const server = referenceServer();
const text = (value: string) => ({ type: 'text', text: value });

async function outcome(body: object): Promise<number | string> {
  const response = await server.post('/v1/messages', body);
  return response.status === 200 ? 200 : (await refusal(response)).message;
}

describe('content of a user message', () => {
  test.each([
    ['an empty string', '', 'messages.0.content: user messages must have non-empty content'],
    ['no blocks', [], 'messages.0.content: user messages must have non-empty content'],
    ['a blank string', ' \n', 'messages.0.content: text content blocks must contain non-whitespace text'],
    ['an empty block', [text('')], 'messages.0.content.0.text: text content blocks must be non-empty'],
    ['a blank block', [text(' ')], 'messages.0.content: text content blocks must contain non-whitespace text'],
    ['a blank block beside another', [text(' '), text('Hi')], 200],
    ['an image beside a text', [{ type: 'image', source: {} }, text('Hi')], 200],
    ['a block of an unknown type', [{ type: 'verse' }], expect.stringContaining("Input tag 'verse'")],
    ['a block without a type', [{ text: 'Hi' }], 'messages.0.content.0.type: Field required'],
    ['a number', 5, 'messages.0.content: Input should be a valid list'],
    ['null', null, 'messages.0.content: Input should be a valid list'],
    ['nothing', undefined, 'messages.0.content: Field required'],
  ])('%s', async (_, content, expected) => {
    expect(await outcome(messagesBody(content))).toEqual(expected);
  });
});

describe('messages', () => {
  const of = (...messages: unknown[]) => messagesBody('', { messages });
  test.each([
    ['none', of(), 'messages: at least one message is required'],
    ['an unknown role', of({ role: 'human', content: 'Hi' }), expect.stringContaining('Unexpected role "human"')],
    ['the role system', of({ role: 'system', content: 'Hi' }), expect.stringContaining('top-level `system` parameter')],
    [
      'an extra key',
      of({ role: 'user', content: 'Hi', text: 'Hi' }),
      'messages.0.text: Extra inputs are not permitted',
    ],
    ['a string', of('Hi'), 'messages.0: Input should be a valid dictionary'],
    ['the assistant first', of({ role: 'assistant', content: 'Hi' }, { role: 'user', content: 'Ho' }), 200],
    [
      'an empty assistant message',
      of({ role: 'user', content: 'Hi' }, { role: 'assistant', content: '' }, { role: 'user', content: 'Ho' }),
      200,
    ],
  ])('%s', async (_, body, expected) => {
    expect(await outcome(body)).toEqual(expected);
  });
});

describe('system', () => {
  test.each([
    ['', 200],
    ['  ', 'system: text content blocks must contain non-whitespace text'],
    [[text('')], 'system.0.text: text content blocks must be non-empty'],
    [[], 200],
    [null, 'system: Input should be a valid list'],
  ])('%o', async (system, expected) => {
    expect(await outcome(messagesBody('Hi', { system }))).toEqual(expected);
  });
});

describe('other fields', () => {
  test.each([
    [{ prompt: 'Hi' }, 'prompt: Extra inputs are not permitted'],
    [{ max_tokens_to_sample: 5 }, 'max_tokens_to_sample: Extra inputs are not permitted'],
    [{ max_tokens: undefined }, 'max_tokens: Field required'],
    [{ max_tokens: '5' }, 'max_tokens: Input should be a valid integer'],
    [{ max_tokens: 1.5 }, 'max_tokens: Input should be a valid integer'],
    [{ max_tokens: -1 }, 'max_tokens: Input should be greater than or equal to 0'],
    [{ model: undefined }, 'model: Field required'],
    [{ stop_sequences: ['\n'] }, 'stop_sequences: each stop sequence must contain non-whitespace'],
    [{ stop_sequences: 'x' }, 'stop_sequences: Input should be a valid list'],
    [{ stop_sequences: [1] }, 'stop_sequences.0: Input should be a valid string'],
    [{ stream: 'yes' }, 'stream: Input should be a valid boolean'],
    [{ metadata: { user: 'x' } }, 'metadata.user: Extra inputs are not permitted'],
    [{ metadata: { user_id: null } }, 200],
    [{ messages: {} }, 'messages: Input should be a valid list'],
    [{ tools: [] }, 200],
  ])('%o', async (fields, expected) => {
    expect(await outcome(messagesBody('Hi', fields))).toEqual(expected);
  });
});
