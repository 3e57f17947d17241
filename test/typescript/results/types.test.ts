import { describe, expect, it } from 'vitest';
import { errorsIn, NEW, OLD, rewriteAll, runPlan, TEXT, type Case } from './run-plan.js';

const CASES: readonly Case[] = [
  [
    'of the namespace',
    'const f = (r: Anthropic.Completion) => r.id;\nlog(f(await client.completions.create(p)));',
    'const f = (r: Anthropic.Message) => r.id;\nlog(f(await client.completions.create(p)));',
  ],
  [
    'of the resource',
    'let a: Anthropic.Completions | undefined;\nlog(a);',
    'let a: Anthropic.Messages | undefined;\nlog(a);',
  ],
  [
    'of parameters',
    "type A = Anthropic.CompletionCreateParams;\ntype B = Anthropic.CompletionCreateParams.CompletionRequestStreaming;\ntype C = A['model'] | B['model'];\nlog(null as unknown as C);",
    "type A = Anthropic.MessageCreateParams;\ntype B = Anthropic.MessageCreateParamsStreaming;\ntype C = A['model'] | B['model'];\nlog(null as unknown as C);",
  ],
  [
    'by a key',
    "type A = Anthropic.Completion['completion'] | Anthropic.Completion['stop_reason'][] | Anthropic.CompletionCreateParams['prompt'] | Anthropic.CompletionCreateParams['model'];\ntype B = Anthropic.CompletionCreateParams['max_tokens_to_sample'];\nlog(null as unknown as A | B);",
    "type A = string | (string | null)[] | string | Anthropic.MessageCreateParams['model'];\ntype B = Anthropic.MessageCreateParams['max_tokens'];\nlog(null as unknown as A | B);",
  ],
  [
    'without a key',
    "type A = Omit<Anthropic.CompletionCreateParamsNonStreaming, 'prompt' | 'max_tokens_to_sample'>;\nlog(null as unknown as A);",
    "type A = Omit<Anthropic.MessageCreateParamsNonStreaming, 'messages' | 'max_tokens'>;\nlog(null as unknown as A);",
  ],
  [
    'of metadata',
    'const m: Anthropic.CompletionCreateParams.Metadata = {};\nlog(m);',
    "const m: NonNullable<Anthropic.MessageCreateParams['metadata']> = {};\nlog(m);",
  ],
  [
    'of a promise',
    'async function f(): Promise<Anthropic.Completion> { return client.completions.create(p); }\nlog((await f()).id);',
    'async function f(): Promise<Anthropic.Message> { return client.completions.create(p); }\nlog((await f()).id);',
  ],
  [
    'of an exported promise',
    'export async function f(): Promise<Anthropic.Completion> { return client.completions.create(p); }',
    'export async function f(): Promise<TextCompletion> { return toCompletion(await client.completions.create(p)); }',
  ],
  [
    'of a predicate',
    "const is = (r: Anthropic.Completion | string): r is Anthropic.Completion => typeof r !== 'string';\nlog(is);",
    "const is = (r: TextCompletion | string): r is TextCompletion => typeof r !== 'string';\nlog(is);",
  ],
  [
    'of a member that others see',
    'interface A { raw: Anthropic.Completion }\nconst a: A = { raw: await client.completions.create(p) };\nlog(a.raw.completion);',
    'interface A { raw: TextCompletion }\nconst a: A = { raw: toCompletion(await client.completions.create(p)) };\nlog(a.raw.completion);',
  ],
  [
    'that another extends',
    'interface A extends Anthropic.Completion { ms: number }\nlog(null as unknown as A);',
    'interface A extends TextCompletion { ms: number }\nlog(null as unknown as A);',
  ],
  [
    'of an alias',
    'type R = Anthropic.Completion;\nconst r: R = await client.completions.create(p);\nlog(r.completion);',
    `type R = Anthropic.Message;\nconst r: R = await client.completions.create(p);\nlog(r.${TEXT});`,
  ],
  [
    'of an alias of two shapes',
    "type R = Anthropic.Completion;\nconst a: R = await client.completions.create(p);\nconst b: R = JSON.parse('{}');\nlog(a.completion, b.completion);",
    "type R = TextCompletion;\nconst a: R = toCompletion(await client.completions.create(p));\nconst b: R = JSON.parse('{}');\nlog(a.completion, b.completion);",
  ],
  [
    'asked from a value',
    'type R = Awaited<ReturnType<typeof client.completions.create>>;\nconst r: R = await client.completions.create(p);\nlog(r);',
    'type R = Awaited<ReturnType<typeof client.messages.create>>;\nconst r: R = await client.completions.create(p);\nlog(toCompletion(r));',
  ],
  [
    'of the SDK by an import type',
    "type R = import('@anthropic-ai/sdk').Anthropic.Completion;\ntype S = import('@anthropic-ai/sdk/resources/completions').Completion;\nconst f = (r: R, s: S) => r.id + s.id;\nlog(f(await client.completions.create(p), await client.completions.create(p)));",
    "type R = import('@anthropic-ai/sdk').Anthropic.Message;\ntype S = import('@anthropic-ai/sdk/resources/messages').Message;\nconst f = (r: R, s: S) => r.id + s.id;\nlog(f(await client.completions.create(p), await client.completions.create(p)));",
  ],
  [
    'of nothing legacy',
    'interface Completion { completion: string }\nconst c: Completion = { completion: "" };\nlog(c);',
    'interface Completion { completion: string }\nconst c: Completion = { completion: "" };\nlog(c);',
  ],
];

const done = rewriteAll(CASES);

describe('types', () => {
  it.each(CASES)('%s', (name, _before, after) => {
    expect(done.get(name)?.text).toBe(after);
  });

  it.each(['sdk-0.20', 'sdk-0.137', 'sdk-1'] as const)('compile against %s', (sdk) => {
    const known = [...done].filter(([name]) => name !== 'asked from a value').map(([, each]) => each);
    expect(errorsIn(known, sdk)).toEqual([]);
  });
});

const DEEP = '@anthropic-ai/sdk/resources';

const IMPORTS: readonly Case[] = [
  [
    'a deep module',
    `import type { Completion, CompletionCreateParams } from '${DEEP}/completions';\nexport const f = (r: Completion, q: CompletionCreateParams) => [r.id, q];`,
    `import type { Message, MessageCreateParams } from '${DEEP}/messages';\nexport const f = (r: Message, q: MessageCreateParams) => [r.id, q];`,
  ],
  [
    'its extension',
    `import type { Completion as C } from '${DEEP}/completions.mjs';\nexport const f = (r: C) => r.id;`,
    `import type { Message as C } from '${DEEP}/messages.mjs';\nexport const f = (r: C) => r.id;`,
  ],
  [
    'the index of modules',
    `import { type Completion } from '${DEEP}';\nexport const f = (r: Completion) => r.id;`,
    `import { type Message } from '${DEEP}';\nexport const f = (r: Message) => r.id;`,
  ],
  [
    'a name that is taken',
    `import type { Completion } from '${DEEP}/completions';\ninterface Message { x: 1 }\nexport const f = (r: Completion, m: Message) => [r.id, m];`,
    `import type { Message as Completion } from '${DEEP}/messages';\ninterface Message { x: 1 }\nexport const f = (r: Completion, m: Message) => [r.id, m];`,
  ],
  [
    'a namespace',
    `import type * as C from '${DEEP}/completions';\nexport const f = (r: C.Completion) => r.id;`,
    `import type * as C from '${DEEP}/messages';\nexport const f = (r: C.Message) => r.id;`,
  ],
  [
    'a re-export',
    `export type { Completion } from '${DEEP}/completions';`,
    `export type { Message as Completion } from '${DEEP}/messages';`,
  ],
  [
    'what only unseen code holds',
    `import type { Completion } from '${DEEP}/completions';\nexport interface A { raw: Completion }`,
    'export interface A { raw: TextCompletion }',
  ],
  [
    'a stream and its element',
    `import type { Stream } from '@anthropic-ai/sdk/streaming';\nimport type { Completion } from '${DEEP}/completions';\nexport const f = (s: Stream<Completion>) => s.controller;`,
    `import type { Stream } from '@anthropic-ai/sdk/streaming';\nimport type { MessageStreamEvent } from '${DEEP}/messages';\nexport const f = (s: Stream<MessageStreamEvent>) => s.controller;`,
  ],
  [
    'a stream that is turned',
    `import type { Stream } from '@anthropic-ai/sdk/streaming';\nimport type { Completion } from '${DEEP}/completions';\nexport interface A { s: Stream<Completion> }`,
    'export interface A { s: AsyncIterable<TextCompletion> }',
  ],
];

describe('types of parameters', () => {
  const before =
    "import Anthropic from '@anthropic-ai/sdk';\nexport const f = (a: Anthropic.CompletionCreateParams, b: Anthropic.CompletionCreateParamsStreaming[]) => [a, b];";

  it.each([
    ['messages', '(a: Anthropic.MessageCreateParams, b: Anthropic.MessageCreateParamsStreaming[])'],
    ['legacy', '(a: TextCompletionParams, b: (TextCompletionParams & { stream: true })[])'],
  ] as const)('have the shape that is decided for their place: %s', (shape, after) => {
    const { files } = runPlan({ 'main.ts': before }, OLD, () => ({ shape, sites: [] }));
    expect(files.get('main.ts')).toContain(after);
  });
});

describe('imports of types', () => {
  it.each(IMPORTS)('%s', (_name, before, after) => {
    expect(runPlan({ 'main.ts': before }).files.get('main.ts')).toBe(after);
  });

  it('stay with a person where the Bedrock SDK had them', () => {
    const { uses } = runPlan({
      'main.ts':
        "import AnthropicBedrock from '@anthropic-ai/bedrock-sdk';\nexport const f = (r: AnthropicBedrock.Completion) => r.id;",
    });
    expect(uses.flatMap(({ problem }) => problem?.code ?? [])).toEqual(['CTM316']);
  });

  it('stay with a person where a name is a value too', () => {
    const { uses } = runPlan({
      'main.ts': `import { Completions } from '${DEEP}/completions';\nexport class Mine extends Completions {}`,
    });
    expect(uses.map(({ problem }) => problem?.code)).toEqual(['CTM316']);
  });

  it('are followed in JSDoc', () => {
    const before =
      "/** @param {import('@anthropic-ai/sdk').Anthropic.Completion} r */\nexport const f = (r) => r.completion;";
    const after = `/** @param {import('@anthropic-ai/sdk').Anthropic.Message} r */\nexport const f = (r) => r.${TEXT};`;
    expect(runPlan({ 'main.js': before }).files.get('main.js')).toBe(after);
  });

  it('have no key that the newest SDK dropped', () => {
    const before =
      "import Anthropic from '@anthropic-ai/sdk';\nexport type T = Anthropic.CompletionCreateParams['temperature'];";
    expect(runPlan({ 'main.ts': before }, NEW).files.get('main.ts')).toContain('export type T = number;');
  });
});
