import { expect, it } from 'vitest';
import { findLegacyData } from '../../src/settings/legacy-data.js';

function find(path: string, text: string, readsOption = false) {
  const notes = findLegacyData({ paths: [path], read: () => text, readsOption });
  return notes.map(({ code, message, range }) => [
    code,
    message.replace(/[,;].*/, ''),
    text.slice(range.start, range.end),
  ]);
}

it('an answer that was recorded is told with its keys', () => {
  const text = '{ "answers": [{ "completion": " Hi", "stop_reason": "stop_sequence" }] }';
  expect(find('src/data/answer.json', text)).toEqual([
    ['CTM307', 'answers.0.completion is an answer of the legacy API', '"completion"'],
  ]);
});

it('a recording is told once, however much it holds', () => {
  const text = JSON.stringify([
    {
      scope: 'https://api.anthropic.com:443',
      path: '/v1/complete',
      body: { prompt: '\n\nHuman: Hi\n\nAssistant:', max_tokens_to_sample: 9 },
    },
    {
      scope: 'https://api.anthropic.com:443',
      path: '/v1/complete',
      response: '{"completion":" Hi","stop_reason":"stop_sequence"}',
    },
  ]);
  const [note, ...more] = findLegacyData({ paths: ['test/cassettes/ask.json'], read: () => text, readsOption: false });
  expect(note?.message).toBe(
    '0.path is the address of the legacy API, and so are 3 more places of this file; record it again, or the test passes against code that is gone.',
  );
  expect(more).toEqual([]);
});

it('YAML of a recorder is read as well', () => {
  const text =
    'interactions:\n  - request:\n      uri: https://api.anthropic.com/v1/complete\n      body: \'{"prompt":"x","max_tokens_to_sample":5}\'\n';
  expect(find('spec/cassettes/ask.yml', text)).toEqual([
    ['CTM307', 'interactions.0.request.uri is the address of the legacy API', 'https://api.anthropic.com/v1/complete'],
  ]);
});

it('a schema and a setting are told as such', () => {
  const schema =
    '{ "definitions": { "params": { "properties": { "max_tokens_to_sample": { "type": "integer" } }, "required": ["max_tokens_to_sample"] } } }';
  expect(find('schema.json', schema)).toEqual([
    [
      'CTM308',
      'definitions.params.properties.max_tokens_to_sample describes a parameter of the legacy API',
      '"max_tokens_to_sample"',
    ],
  ]);
  expect(find('config.yaml', 'llm:\n  max_tokens_to_sample: 300\n')).toEqual([
    ['CTM308', 'llm.max_tokens_to_sample is a parameter of the legacy API', 'max_tokens_to_sample'],
  ]);
});

it('a setting stays where a call that moved reads it', () => {
  expect(find('config.json', '{ "max_tokens_to_sample": 300 }', true)).toEqual([]);
});

it.each([
  ['locale.json', '{ "help": "We used to call /v1/complete with max_tokens_to_sample." }'],
  ['openai.json', '{ "completion": "x", "finish_reason": "stop" }'],
  ['other.json', '{ "url": "https://api.example.com/v1/complete" }'],
  ['course.json', '{ "completion": 0.5, "title": "claude" }'],
  ['package-lock.json', '{ "completion": "x", "stop_reason": "stop_sequence" }'],
  ['notes.txt', '{ "max_tokens_to_sample": 300 }'],
])('nothing legacy is in %s', (path, text) => {
  expect(find(path, text)).toEqual([]);
});
