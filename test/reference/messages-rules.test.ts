import { describe, expect, test } from 'vitest';
import { legacyBody, messagesBody, referenceServer, refusal } from './harness.js';

const server = referenceServer();
const V2026 = { 'anthropic-version': '2026-10-21' };

async function refused(body: object, headers = {}): Promise<string> {
  const { status, type, message } = await refusal(await server.post('/v1/messages', body, headers));
  return `${status} ${type} ${message}`;
}

async function taken(body: object, headers = {}): Promise<boolean> {
  return (await server.post('/v1/messages', body, headers)).status === 200;
}

describe('models', () => {
  test.each([
    'claude-2',
    'claude-2.1',
    'claude-instant-1.2',
    'claude-3-opus-20240229',
    'claude-nonsense',
    'anthropic.claude-v2',
  ])('%s is not found on Messages', async (model) => {
    expect(await refused(messagesBody('Hi', { model }))).toBe(`404 not_found_error model: ${model}`);
  });

  test.each(['claude-3-haiku-20240307', 'claude-sonnet-4-6', 'claude-opus-5-5'])(
    '%s was never served by Text Completions',
    async (model) => {
      const response = await server.post('/v1/complete', legacyBody('\n\nHuman: Hi\n\nAssistant:', { model }));
      expect(await refusal(response)).toEqual({
        status: 400,
        type: 'invalid_request_error',
        message: `"${model}" is not supported on this API. Please use the Messages API instead.`,
      });
    },
  );

  test.each([
    'claude-v1',
    'claude-1',
    'claude-1.3-100k',
    'claude-v1.3-100k',
    'claude-instant-v1',
    'claude-2',
    'claude-2.0',
    'claude-2.1',
  ])('%s works on Text Completions', async (model) => {
    const response = await server.post('/v1/complete', legacyBody('\n\nHuman: Hi\n\nAssistant:', { model }));
    expect(response.status).toBe(200);
  });

  test('max_tokens above what the model can write', async () => {
    const body = messagesBody('Hi', { model: 'claude-haiku-4-5', max_tokens: 64_001 });
    expect(await refused(body)).toBe(
      '400 invalid_request_error max_tokens: 64001 > 64000, which is the maximum allowed number of output tokens for claude-haiku-4-5',
    );
  });
});

describe('prefill', () => {
  const prefilled = (model: string, content: string) => ({
    model,
    max_tokens: 100,
    messages: [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content },
    ],
  });

  test('is continued by a model that takes it, without a repetition', async () => {
    const response = await server.post('/v1/messages', prefilled('claude-haiku-4-5', 'Hello'));
    expect(await response.json()).toMatchObject({
      content: [{ text: expect.stringContaining('a prefill') as string }],
    });
  });

  test('is refused by newer models', async () => {
    expect(await refused(prefilled('claude-sonnet-4-6', 'Hello'))).toContain(
      'does not support assistant message prefill',
    );
  });

  test('may not end in white space', async () => {
    const message = 'messages: final assistant content cannot end with trailing whitespace';
    expect(await refused(prefilled('claude-haiku-4-5', 'Hello '))).toContain(message);
  });

  test('does not go with thinking', async () => {
    const body = { ...prefilled('claude-haiku-4-5', 'Hello'), thinking: { type: 'enabled', budget_tokens: 1024 } };
    expect(await refused(body)).toContain('thinking');
  });
});

describe('sampling parameters', () => {
  test.each([
    ['claude-opus-4-7', { temperature: 0.5 }, '`temperature` is deprecated for this model.'],
    ['claude-opus-5-5', { top_p: 0.9 }, '`top_p` is deprecated for this model.'],
    ['claude-sonnet-5', { top_k: 5 }, '`top_k` is deprecated for this model.'],
    ['claude-sonnet-4-6', { temperature: 0.5, top_p: 0.9 }, 'cannot both be specified'],
    ['claude-haiku-4-5', { temperature: 1.5 }, 'temperature: Input should be less than or equal to 1'],
    ['claude-haiku-4-5', { top_k: 1.5 }, 'top_k: Input should be a valid integer'],
    ['claude-haiku-4-5', { top_k: -1 }, 'top_k: Input should be greater than or equal to 0'],
  ])('%s refuses %o', async (model, sampling, message) => {
    expect(await refused(messagesBody('Hi', { model, ...sampling }))).toContain(message);
  });

  test.each([
    ['claude-opus-4-7', { temperature: 1, top_p: 0.99 }],
    ['claude-sonnet-4-6', { temperature: 0, top_k: 5 }],
    ['claude-haiku-4-5', { top_p: 0.5 }],
  ])('%s takes %o', async (model, sampling) => {
    expect(await taken(messagesBody('Hi', { model, ...sampling }))).toBe(true);
  });

  test.each(['temperature', 'top_p', 'top_k'])('version 2026-10-21 does not know %s', async (key) => {
    const body = messagesBody('Hi', { model: 'claude-haiku-4-5', [key]: 1 });
    expect(await refused(body, V2026)).toBe(`400 invalid_request_error ${key}: Extra inputs are not permitted`);
    expect(await taken(body)).toBe(true);
  });
});

describe('thinking', () => {
  test('comes first where nobody asked, and eats small limits', async () => {
    const response = await server.post(
      '/v1/messages',
      messagesBody('Hi', { model: 'claude-opus-5-5', max_tokens: 300 }),
    );
    expect(await response.json()).toMatchObject({
      content: [{ type: 'thinking' }],
      stop_reason: 'max_tokens',
      usage: { output_tokens: 300 },
    });
  });

  test('can be switched off on some models only', async () => {
    const off = (model: string) => messagesBody('Hi', { model, thinking: { type: 'disabled' } });
    expect(await taken(off('claude-sonnet-5'))).toBe(true);
    expect(await refused(off('claude-opus-5-5'))).toContain('cannot be disabled');
  });

  test('with a budget is for models before Opus 4.7, and an unknown kind for none', async () => {
    const on = (model: string, type: string) =>
      messagesBody('Hi', { model, max_tokens: 2000, thinking: { type, budget_tokens: 1024 } });
    expect(await taken(on('claude-haiku-4-5', 'enabled'))).toBe(true);
    expect(await refused(on('claude-opus-4-7', 'enabled'))).toContain(
      '"thinking.type.enabled" is not supported for this model.',
    );
    expect(await refused(on('claude-haiku-4-5', 'on'))).toContain(
      "thinking.type: Input tag 'on' does not match any of the expected tags",
    );
  });
});
