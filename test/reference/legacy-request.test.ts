import { describe, expect, test } from 'vitest';
import { legacyBody, referenceServer, refusal } from './harness.js';

const server = referenceServer();
const PROMPT = '\n\nHuman: Hi\n\nAssistant:';
const V2023_01 = { 'anthropic-version': '2023-01-01' };

async function outcome(body: object, headers = {}): Promise<number | string> {
  const response = await server.post('/v1/complete', body, headers);
  return response.status === 200 ? 200 : (await refusal(response)).message;
}

describe('fields of a legacy request', () => {
  test.each([
    [{ max_tokens_to_sample: undefined }, 'max_tokens_to_sample: Field required'],
    [{ max_tokens_to_sample: 0 }, 'max_tokens_to_sample: Input should be greater than or equal to 1'],
    [{ max_tokens_to_sample: 1_000_000 }, 200],
    [{ max_tokens: 5 }, 'max_tokens: Extra inputs are not permitted'],
    [{ messages: [] }, 'messages: Extra inputs are not permitted'],
    [{ prompt: undefined }, 'prompt: Field required'],
    [{ prompt: ['Hi'] }, 'prompt: Input should be a valid string'],
    [{ model: 5 }, 'model: Input should be a valid string'],
    [{ model: 'claude-9' }, 'model: claude-9'],
    [{ model: 'anthropic.claude-v2' }, 'model: anthropic.claude-v2'],
    [{ temperature: 0, top_p: 0.5, top_k: 5 }, 200],
    [{ temperature: 2 }, 'temperature: Input should be less than or equal to 1'],
    [{ stop_sequences: ['\n', ''] }, 200],
    [{ stop_sequences: null, temperature: null, metadata: null }, 200],
    [{ metadata: { user_id: 'u1' } }, 200],
    [{ betas: ['some-beta'] }, 200],
    [{ betas: 'some-beta' }, 'betas: Input should be a valid list'],
    [{ top_p: -1, top_k: -1 }, 200],
    [{ top_p: -0.5 }, 'top_p: Input should be greater than or equal to 0'],
    [{ top_k: -2 }, 'top_k: Input should be greater than or equal to 0'],
    [{ tags: {} }, 'tags: Extra inputs are not permitted'],
  ])('%o', async (fields, expected) => {
    expect(await outcome(legacyBody(PROMPT, fields))).toBe(expected);
  });

  test('a prompt has less than 100k tokens', async () => {
    const words = (count: number) => legacyBody(`\n\nHuman:${' word'.repeat(count)}\n\nAssistant:`);
    expect(await outcome(words(99_996))).toBe(200);
    expect(await outcome(words(99_997))).toBe('prompt is too long: 100000 tokens > 99999 maximum');
  });

  test('tags belong to version 2023-01-01', async () => {
    expect(await outcome(legacyBody(PROMPT, { tags: {} }), V2023_01)).toBe(200);
    expect(await outcome(legacyBody(PROMPT, { tags: 'none' }), V2023_01)).toBe(
      'tags: Input should be a valid dictionary',
    );
  });
});

describe('versions', () => {
  const keys = async (headers: Record<string, string>) =>
    Object.keys((await (await server.post('/v1/complete', legacyBody(PROMPT), headers)).json()) as object).sort();

  test('2023-01-01, which no header means too, has fields of its own', async () => {
    const old = ['completion', 'exception', 'log_id', 'model', 'stop', 'stop_reason', 'truncated'];
    expect(await keys(V2023_01)).toEqual(old);
    expect(await keys({ 'anthropic-version': '' })).toEqual(old);
  });

  test.each(['2023-06-01', '2026-10-21'])('%s has the fields of the API reference', async (version) => {
    expect(await keys({ 'anthropic-version': version })).toEqual(['completion', 'id', 'model', 'stop_reason', 'type']);
  });

  test('an unknown version is refused by both APIs, a missing one by Messages', async () => {
    const version = { 'anthropic-version': '2022-01-01' };
    expect(await outcome(legacyBody(PROMPT), version)).toBe('anthropic-version: "2022-01-01" is not a valid version');
    const response = await server.post('/v1/messages', {}, { 'anthropic-version': '' });
    expect((await refusal(response)).message).toBe('anthropic-version: header is required');
  });
});

describe('how an answer ends', () => {
  const say = (text: string) => `\n\nHuman: [[say: ${text}]]\n\nAssistant:`;
  const answer = async (prompt: string, fields: object = {}) =>
    (await (await server.post('/v1/complete', legacyBody(prompt, fields), V2023_01)).json()) as object;

  test.each([
    [
      'by itself',
      'one two',
      {},
      { completion: ' one two', stop_reason: 'stop_sequence', stop: '\n\nHuman:', truncated: false },
    ],
    [
      'at a string of the caller',
      'one # two',
      { stop_sequences: ['#'] },
      { completion: ' one ', stop_reason: 'stop_sequence', stop: '#' },
    ],
    [
      'at the next Human turn',
      'one\\n\\nHuman: two',
      {},
      { completion: ' one', stop_reason: 'stop_sequence', stop: '\n\nHuman:' },
    ],
    [
      'at the limit',
      'one two',
      { max_tokens_to_sample: 1 },
      { completion: ' one', stop_reason: 'max_tokens', stop: null, truncated: true },
    ],
    ['with nothing', '', {}, { completion: '', stop_reason: 'stop_sequence' }],
  ])('%s', async (_, text, fields, expected) => {
    expect(await answer(say(text), fields)).toMatchObject(expected);
  });

  test('a refusal is an empty answer, a full window a limit', async () => {
    expect(await answer('\n\nHuman: [[refuse]]\n\nAssistant:')).toMatchObject({
      completion: '',
      stop_reason: 'stop_sequence',
    });
    expect(await answer('\n\nHuman: [[overflow]]\n\nAssistant:')).toMatchObject({
      stop_reason: 'max_tokens',
      truncated: true,
    });
  });

  test('Messages names each of these endings', async () => {
    const ending = async (text: string, fields: object = {}) => {
      const body = {
        model: 'claude-sonnet-4-6',
        max_tokens: 100,
        messages: [{ role: 'user', content: text }],
        ...fields,
      };
      const { stop_reason, stop_sequence } = (await (await server.post('/v1/messages', body)).json()) as Record<
        string,
        unknown
      >;
      return [stop_reason, stop_sequence];
    };
    expect(await ending('[[say: one two]]')).toEqual(['end_turn', null]);
    expect(await ending('[[say: one # two]]', { stop_sequences: ['#'] })).toEqual(['stop_sequence', '#']);
    expect(await ending('[[say: one\\n\\nHuman: two]]')).toEqual(['end_turn', null]);
    expect(await ending('[[say: one two]]', { max_tokens: 1 })).toEqual(['max_tokens', null]);
    expect(await ending('[[refuse]]')).toEqual(['refusal', null]);
    expect(await ending('[[overflow]]')).toEqual(['model_context_window_exceeded', null]);
  });
});
