import { expect, test } from 'vitest';
import { typeErrors, type SdkAlias } from '../harness/typecheck.js';
import { ALL, generate } from './generate.js';

const FOLDER = 'test/helpers/memory';
const STRICTER = {
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noUnusedLocals: true,
  noImplicitReturns: true,
};

/** What users write around the helpers, with `client` an Anthropic client. */
const USES = `
import Anthropic from '@anthropic-ai/sdk';
import { completionChunks, messageText, toCompletion, toMessageParams, toMessages, type TextCompletion, type TextCompletionParams } from './text-completions.js';

const client = new Anthropic();

export async function ask(prompt: string): Promise<string> {
  const message = await client.messages.create({ model: 'claude-haiku-4-5', max_tokens: 300, ...toMessages(prompt) });
  return messageText(message);
}

export async function whole(prompt: string): Promise<TextCompletion> {
  const message = await client.messages.create(toMessageParams({ model: 'claude-2', prompt, max_tokens_to_sample: 300, stop_sequences: ['###'], top_k: 5 }));
  const text: string = toCompletion(message).completion;
  return { ...toCompletion(message), completion: text.trim() };
}

export async function* tokens(prompt: string): AsyncGenerator<string> {
  const stream = await client.messages.create(toMessageParams({ model: 'claude-2', prompt, max_tokens_to_sample: 300, stream: true }));
  const chunks = completionChunks(stream);
  const stop: () => void = () => chunks.controller.abort();
  for await (const { completion, stop_reason } of chunks) {
    if (stop_reason === 'max_tokens') stop();
    yield completion;
  }
}

export async function either(params: TextCompletionParams): Promise<string> {
  const answer = await client.messages.create(toMessageParams(params));
  return 'content' in answer ? messageText(answer) : answer.controller.signal.reason;
}

export async function given(params: TextCompletionParams & { stream?: false; metadata?: { user_id?: string | null } }): Promise<string> {
  return messageText(await client.messages.create(toMessageParams(params), { timeout: 1000 }));
}

export const helperStream = (prompt: string) => completionChunks(client.messages.stream({ model: 'm', max_tokens: 1, ...toMessages(prompt) }));
export const spread = (rest: Omit<TextCompletionParams, 'prompt'>, prompt: string) => toMessageParams({ ...rest, prompt });
export const parallel = (prompts: string[]) => Promise.all(prompts.map(async (prompt) => messageText(await client.messages.create({ model: 'm', max_tokens: 1, ...toMessages(prompt) }))));
export const withExtras = (prompt: string) => client.messages.create(toMessageParams({ model: 'm', prompt, max_tokens_to_sample: 1, betas: ['x'], metadata: { user_id: 'u' } }));
export const assigned = Object.assign({ model: 'm', max_tokens: 1 }, toMessages('x'));
export const typed: Promise<Anthropic.Message> = client.messages.create(assigned);
`;

/** What only compiles while the SDK still has the legacy types. */
const LEGACY_USES = `
import Anthropic from '@anthropic-ai/sdk';
import { completionChunks, toMessageParams, toCompletion } from './text-completions.js';

const client = new Anthropic();

export async function legacy(params: Anthropic.CompletionCreateParamsNonStreaming): Promise<Anthropic.Completion> {
  const { stop_reason, ...completion } = toCompletion(await client.messages.create(toMessageParams(params)));
  return { ...completion, stop_reason: stop_reason ?? 'stop_sequence' };
}

export async function stream(params: Anthropic.CompletionCreateParamsStreaming): Promise<void> {
  for await (const chunk of completionChunks(await client.messages.create(toMessageParams(params)))) process.stdout.write(chunk.completion);
}

export const either = (params: Anthropic.CompletionCreateParams) => client.messages.create(toMessageParams(params));
`;

/** What has to be an error, so that the rest proves something. */
const WRONG = `
import Anthropic from '@anthropic-ai/sdk';
import { completionChunks, messageText, toMessageParams } from './text-completions.js';

const client = new Anthropic();
const params = { model: 'm', prompt: 'p', max_tokens_to_sample: 1 };
export const stream = async () => messageText(await client.messages.create(toMessageParams({ ...params, stream: true })));
export const whole = async () => completionChunks(await client.messages.create(toMessageParams({ ...params, stream: false })));
export const less = toMessageParams({ model: 'm', prompt: 'p' });
`;

const TIMEOUT = 120_000;

function errorsOf(
  sdk: SdkAlias,
  profile: '0.x' | '1.x',
  users: Readonly<Record<string, string>>,
): ReadonlyMap<string, readonly string[]> {
  const inline = ALL.map((name): [string, string] => [
    `inline-${name}.ts`,
    `export const used: unknown = ${name};\n\n${generate([name], { profile, moduleStyle: 'inline' })}`,
  ]);
  const files = new Map([
    ...Object.entries(users),
    ...inline,
    ['text-completions.ts', generate(ALL, { profile })],
    ['no-models.ts', generate(ALL, { profile, models: new Map() })],
    ['other-style.ts', generate(ALL, { profile, indent: '\t', quote: '"', semicolons: false })],
  ]);
  const errors = typeErrors(
    new Map([...files].map(([name, text]) => [`${FOLDER}/${name}`, text])),
    sdk,
    new Map(),
    STRICTER,
  );
  return new Map([...errors].map(([path, found]) => [path.slice(FOLDER.length + 1), found]));
}

test.each<SdkAlias>(['sdk-0.20', 'sdk-0.137'])(
  'helpers and their users type-check with %s, as strictly as can be',
  (sdk) => {
    expect(errorsOf(sdk, '0.x', { 'user.ts': USES, 'legacy.ts': LEGACY_USES })).toEqual(new Map());
  },
  TIMEOUT,
);

test(
  'helpers and their users type-check with sdk-1, where nothing legacy is left',
  () => {
    expect(errorsOf('sdk-1', '1.x', { 'user.ts': USES })).toEqual(new Map());
  },
  TIMEOUT,
);

test(
  'streams, answers and incomplete parameters are told apart by the compiler',
  () => {
    const errors = errorsOf('sdk-1', '1.x', { 'wrong.ts': WRONG });
    expect([...errors.keys()]).toEqual(['wrong.ts']);
    expect(errors.get('wrong.ts')).toEqual([
      expect.stringMatching(/^7: /),
      expect.stringMatching(/^8: /),
      expect.stringMatching(/^9: .*max_tokens_to_sample/s),
    ]);
  },
  TIMEOUT,
);
