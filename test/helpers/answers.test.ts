import { describe, expect, test, vi } from 'vitest';
import { ALL, generate } from './generate.js';
import { load, type Helpers, type TextCompletion } from './load.js';

const STYLES = [
  ['a module', load(generate(ALL, { language: 'js', moduleStyle: 'esm' }), 'esm', ALL)],
  [
    'a CommonJS module',
    load(generate(ALL, { language: 'js', moduleStyle: 'cjs', semicolons: false, quote: '"' }), 'cjs', ALL),
  ],
  ['the end of a file', load(generate(ALL, { language: 'js', moduleStyle: 'inline', indent: '\t' }), 'inline', ALL)],
  ['TypeScript', load(generate(ALL), 'esm', ALL)],
] satisfies [string, Helpers][];

const text = (value: string) => ({ type: 'text', text: value, citations: null });
const thinking = { type: 'thinking', thinking: 'hm', signature: 's' };
const message = (content: object[], stop_reason: string | null = 'end_turn', stop_sequence: string | null = null) => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-haiku-4-5',
  content,
  stop_reason,
  stop_sequence,
  usage: { input_tokens: 1, output_tokens: 1 },
});

const delta = (value: string) => ({
  type: 'content_block_delta',
  index: 1,
  delta: { type: 'text_delta', text: value },
});
const started = { type: 'message_start', message: message([], null) };
const finished = (stop_reason: string, stop_sequence: string | null = null) => ({
  type: 'message_delta',
  delta: { stop_reason, stop_sequence },
  usage: { output_tokens: 2 },
});
const noise = [
  { type: 'ping' },
  { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'hm' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 's' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'event_of_the_future', delta: { type: 'text_delta', text: 'not this' } },
];

/** A stream that tells whether it was closed, and can fail at its end. */
function streamOf(events: readonly object[], failure?: Error) {
  const closed = vi.fn();
  async function* run() {
    try {
      for (const event of events) yield await Promise.resolve(event);
      if (failure) throw failure;
    } finally {
      closed();
    }
  }
  return { controller: new AbortController(), [Symbol.asyncIterator]: run, closed };
}

async function collect(chunks: AsyncIterable<TextCompletion>): Promise<TextCompletion[]> {
  const all: TextCompletion[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return all;
}

describe.each(STYLES)('helpers as %s', (_, helpers) => {
  const { messageText, toCompletion, completionChunks, toMessageParams } = helpers;

  test('the text of a message is that of all text blocks', () => {
    expect(messageText(message([thinking, text('one '), text('two')]))).toBe('one two');
    expect(messageText(message([]))).toBe('');
  });

  test('a message becomes a completion', () => {
    expect(toCompletion(message([thinking, text('Hi')]))).toEqual({
      type: 'completion',
      id: 'msg_1',
      completion: ' Hi',
      stop_reason: 'stop_sequence',
      model: 'claude-haiku-4-5',
    });
    expect(toCompletion(message([])).completion).toBe('');
  });

  test.each([
    ['end_turn', null, 'stop_sequence'],
    ['stop_sequence', '###', 'stop_sequence'],
    ['max_tokens', null, 'max_tokens'],
    ['model_context_window_exceeded', null, 'max_tokens'],
    ['refusal', null, 'refusal'],
    [null, null, null],
  ])('the stop reason %s', (reason, sequence, stop_reason) => {
    expect(toCompletion(message([], reason, sequence))).toMatchObject({ stop_reason });
  });

  test('a stream becomes chunks of new text and a last one with the reason', async () => {
    const stream = streamOf([
      started,
      ...noise,
      delta(''),
      delta('One'),
      delta(' two'),
      finished('stop_sequence', '###'),
      { type: 'message_stop' },
    ]);
    const chunks = await collect(completionChunks(stream));
    expect(chunks.map(({ completion, stop_reason }) => [completion, stop_reason])).toEqual([
      [' One', null],
      [' two', null],
      ['', 'stop_sequence'],
    ]);
    expect(chunks.every(({ id }) => id === 'msg_1')).toBe(true);
    expect(stream.closed).toHaveBeenCalledOnce();
  });

  test('the chunks of a stream say together what toCompletion says', async () => {
    const content = [text('One'), text(' two')];
    const chunks = await collect(
      completionChunks(streamOf([started, delta('One'), delta(' two'), finished('end_turn')])),
    );
    expect({ ...chunks.at(-1), completion: chunks.map(({ completion }) => completion).join('') }).toEqual(
      toCompletion(message(content)),
    );
  });

  test('a stream without text, and one that was cut off', async () => {
    expect(await collect(completionChunks(streamOf([started, ...noise, finished('refusal')])))).toMatchObject([
      { completion: '', stop_reason: 'refusal' },
    ]);
    expect(await collect(completionChunks(streamOf([started, delta('One')])))).toMatchObject([
      { completion: ' One', stop_reason: null },
    ]);
  });

  test('leaving the loop closes the stream, and the controller is its own', async () => {
    const stream = streamOf([started, delta('One'), delta(' two'), finished('end_turn')]);
    const chunks = completionChunks(stream);
    for await (const chunk of chunks) if (chunk.completion) break;
    expect(stream.closed).toHaveBeenCalledOnce();
    expect(chunks.controller).toBe(stream.controller);
  });

  test('an error in the stream reaches the loop', async () => {
    const stream = streamOf([started, delta('One')], new Error('overloaded'));
    await expect(collect(completionChunks(stream))).rejects.toThrow('overloaded');
    expect(stream.closed).toHaveBeenCalledOnce();
  });

  test('parameters become those of a message', () => {
    const given = Object.freeze({
      model: 'claude-2',
      prompt: 'Be kind.\n\nHuman: Hi\n\nAssistant:',
      max_tokens_to_sample: 100_000,
      stop_sequences: Object.freeze(['\n\nHuman:', '\n', '###']),
      temperature: 0.5,
      top_p: 0.9,
      tags: { a: 'b' },
      disable_checks: true,
      betas: ['b'],
      metadata: { user_id: 'u' },
      custom: 1,
    });
    expect(toMessageParams(given)).toEqual({
      model: 'claude-sonnet-4-6',
      system: 'Be kind.',
      messages: [{ role: 'user', content: 'Hi' }],
      max_tokens: 21_333,
      stop_sequences: ['###'],
      temperature: 0.5,
      metadata: { user_id: 'u' },
      custom: 1,
    });
  });
});

describe('toMessageParams', () => {
  const basic = { model: 'claude-2', prompt: '\n\nHuman: Hi\n\nAssistant:', max_tokens_to_sample: 9 };
  const helper = (options: Parameters<typeof generate>[1]) =>
    load(generate(ALL, { language: 'js', ...options }), 'esm', ALL).toMessageParams;

  test('stop sequences that all go leave no key', () => {
    expect(helper({})({ ...basic, stop_sequences: ['\n\nHuman:', ' '] })).not.toHaveProperty('stop_sequences');
    expect(helper({})({ ...basic, stop_sequences: null })).not.toHaveProperty('stop_sequences');
  });

  test('a stop sequence that only looks like the marker stays', () => {
    expect(helper({})({ ...basic, stop_sequences: ['Human:', '\nHuman:'] })).toMatchObject({
      stop_sequences: ['Human:', '\nHuman:'],
    });
  });

  test('a stream may ask for as much as the models write', () => {
    expect(helper({})({ ...basic, max_tokens_to_sample: 200_000, stream: true })).toMatchObject({
      max_tokens: 128_000,
      stream: true,
    });
    const both = new Map([
      ['claude-2', 'claude-sonnet-4-6'],
      ['claude-instant-1', 'claude-haiku-4-5'],
    ]);
    expect(helper({ models: both })({ ...basic, max_tokens_to_sample: 200_000, stream: true })).toMatchObject({
      max_tokens: 64_000,
    });
    expect(helper({ models: new Map() })({ ...basic, max_tokens_to_sample: 200_000, stream: true })).toMatchObject({
      max_tokens: 200_000,
    });
    expect(helper({ models: new Map() })({ ...basic, max_tokens_to_sample: 200_000 })).toMatchObject({
      max_tokens: 21_333,
    });
  });

  test('an id that is not in the table stays', () => {
    expect(helper({})({ ...basic, model: 'claude-haiku-4-5' })).toMatchObject({ model: 'claude-haiku-4-5' });
    expect(helper({})({ ...basic, model: 'constructor' })).toMatchObject({ model: 'constructor' });
  });

  test('an id can hold anything', () => {
    const odd = 'it\'s "odd"\\n`';
    for (const quote of ["'", '"'] as const) {
      expect(helper({ models: new Map([['claude-2', odd]]), quote })(basic)).toMatchObject({ model: odd });
    }
  });

  test.each<[string, Parameters<typeof generate>[1], object]>([
    ['top_p alone stays', {}, { top_p: 0.9, top_k: 5 }],
    ['temperature goes before top_p', {}, { temperature: 0, top_k: 5 }],
  ])('sampling with a 0.x SDK: %s', (_, options, kept) => {
    expect(helper(options)({ ...basic, top_p: 0.9, ...kept })).toMatchObject(kept);
    expect('temperature' in kept).toBe(!('top_p' in helper(options)({ ...basic, top_p: 0.9, ...kept })));
  });

  test.each<[string, Parameters<typeof generate>[1]]>([
    ['with a 1.x SDK', { profile: '1.x' }],
    ['with a model that takes none', { models: new Map([['claude-2', 'claude-sonnet-5-5']]) }],
  ])('sampling %s goes', (_, options) => {
    const params = helper(options)({ ...basic, temperature: 1, top_p: 0.9, top_k: 5 });
    expect(Object.keys(params).sort()).toEqual(['max_tokens', 'messages', 'model']);
  });
});
