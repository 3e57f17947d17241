import fc from 'fast-check';
import { expect, test } from 'vitest';
import { legacyBody, messagesBody, referenceServer } from './harness.js';

const server = referenceServer();
const PATHS = [
  '/v1/complete',
  '/v1/messages',
  '/model/anthropic.claude-v2/invoke',
  '/model/anthropic.claude-sonnet-4-6/invoke-with-response-stream',
];

const junk = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(
    null,
    -1,
    0,
    1e21,
    0.5,
    '',
    ' ',
    [],
    {},
    '\u0000',
    '\uD800',
    '__proto__',
    '[[say: ',
    '[[error: api_error]]',
  ),
);
const text = fc.string({
  unit: fc.constantFrom('\n\n', 'Human:', 'Assistant:', ' ', 'x', '[[say: ', ']]', '\\n', '😀', '\uD800'),
});

/** A valid body with some of its values replaced, and others added. */
const body = fc
  .tuple(
    fc.constantFrom(
      (prompt: string) => legacyBody(prompt),
      (prompt: string) => messagesBody(prompt),
      (prompt: string) => messagesBody([{ type: 'text', text: prompt }], { system: prompt }),
      (prompt: string) => ({
        anthropic_version: 'bedrock-2023-05-31',
        max_tokens: 9,
        messages: [{ role: 'user', content: prompt }],
      }),
    ),
    text,
    fc.dictionary(
      fc.constantFrom(
        ...[
          'model',
          'prompt',
          'messages',
          'system',
          'max_tokens',
          'max_tokens_to_sample',
          'stop_sequences',
          'stream',
          'temperature',
          'top_p',
        ],
        ...['top_k', 'metadata', 'thinking', 'betas', 'anthropic_version', 'tools', '__proto__', 'constructor'],
      ),
      fc.oneof(
        junk,
        text,
        fc.array(junk, { maxLength: 3 }),
        fc.record({ type: junk, user_id: junk, role: junk, content: junk }),
      ),
      { maxKeys: 3 },
    ),
  )
  .map(([make, prompt, faults]) => ({ ...make(prompt), ...faults }));

test('whatever the body, the answer is one of the API’s own', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...PATHS), fc.oneof(body, junk), async (path, json) => {
      const response = await server.post(path, JSON.stringify(json), { authorization: 'any' });
      const answer = await response.text();
      expect([200, 400, 404, 500, 529], answer).toContain(response.status);
      expect(answer).not.toContain('Internal server error');
    }),
    { numRuns: 3_000 },
  );
});
