import { describe, expect, it } from 'vitest';
import { errorsIn, IS_NO_TEXT, IS_TEXT, rewrite, rewriteAll, type Case } from './run-plan.js';

const S = 'await client.completions.create(q)';
const IS_END = "event.type === 'message_delta'";

const CASES: readonly Case[] = [
  [
    'a statement',
    `for await (const chunk of ${S}) log(chunk.completion);`,
    `for await (const event of ${S}) {\n  if (${IS_TEXT}) log(event.delta.text);\n}`,
  ],
  [
    'a statement on the next line',
    `for await (const { completion } of ${S})\n  log(completion);`,
    `for await (const event of ${S}) {\n  if (${IS_TEXT}) log(event.delta.text);\n}`,
  ],
  [
    'a block',
    `for await (const chunk of ${S}) {\n  log(chunk.completion);\n}`,
    `for await (const event of ${S}) {\n  if (${IS_TEXT}) {\n    log(event.delta.text);\n  }\n}`,
  ],
  [
    'a block on one line',
    `for await (const chunk of ${S}) { log(chunk.completion); }`,
    `for await (const event of ${S}) { if (${IS_TEXT}) log(event.delta.text); }`,
  ],
  [
    'several statements',
    `let text = '';\nfor await (const chunk of ${S}) {\n  text += chunk.completion;\n  if (text) break;\n}`,
    `let text = '';\nfor await (const event of ${S}) {\n  if (${IS_NO_TEXT}) continue;\n  text += event.delta.text;\n  if (text) break;\n}`,
  ],
  [
    'a pattern',
    `for await (const { completion: part } of ${S}) {\n  log(1);\n  log(part);\n}`,
    `for await (const event of ${S}) {\n  if (${IS_NO_TEXT}) continue;\n  const part = event.delta.text;\n  log(1);\n  log(part);\n}`,
  ],
  [
    'a pattern inside',
    `for await (const chunk of ${S}) {\n  const { completion } = chunk;\n  log(completion);\n}`,
    `for await (const event of ${S}) {\n  if (${IS_NO_TEXT}) continue;\n  const completion = event.delta.text;\n  log(completion);\n}`,
  ],
  [
    'a function inside',
    `for await (const chunk of ${S}) {\n  log(() => chunk.completion);\n}`,
    `for await (const event of ${S}) {\n  if (${IS_NO_TEXT}) continue;\n  const text = event.delta.text;\n  log(() => text);\n}`,
  ],
  [
    'a label',
    `outer: for await (const chunk of ${S}) {\n  for (const letter of chunk.completion) if (letter) break outer;\n}`,
    `outer: for await (const event of ${S}) {\n  if (${IS_TEXT}) {\n    for (const letter of event.delta.text) if (letter) break outer;\n  }\n}`,
  ],
  [
    'where event is taken',
    `const event = 1;\nfor await (const chunk of ${S}) log(event, chunk.completion);`,
    `const event = 1;\nfor await (const chunk of ${S}) {\n  if (${IS_TEXT.replaceAll('event.', 'chunk.')}) log(event, chunk.delta.text);\n}`,
  ],
  [
    'a test for the chunk',
    `for await (const chunk of ${S}) {\n  if (chunk && chunk.completion)\n    log(chunk?.completion);\n}`,
    `for await (const event of ${S}) {\n  if (${IS_NO_TEXT}) continue;\n  if (event && event.delta.text)\n    log(event.delta.text);\n}`,
  ],
  [
    'text that is cut when it is whole',
    `let text = '';\nfor await (const chunk of ${S}) text += chunk.completion;\nlog(text.slice(1));`,
    `let text = '';\nfor await (const event of ${S}) {\n  if (${IS_TEXT}) text += event.delta.text;\n}\nlog(text);`,
  ],
  [
    'text that is cut at first',
    `let text = '';\nfor await (const chunk of ${S}) text += text ? chunk.completion : chunk.completion.slice(1);\nlog(text);`,
    `let text = '';\nfor await (const event of ${S}) {\n  if (${IS_TEXT}) text += text ? event.delta.text : event.delta.text;\n}\nlog(text);`,
  ],
  ['nothing', `for await (const chunk of ${S}) {}`, `for await (const chunk of ${S}) {}`],
  [
    'the reason, at the end',
    `for await (const chunk of ${S}) {\n  log(chunk.completion);\n  if (chunk.stop_reason) log(1);\n}`,
    `for await (const event of ${S}) {\n  if (${IS_TEXT}) {\n    log(event.delta.text);\n  }\n  if (${IS_END} && event.delta.stop_reason) log(1);\n}`,
  ],
  [
    'the reason, first',
    `for await (const chunk of ${S}) {\n  if (chunk.stop_reason === 'stop_sequence') break;\n  log(chunk.completion);\n}`,
    `for await (const event of ${S}) {\n  if (${IS_END} && (event.delta.stop_reason === 'end_turn' || event.delta.stop_reason === 'stop_sequence')) break;\n  if (${IS_NO_TEXT}) continue;\n  log(event.delta.text);\n}`,
  ],
  [
    'the reason, printed',
    `for await (const { completion, stop_reason } of ${S}) {\n  log(completion);\n  if (stop_reason != null) log(stop_reason);\n}`,
    `for await (const event of ${S}) {\n  if (${IS_TEXT}) {\n    log(event.delta.text);\n  }\n  if (${IS_END} && event.delta.stop_reason != null) log(event.delta.stop_reason === 'end_turn' ? 'stop_sequence' : event.delta.stop_reason);\n}`,
  ],
  [
    'the reason, kept',
    `let why: string | null = null;\nfor await (const chunk of ${S}) {\n  log(chunk.completion);\n  why = chunk.stop_reason;\n}\nlog(why === 'stop_sequence');`,
    `let why: string | null = null;\nfor await (const event of ${S}) {\n  if (${IS_TEXT}) {\n    log(event.delta.text);\n  }\n  if (${IS_END}) why = event.delta.stop_reason;\n}\nlog(why === 'end_turn' || why === 'stop_sequence');`,
  ],
  [
    'the reason, in one with the text',
    `for await (const chunk of ${S}) {\n  if (chunk.stop_reason) log(1);\n  else log(chunk.completion);\n}`,
    `for await (const chunk of completionChunks(${S})) {\n  if (chunk.stop_reason) log(1);\n  else log(chunk.completion);\n}`,
  ],
  [
    'the reason, for every chunk',
    `for await (const chunk of ${S}) {\n  log(chunk.stop_reason);\n}`,
    `for await (const chunk of completionChunks(${S})) {\n  log(chunk.stop_reason);\n}`,
  ],
  [
    'the reason, with what the text declared',
    `for await (const chunk of ${S}) {\n  const text = chunk.completion;\n  if (chunk.stop_reason) log(text);\n}`,
    `for await (const chunk of completionChunks(${S})) {\n  const text = chunk.completion;\n  if (chunk.stop_reason) log(text);\n}`,
  ],
  [
    'lines of a template',
    `for await (const chunk of ${S}) {\n  log(\`\n  \${chunk.completion}\`,\n    1);\n  if (chunk.stop_reason) break;\n}`,
    `for await (const event of ${S}) {\n  if (${IS_TEXT}) {\n    log(\`\n  \${event.delta.text}\`,\n      1);\n  }\n  if (${IS_END} && event.delta.stop_reason) break;\n}`,
  ],
  [
    'a whole chunk',
    `for await (const chunk of ${S}) log(chunk);`,
    `for await (const chunk of completionChunks(${S})) log(chunk);`,
  ],
  [
    'the model of a chunk',
    `for await (const chunk of ${S}) log(chunk.model, chunk.completion);`,
    `for await (const chunk of completionChunks(${S})) log(chunk.model, chunk.completion);`,
  ],
  [
    'a changed pattern',
    `for await (let { completion } of ${S}) {\n  completion += '!';\n  log(completion);\n}`,
    `for await (let { completion } of completionChunks(${S})) {\n  completion += '!';\n  log(completion);\n}`,
  ],
  [
    'chunks in a list',
    `const all: Anthropic.Completion[] = [];\nfor await (const chunk of ${S}) all.push(chunk);\nlog(all[0]!.completion);`,
    `const all: TextCompletion[] = [];\nfor await (const chunk of completionChunks(${S})) all.push(chunk);\nlog(all[0]!.completion);`,
  ],
  [
    'a callback for chunks',
    `async function run(on: (chunk: Anthropic.Completion) => void) {\n  for await (const chunk of ${S}) on(chunk);\n}\nvoid run((chunk) => log(chunk.completion));`,
    `async function run(on: (chunk: TextCompletion) => void) {\n  for await (const chunk of completionChunks(${S})) on(chunk);\n}\nvoid run((chunk) => log(chunk.completion));`,
  ],
  [
    'a generator of text',
    `async function* texts() {\n  for await (const chunk of ${S}) yield chunk.completion;\n}\nlog(texts);`,
    `async function* texts() {\n  for await (const event of ${S}) {\n    if (${IS_TEXT}) yield event.delta.text;\n  }\n}\nlog(texts);`,
  ],
  [
    'a generator of chunks',
    `async function* chunks() { yield* ${S}; }\nfor await (const chunk of chunks()) log(chunk.completion);`,
    `async function* chunks() { yield* completionChunks(${S}); }\nfor await (const chunk of chunks()) log(chunk.completion);`,
  ],
  [
    'a stream that is returned',
    'export const open = () => client.completions.create(q);\nfor await (const chunk of await open()) log(chunk.completion);',
    'export const open = () => client.completions.create(q).then(completionChunks);\nfor await (const chunk of await open()) log(chunk.completion);',
  ],
  [
    'a stream for a function of the file',
    `import type { Stream } from '@anthropic-ai/sdk/streaming';\nasync function read(stream: Stream<Anthropic.Completion>) {\n  for await (const chunk of stream) log(chunk.completion);\n  stream.controller.abort();\n}\nvoid read(${S});`,
    `import type { Stream } from '@anthropic-ai/sdk/streaming';\nasync function read(stream: Stream<Anthropic.MessageStreamEvent>) {\n  for await (const event of stream) {\n    if (${IS_TEXT}) log(event.delta.text);\n  }\n  stream.controller.abort();\n}\nvoid read(${S});`,
  ],
  [
    'a stream as something to loop over',
    `async function read(stream: AsyncIterable<Anthropic.Completion>) {\n  for await (const chunk of stream) log(chunk.completion);\n}\nvoid read(${S});`,
    `async function read(stream: AsyncIterable<TextCompletion>) {\n  for await (const chunk of stream) log(chunk.completion);\n}\nvoid read(completionChunks(${S}));`,
  ],
  [
    'an iterator',
    `const s = ${S};\nconst it = s[Symbol.asyncIterator]();\nlog((await it.next()).value.completion);`,
    `const s = ${S};\nconst it = completionChunks(s)[Symbol.asyncIterator]();\nlog((await it.next()).value.completion);`,
  ],
  [
    'two halves',
    `const [a, b] = (${S}).tee();\nfor await (const chunk of a) log(chunk.completion);\nfor await (const chunk of b) {}`,
    `const [a, b] = (${S}).tee();\nfor await (const event of a) {\n  if (${IS_TEXT}) log(event.delta.text);\n}\nfor await (const chunk of b) {}`,
  ],
  [
    'a stream or not',
    `const r = await client.completions.create({ ...q, stream: flag });\nif ('completion' in r) log(r.completion);\nelse for await (const chunk of r) log(chunk.completion);`,
    `const r = await client.completions.create({ ...q, stream: flag });\nif ('content' in r) log(r.content.map((block) => (block.type === 'text' ? block.text : '')).join(''));\nelse for await (const event of r) {\n  if (${IS_TEXT}) log(event.delta.text);\n}`,
  ],
  [
    'a stream or not that is handed on',
    'log(await client.completions.create({ ...q, stream: flag }));',
    'log(toCompletionOrChunks(await client.completions.create({ ...q, stream: flag })));',
  ],
];

const done = rewriteAll(CASES);

describe('reading a stream', () => {
  it.each(CASES)('%s', (name, _before, after) => {
    expect(done.get(name)?.text).toBe(after);
  });

  it('keeps the line endings of Windows', () => {
    const twins = rewriteAll(CASES, { ending: '\r\n' });
    for (const [name, , after] of CASES) expect(twins.get(name)?.text).toBe(after.replaceAll('\n', '\r\n'));
  });

  it.each(['sdk-0.20', 'sdk-0.137', 'sdk-1'] as const)('compiles against %s', (sdk) => {
    expect(
      errorsIn(
        [...done].filter(([name]) => name !== 'an iterator').map(([, each]) => each),
        sdk,
      ),
    ).toEqual([]);
  });

  it.each([
    ['toReadableStream', `log((${S}).toReadableStream());`],
    ['a half that is handed on', `log((${S}).tee());`],
  ])('leaves %s to a person', (_name, before) => {
    const { uses } = rewrite(before);
    expect(uses.flatMap(({ problem }) => problem?.code ?? [])).toEqual(['CTM314']);
  });

  it('leaves a stream for the package ai, which reads events too', () => {
    const before = "import { AnthropicStream as read } from 'ai';\nlog(read(await client.completions.create(q)));";
    expect(rewrite(before).text).toBe(before);
  });
});
