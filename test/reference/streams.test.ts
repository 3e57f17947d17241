import { describe, expect, test } from 'vitest';
import { legacyBody, messagesBody, referenceServer } from './harness.js';

const server = referenceServer();
const prompt = (text: string) => `\n\nHuman: ${text}\n\nAssistant:`;

async function raw(path: string, body: object, version = '2023-06-01'): Promise<string> {
  const response = await server.post(path, { ...body, stream: true }, { 'anthropic-version': version });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  return (await response.text()).replaceAll(/_reference\d+/g, '_1');
}

describe('legacy streams', () => {
  test('2023-06-01: named events with what is new', async () => {
    expect(await raw('/v1/complete', legacyBody(prompt('[[say: one two]]')))).toBe(
      [
        'event: completion',
        'data: {"id":"compl_1","completion":" one","model":"claude-2.1","stop_reason":null,"type":"completion"}',
        '',
        'event: ping',
        'data: {"type":"ping"}',
        '',
        'event: completion',
        'data: {"id":"compl_1","completion":" two","model":"claude-2.1","stop_reason":null,"type":"completion"}',
        '',
        'event: completion',
        'data: {"id":"compl_1","completion":"","model":"claude-2.1","stop_reason":"stop_sequence","type":"completion"}',
        '',
        '',
      ].join('\n'),
    );
  });

  test('2023-01-01: unnamed events with the whole text so far, and [DONE]', async () => {
    const stream = await raw('/v1/complete', legacyBody(prompt('[[say: one two]]')), '2023-01-01');
    const data = stream
      .split('\n\n')
      .filter((event) => event !== '')
      .map((event) => event.replace(/^data: /, ''));
    expect(data.at(-1)).toBe('[DONE]');
    const chunks = data.slice(0, -1).map((json) => JSON.parse(json) as { completion: string; stop: string | null });
    expect(chunks.map(({ completion, stop }) => [completion, stop])).toEqual([
      [' one', null],
      [' one two', null],
      [' one two', '\n\nHuman:'],
    ]);
  });

  test.each(['2023-01-01', '2023-06-01'])('%s: an error after the text that was sent before it', async (version) => {
    const stream = await raw('/v1/complete', legacyBody(prompt('[[error: overloaded_error]]')), version);
    expect(stream).toContain('"completion":" Answer');
    expect(stream).toMatch(/data: \{"error":\{"type":"overloaded_error"[^\n]*\n\n$/);
    expect(stream.includes('event: error')).toBe(version === '2023-06-01');
  });
});

describe('Messages streams', () => {
  test('every event in order', async () => {
    const stream = await raw('/v1/messages', messagesBody('[[say: one two]]', { stop_sequences: ['two'] }));
    const events = stream
      .split('\n\n')
      .filter((event) => event !== '')
      .map((event) => event.split('\ndata: '));
    expect(events.map(([name]) => name?.replace('event: ', ''))).toEqual([
      'message_start',
      'ping',
      'content_block_start',
      'content_block_delta',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
    expect(events.map(([, data]) => JSON.parse(data ?? '') as object)).toMatchObject([
      { type: 'message_start', message: { id: 'msg_1', content: [], stop_reason: null } },
      { type: 'ping' },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'one' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: ' ' } },
      { type: 'content_block_stop', index: 0 },
      {
        type: 'message_delta',
        delta: { stop_reason: 'stop_sequence', stop_sequence: 'two' },
        usage: { output_tokens: 2 },
      },
      { type: 'message_stop' },
    ]);
  });

  test('thinking is a block of its own before the text', async () => {
    const stream = await raw(
      '/v1/messages',
      messagesBody('[[say: one]]', { model: 'claude-haiku-5-5', max_tokens: 400 }),
    );
    const blocks = [...stream.matchAll(/"index":(\d),"(?:content_block":\{"type|delta":\{"type)":"(\w+)"/g)];
    expect(blocks.map(([, index, type]) => `${index} ${type}`)).toEqual([
      '0 thinking',
      '0 thinking_delta',
      '0 signature_delta',
      '1 text',
      '1 text_delta',
    ]);
  });

  test('an error breaks the stream off', async () => {
    const stream = await raw('/v1/messages', messagesBody('[[error: api_error]]'));
    expect(stream).toMatch(/event: error\ndata: \{"type":"error","error":\{"type":"api_error"[^\n]*\n\n$/);
    expect(stream).not.toContain('message_stop');
  });

  test('an answer without text has no text block', async () => {
    expect(await raw('/v1/messages', messagesBody('[[refuse]]'))).not.toContain('content_block');
  });
});

test('an error that no stream has begun is an ordinary answer', async () => {
  const response = await server.post('/v1/messages', messagesBody('[[error: rate_limit_error]]'));
  expect(response.status).toBe(429);
});
