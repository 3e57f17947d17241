import { Client } from 'sdk-0.4';
import Anthropic06 from 'sdk-0.6';
import Anthropic020 from 'sdk-0.20';
import Anthropic060 from 'sdk-0.60';
import Anthropic0137 from 'sdk-0.137';
import Anthropic1 from 'sdk-1';
import { describe, expect, test } from 'vitest';
import { referenceServer } from './harness.js';

const server = referenceServer();

const PROMPT = '\n\nHuman: [[say: one two three]]\n\nAssistant:';
const REQUEST = { model: 'claude-2', max_tokens_to_sample: 100, prompt: PROMPT } as const;

describe.each([
  ['0.6', Anthropic06],
  ['0.20', Anthropic020],
  ['0.60', Anthropic060],
  ['0.137', Anthropic0137],
])('completions of SDK %s', (_, Sdk) => {
  const client = () => new (Sdk as typeof Anthropic020)({ apiKey: 'key', baseURL: server.url, maxRetries: 0 });

  test('a whole answer', async () => {
    expect(await client().completions.create(REQUEST)).toMatchObject({
      id: expect.stringMatching(/^compl_/) as string,
      type: 'completion',
      completion: ' one two three',
      model: 'claude-2',
      stop_reason: 'stop_sequence',
    });
  });

  test('a stream, chunk by chunk, the reason in the last one', async () => {
    const chunks: [string, string | null][] = [];
    for await (const { completion, stop_reason } of await client().completions.create({ ...REQUEST, stream: true })) {
      chunks.push([completion, stop_reason]);
    }
    expect(chunks).toEqual([
      [' one', null],
      [' two', null],
      [' three', null],
      ['', 'stop_sequence'],
    ]);
  });

  test('a limit', async () => {
    const answer = await client().completions.create({ ...REQUEST, max_tokens_to_sample: 2 });
    expect(answer).toMatchObject({ completion: ' one two', stop_reason: 'max_tokens' });
  });

  test('an error of the API is an error of the SDK', async () => {
    const refused = client().completions.create({ ...REQUEST, prompt: 'Hello' });
    await expect(refused).rejects.toMatchObject({ status: 400, error: { error: { type: 'invalid_request_error' } } });
  });

  test('an error in mid-stream', async () => {
    const prompt = '\n\nHuman: [[error: overloaded_error]]\n\nAssistant:';
    const stream = await client().completions.create({ ...REQUEST, prompt, stream: true });
    const read = async () => {
      for await (const chunk of stream) expect(chunk.stop_reason).toBeNull();
    };
    // SDKs before 0.50 call every error event a connection error.
    await expect(read()).rejects.toThrow(/overloaded_error|Connection error/);
  });
});

describe('SDK 0.4', () => {
  const client = () => new Client('key', { apiUrl: server.url });
  const request = { ...REQUEST, model: 'claude-v1', stop_sequences: ['\n\nHuman:'] };

  test('a whole answer with the fields of 2023-01-01', async () => {
    expect(await client().complete(request)).toEqual({
      completion: ' one two three',
      stop_reason: 'stop_sequence',
      stop: '\n\nHuman:',
      model: 'claude-v1',
      truncated: false,
      exception: null,
      log_id: expect.stringMatching(/^compl_/) as string,
    });
  });

  test('a stream of the whole text so far', async () => {
    const updates: string[] = [];
    const last = await client().completeStream(request, {
      onUpdate: ({ completion }) => void updates.push(completion),
    });
    expect(updates).toEqual([' one', ' one two', ' one two three', ' one two three']);
    expect(last).toMatchObject({ completion: ' one two three', stop: '\n\nHuman:' });
  });
});

describe.each([
  ['0.20', Anthropic020],
  ['0.60', Anthropic060],
  ['0.137', Anthropic0137],
  ['1', Anthropic1],
])('messages of SDK %s', (_, Sdk) => {
  const client = () => new (Sdk as typeof Anthropic1)({ apiKey: 'key', baseURL: server.url, maxRetries: 0 });
  const request = {
    model: 'claude-sonnet-4-6',
    max_tokens: 100,
    messages: [{ role: 'user' as const, content: '[[say: one two three]]' }],
  };

  test('a whole answer', async () => {
    expect(await client().messages.create(request)).toMatchObject({
      id: expect.stringMatching(/^msg_/) as string,
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text: 'one two three' }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { output_tokens: 3 },
    });
  });

  test('raw events', async () => {
    const seen: string[] = [];
    let text = '';
    for await (const event of await client().messages.create({ ...request, stream: true })) {
      seen.push(event.type);
      if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') text += event.delta.text;
      if (event.type === 'message_delta') expect(event.delta.stop_reason).toBe('end_turn');
    }
    expect(text).toBe('one two three');
    expect(seen).toEqual([
      'message_start',
      'content_block_start',
      ...['content_block_delta', 'content_block_delta', 'content_block_delta'],
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
  });

  test('the stream helper puts the message together', async () => {
    const stream = client().messages.stream({ ...request, model: 'claude-opus-5-5', max_tokens: 1000 });
    const message = await stream.finalMessage();
    expect(message.content.map(({ type }) => type)).toEqual(['thinking', 'text']);
    expect(message).toMatchObject({ stop_reason: 'end_turn', usage: { output_tokens: 303 } });
  });

  test('a client that breaks off in mid-stream', async () => {
    const content = `[[say: ${'word '.repeat(20_000)}]]`;
    const long = { ...request, max_tokens: 64_000, messages: [{ role: 'user' as const, content }] };
    let deltas = 0;
    for await (const event of await client().messages.create({ ...long, stream: true })) {
      if (event.type === 'content_block_delta' && ++deltas === 3) break;
    }
    expect(await client().messages.create(request)).toMatchObject({ stop_reason: 'end_turn' });
  });

  test('an error of the API is an error of the SDK', async () => {
    const refused = client().messages.create({ ...request, model: 'claude-2' });
    await expect(refused).rejects.toMatchObject({ status: 404, error: { error: { message: 'model: claude-2' } } });
  });
});
