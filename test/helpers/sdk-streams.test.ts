import { expect, test } from 'vitest';
import { ALL, generate } from './generate.js';
import { load } from './load.js';

const { completionChunks, toMessageParams } = load(generate(ALL, { language: 'js' }), 'esm', ALL);

const EVENTS = [
  {
    type: 'message_start',
    message: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'm',
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 1, output_tokens: 1 },
    },
  },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'ping' },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'One' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: ' two' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 2 } },
  { type: 'message_stop' },
];

interface Client {
  readonly messages: {
    create(params: object): Promise<AsyncIterable<object> & { readonly controller: AbortController }>;
  };
}

type ClientClass = new (options: {
  apiKey: string;
  fetch: (url: unknown, init: { signal: AbortSignal }) => Promise<Response>;
}) => Client;

/** A client of one SDK that gets the events above, whatever it asks. */
async function clientOf(sdk: string): Promise<Client> {
  const { default: Anthropic } = (await import(sdk)) as { default: ClientClass };
  const body = EVENTS.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
  const response = () => new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  return new Anthropic({ apiKey: 'none', fetch: () => Promise.resolve(response()) });
}

const PARAMS = toMessageParams({
  model: 'm',
  prompt: '\n\nHuman: Hi\n\nAssistant:',
  max_tokens_to_sample: 9,
  stream: true,
});

test.each(['sdk-0.20', 'sdk-0.137', 'sdk-1'])('a stream of %s becomes legacy chunks', async (sdk) => {
  const client = await clientOf(sdk);
  const seen: [string, string | null][] = [];
  for await (const { completion, stop_reason } of completionChunks(await client.messages.create(PARAMS)))
    seen.push([completion, stop_reason]);
  expect(seen).toEqual([
    [' One', null],
    [' two', null],
    ['', 'stop_sequence'],
  ]);
});

test.each(['sdk-0.20', 'sdk-0.137', 'sdk-1'])('leaving the loop aborts the request of %s', async (sdk) => {
  const client = await clientOf(sdk);
  const stream = await client.messages.create(PARAMS);
  for await (const { completion } of completionChunks(stream)) if (completion) break;
  expect(stream.controller.signal.aborted).toBe(true);
});
