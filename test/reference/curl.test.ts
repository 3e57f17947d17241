import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { referenceServer } from './harness.js';

const server = referenceServer();
const LEGACY = { model: 'claude-2.1', max_tokens_to_sample: 256, prompt: '\n\nHuman: [[say: Hello]]\n\nAssistant:' };

async function curl(path: string, body: object, headers: readonly string[]): Promise<unknown> {
  const args = [
    '-sS',
    `${server.url}${path}`,
    '-d',
    JSON.stringify(body),
    ...headers.flatMap((header) => ['-H', header]),
  ];
  return JSON.parse((await promisify(execFile)('curl', args)).stdout) as unknown;
}

test('the curl call of the API reference', async () => {
  const headers = ['content-type: application/json', 'anthropic-version: 2023-06-01', 'x-api-key: key'];
  expect(await curl('/v1/complete', LEGACY, headers)).toMatchObject({ completion: ' Hello', type: 'completion' });
});

test('a call as the Python SDK 0.2 sends it', async () => {
  const headers = [
    ...['Accept: application/json', 'Content-Type: application/json', 'Client: anthropic-python/0.2.10'],
    ...['Anthropic-SDK: anthropic-python/0.2.10', 'Anthropic-Version: 2023-01-01', 'X-API-Key: key'],
  ];
  const body = { ...LEGACY, model: 'claude-v1', stop_sequences: ['\n\nHuman:'], stream: false };
  expect(await curl('/v1/complete', body, headers)).toMatchObject({ completion: ' Hello', stop: '\n\nHuman:' });
});

test('calls as the Go SDK sends them', async () => {
  const headers = [
    ...['Accept: application/json', 'Content-Type: application/json', 'User-Agent: Anthropic/Go 1.60.0'],
    ...['X-Stainless-Lang: go', 'X-Stainless-Retry-Count: 0', 'anthropic-version: 2023-06-01', 'X-Api-Key: key'],
  ];
  expect(await curl('/v1/complete', LEGACY, headers)).toMatchObject({ completion: ' Hello' });
  const messages = [{ content: [{ text: '[[say: Hello]]', type: 'text' }], role: 'user' }];
  const body = { max_tokens: 1024, messages, model: 'claude-opus-4-6', system: [{ text: 'Be brief.', type: 'text' }] };
  expect(await curl('/v1/messages', body, headers)).toMatchObject({ content: [{ type: 'text', text: 'Hello' }] });
});
