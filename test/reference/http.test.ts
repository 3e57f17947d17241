import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { legacyBody, messagesBody, referenceServer, refusal } from './harness.js';

const server = referenceServer({ maxBodyBytes: 2_000_000 });
const PROMPT = '\n\nHuman: [[say: done]]\n\nAssistant:';

describe('requests that are none', () => {
  test.each([
    '/',
    '/v1/completes',
    '/v1/complete/',
    '/v1/messages/batches',
    '/model//invoke',
    '/model/%E0%A4%A/invoke',
  ])('%s is not found', async (path) => {
    expect(await refusal(await server.post(path, {}))).toMatchObject({ status: 404, type: 'not_found_error' });
  });

  test('only POST is allowed', async () => {
    const response = await fetch(`${server.url}/v1/messages`);
    expect(response.headers.get('allow')).toBe('POST');
    expect(await refusal(response)).toMatchObject({ status: 405, type: 'invalid_request_error' });
  });

  test('a query is ignored', async () => {
    expect((await server.post('/v1/complete?beta=true', legacyBody(PROMPT))).status).toBe(200);
  });

  test.each([
    [{ 'x-api-key': '' }, 401],
    [{ 'x-api-key': '', authorization: 'Basic abc' }, 401],
    [{ 'x-api-key': '', authorization: 'Bearer ' }, 401],
    [{ 'x-api-key': '', authorization: 'Bearer key' }, 200],
    [{ 'x-api-key': 'key' }, 200],
  ])('with headers %o the answer is %i', async (headers, status) => {
    expect((await server.post('/v1/complete', legacyBody(PROMPT), headers)).status).toBe(status);
    expect((await server.post('/v1/messages', messagesBody('Hi'), headers)).status).toBe(status);
  });

  test.each(['', '{', '{"model": NaN}', 'null', '[]', '"text"', '{"model":"\u0001"}'])(
    'the body %j is refused',
    async (body) => {
      expect(await refusal(await server.post('/v1/messages', body))).toMatchObject({
        status: 400,
        type: 'invalid_request_error',
      });
    },
  );

  test('a body that is not UTF-8', async () => {
    const response = await fetch(`${server.url}/v1/complete`, {
      method: 'POST',
      headers: { 'x-api-key': 'key' },
      body: new Uint8Array([0x7b, 0xff, 0x7d]),
    });
    expect((await refusal(response)).message).toMatch(/not valid JSON/);
  });

  test('deep nesting and names of the object prototype', async () => {
    const deep = `{"messages":${'['.repeat(500_000)}${']'.repeat(500_000)}}`;
    expect((await server.post('/v1/messages', deep)).status).toBe(400);
    const named = '{"__proto__":{"model":"claude-2"},"constructor":1}';
    expect((await refusal(await server.post('/v1/complete', named))).message).toContain('Extra inputs');
  });
});

describe('a body above the limit', () => {
  test('declared', async () => {
    const response = await server.post('/v1/complete', legacyBody('x'.repeat(3_000_000)));
    expect(await refusal(response)).toMatchObject({ status: 413, type: 'request_too_large' });
  });

  test('sent in chunks without a length', async () => {
    const chunk = new TextEncoder().encode('x'.repeat(100_000));
    let sent = 0;
    const body = new ReadableStream({
      pull: (controller) => (sent++ < 100 ? controller.enqueue(chunk) : controller.close()),
    });
    const init = { method: 'POST', headers: { 'x-api-key': 'key' }, body, duplex: 'half' };
    expect((await fetch(`${server.url}/v1/complete`, init as RequestInit)).status).toBe(413);
  });
});

describe('connections', () => {
  test('200 at once, half of them streams', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const body = { ...messagesBody(`[[say: answer ${index}]]`), stream: index % 2 === 0 };
        return (await server.post('/v1/messages', body)).text();
      }),
    );
    const told = answers.map((text) => [...text.matchAll(/"text":"([^"]+)"/g)].map(([, piece]) => piece).join(''));
    expect(told).toEqual(Array.from({ length: 200 }, (_, index) => `answer ${index}`));
  });

  test.each(['before the body is whole', 'in mid-stream'])('a client that hangs up %s', async (moment) => {
    const body = JSON.stringify({
      ...messagesBody(`[[say: ${'word '.repeat(50_000)}]]`, { max_tokens: 64_000 }),
      stream: true,
    });
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    const length = moment === 'in mid-stream' ? body.length : body.length + 1;
    socket.write(
      `POST /v1/messages HTTP/1.1\r\nhost: x\r\nx-api-key: k\r\nanthropic-version: 2023-06-01\r\ncontent-length: ${length}\r\n\r\n${body}`,
    );
    if (moment === 'in mid-stream') await once(socket, 'data');
    socket.destroy();
    await once(socket, 'close');
    expect((await server.post('/v1/complete', legacyBody(PROMPT))).status).toBe(200);
  });

  test('what is no HTTP is answered with 400 and harms nobody', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.end('complete nonsense\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1.1 400/);
    expect((await server.post('/v1/complete', legacyBody(PROMPT))).status).toBe(200);
  });
});
