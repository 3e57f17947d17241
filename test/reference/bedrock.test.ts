import { EventStreamCodec } from '@smithy/eventstream-codec';
import { fromUtf8, toUtf8 } from '@smithy/util-utf8';
import { describe, expect, test } from 'vitest';
import { referenceServer } from './harness.js';

const server = referenceServer();
const AWS = { 'x-api-key': '', authorization: 'AWS4-HMAC-SHA256 Credential=x' };
const LEGACY = { prompt: '\n\nHuman: [[say: one two]]\n\nAssistant:', max_tokens_to_sample: 300 };
const CURRENT = {
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 300,
  messages: [{ role: 'user', content: '[[say: one two]]' }],
};

const invoke = (modelId: string, body: object, operation = 'invoke') =>
  server.post(`/model/${encodeURIComponent(modelId)}/${operation}`, body, AWS);

describe('InvokeModel', () => {
  test.each([
    'anthropic.claude-v1',
    'anthropic.claude-v2',
    'anthropic.claude-v2:1',
    'anthropic.claude-instant-v1',
    'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-v2',
  ])('%s takes a legacy body', async (modelId) => {
    const response = await invoke(modelId, LEGACY);
    expect(await response.json()).toEqual({
      type: 'completion',
      completion: ' one two',
      stop_reason: 'stop_sequence',
      stop: '\n\nHuman:',
    });
  });

  test('max_tokens_to_sample is 200 where it is missing, and 4096 at most', async () => {
    await invoke('anthropic.claude-v2', { prompt: LEGACY.prompt });
    expect(server.entries.at(-1)).toMatchObject({ version: 'bedrock', limits: { max_tokens: 200 }, stream: false });
    expect((await invoke('anthropic.claude-v2', { ...LEGACY, max_tokens_to_sample: 4097 })).status).toBe(400);
  });

  test.each(['anthropic.claude-sonnet-4-6', 'us.anthropic.claude-haiku-4-5-20251001-v1:0'])(
    '%s takes a Messages body',
    async (modelId) => {
      const response = await invoke(modelId, CURRENT);
      expect(await response.json()).toMatchObject({ type: 'message', content: [{ type: 'text', text: 'one two' }] });
    },
  );

  test('a model after Claude 4.6 takes the latest version', async () => {
    const response = await invoke('anthropic.claude-opus-4-8', { ...CURRENT, anthropic_version: '2026-10-21' });
    expect(await response.json()).toMatchObject({ content: [{ type: 'text', text: 'one two' }] });
  });

  test.each([
    ['a new model with a legacy body', 'anthropic.claude-sonnet-4-6', LEGACY, 400, 'not supported on this API'],
    ['a legacy model with a Messages body', 'anthropic.claude-v2', CURRENT, 404, 'model: anthropic.claude-v2'],
    ['an id of the first-party API', 'claude-sonnet-4-6', CURRENT, 404, 'model: claude-sonnet-4-6'],
    ['another vendor', 'amazon.titan-text', LEGACY, 404, 'model: amazon.titan-text'],
    ['a model in the body', 'anthropic.claude-sonnet-4-6', { ...CURRENT, model: 'x' }, 400, 'model: Extra inputs'],
    ['stream in the body', 'anthropic.claude-v2', { ...LEGACY, stream: true }, 400, 'stream: Extra inputs'],
    [
      'no version',
      'anthropic.claude-sonnet-4-6',
      { ...CURRENT, anthropic_version: undefined },
      400,
      'anthropic_version: Field required',
    ],
    [
      'the latest version on an older model',
      'anthropic.claude-sonnet-4-6',
      { ...CURRENT, anthropic_version: '2026-10-21' },
      400,
      'anthropic_version: 2026-10-21 is not supported',
    ],
    [
      'sampling under the latest version',
      'anthropic.claude-opus-4-8',
      { ...CURRENT, anthropic_version: '2026-10-21', top_k: 5 },
      400,
      'top_k: Extra inputs',
    ],
    [
      'a wrong version',
      'anthropic.claude-sonnet-4-6',
      { ...CURRENT, anthropic_version: '2023-06-01' },
      400,
      'anthropic_version: Input should be',
    ],
  ])('%s is refused', async (_, modelId, body, status, message) => {
    const response = await invoke(modelId, body);
    expect(response.status).toBe(status);
    const expected = status === 404 ? 'ResourceNotFoundException' : 'ValidationException';
    expect(response.headers.get('x-amzn-errortype')).toBe(expected);
    expect(await response.json()).toEqual({ message: expect.stringContaining(message) as string });
  });

  test('some authorization is wanted', async () => {
    const response = await server.post('/model/anthropic.claude-v2/invoke', LEGACY);
    expect(response.status).toBe(403);
  });
});

describe('InvokeModelWithResponseStream', () => {
  const events = async (modelId: string, body: object) => {
    const response = await invoke(modelId, body, 'invoke-with-response-stream');
    expect(response.headers.get('content-type')).toBe('application/vnd.amazon.eventstream');
    return decode(new Uint8Array(await response.arrayBuffer()));
  };

  test('legacy chunks', async () => {
    const chunks = await events('anthropic.claude-v2', LEGACY);
    expect(chunks).toEqual([
      { type: 'completion', completion: ' one', stop_reason: null, stop: null },
      { type: 'completion', completion: ' two', stop_reason: null, stop: null },
      { type: 'completion', completion: '', stop_reason: 'stop_sequence', stop: '\n\nHuman:' },
    ]);
    expect(server.entries.at(-1)).toMatchObject({ api: 'complete', stream: true });
  });

  test('Messages events', async () => {
    const chunks = (await events('anthropic.claude-sonnet-4-6', CURRENT)) as { type: string }[];
    expect(chunks[0]?.type).toBe('message_start');
    expect(chunks.at(-1)?.type).toBe('message_stop');
  });

  test('an error is an exception message', async () => {
    const prompt = '\n\nHuman: [[error: overloaded_error]]\n\nAssistant:';
    expect(await events('anthropic.claude-v2', { ...LEGACY, prompt })).toContainEqual({
      exception: 'modelStreamErrorException',
    });
  });
});

/** The payloads of an event stream, read by the codec of the AWS SDK, which checks every checksum. */
function decode(bytes: Uint8Array): readonly object[] {
  const codec = new EventStreamCodec(toUtf8, fromUtf8);
  const payloads: object[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = new DataView(bytes.buffer, at).getUint32(0);
    const { headers, body } = codec.decode(bytes.subarray(at, at + length));
    const exception = headers[':exception-type']?.value;
    const { bytes: data } = JSON.parse(toUtf8(body)) as { bytes: string };
    payloads.push(exception === undefined ? (JSON.parse(atob(data)) as object) : { exception });
    at += length;
  }
  return payloads;
}
