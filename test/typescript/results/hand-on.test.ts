import { describe, expect, it } from 'vitest';
import { errorsIn, rewrite, rewriteAll, TEXT, type Case } from './run-plan.js';

const CALL = 'client.completions.create(p)';

const CASES: readonly Case[] = [
  [
    'into JSON',
    `const r = await ${CALL};\nlog(JSON.stringify(r));`,
    `const r = await ${CALL};\nlog(JSON.stringify(toCompletion(r)));`,
  ],
  ['to an unknown function', `log(await ${CALL});`, `log(toCompletion(await ${CALL}));`],
  ['as a promise', `log(${CALL});`, `log(${CALL}.then(toCompletion));`],
  [
    'in an object',
    `const r = await ${CALL};\nlog({ raw: r, ...r }, { r });`,
    `const r = await ${CALL};\nlog({ raw: toCompletion(r), ...toCompletion(r) }, { r: toCompletion(r) });`,
  ],
  [
    'from an exported function',
    `export function ask() {\n  return ${CALL};\n}`,
    `export function ask() {\n  return ${CALL}.then(toCompletion);\n}`,
  ],
  [
    'from an async one',
    `export const ask = async () => ${CALL};`,
    `export const ask = async () => toCompletion(await ${CALL});`,
  ],
  [
    'from one that catches',
    `export async function ask() {\n  try { return ${CALL}; } catch { return null; }\n}`,
    `export async function ask() {\n  try { return ${CALL}.then(toCompletion); } catch { return null; }\n}`,
  ],
  [
    'from a public method',
    `class A { async ask() { return await ${CALL}; } }\nlog((await new A().ask()).completion);`,
    `class A { async ask() { return toCompletion(await ${CALL}); } }\nlog((await new A().ask()).completion);`,
  ],
  [
    'from a private method',
    `class A { private ask() { return ${CALL}; }\n  async text() { return (await this.ask()).completion; } }\nlog(A);`,
    `class A { private ask() { return ${CALL}; }\n  async text() { return (await this.ask()).${TEXT}; } }\nlog(A);`,
  ],
  [
    'from a hidden method',
    `class A { #ask() { return ${CALL}; }\n  async text() { return (await this.#ask()).completion; } }\nlog(A);`,
    `class A { #ask() { return ${CALL}; }\n  async text() { return (await this.#ask()).${TEXT}; } }\nlog(A);`,
  ],
  [
    'from an object',
    `const api = { ask: () => ${CALL} };\nlog((await api.ask()).completion);`,
    `const api = { ask: () => ${CALL}.then(toCompletion) };\nlog((await api.ask()).completion);`,
  ],
  [
    'from a function of the file',
    `const ask = () => ${CALL};\nlog((await ask()).completion);`,
    `const ask = () => ${CALL};\nlog((await ask()).${TEXT});`,
  ],
  [
    'from a function that is also handed on',
    `const ask = () => ${CALL};\nlog((await ask()).completion, ask);`,
    `const ask = () => ${CALL}.then(toCompletion);\nlog((await ask()).completion, ask);`,
  ],
  [
    'to a public field',
    `class A { last?: Anthropic.Completion;\n  async ask() { this.last = await ${CALL}; } }\nlog(A);`,
    `class A { last?: TextCompletion;\n  async ask() { this.last = toCompletion(await ${CALL}); } }\nlog(A);`,
  ],
  [
    'to a private field',
    `class A { private last?: Anthropic.Completion;\n  async ask() { this.last = await ${CALL}; return this.last.completion; } }\nlog(A);`,
    `class A { private last?: Anthropic.Message;\n  async ask() { this.last = await ${CALL}; return this.last.${TEXT}; } }\nlog(A);`,
  ],
  [
    'to a private field that a pattern reads',
    `class A { private last?: Anthropic.Completion;\n  async ask() { this.last = await ${CALL}; const { last } = this; return last.completion; } }\nlog(A);`,
    `class A { private last?: TextCompletion;\n  async ask() { this.last = toCompletion(await ${CALL}); const { last } = this; return last.completion; } }\nlog(A);`,
  ],
  [
    'to a type of the program',
    `interface Reply { completion: string }\nconst r: Reply = await ${CALL};\nlog(r.completion);`,
    `interface Reply { completion: string }\nconst r: Reply = toCompletion(await ${CALL});\nlog(r.completion);`,
  ],
  [
    'through a cast',
    `const r = (await ${CALL}) as unknown as { completion: string };\nlog(r.completion);`,
    `const r = toCompletion(await ${CALL}) as unknown as { completion: string };\nlog(r.completion);`,
  ],
  [
    'to a helper with its type',
    `const show = (r: Anthropic.Completion) => r.completion;\nlog(show(await ${CALL}));`,
    `const show = (r: Anthropic.Message) => r.${TEXT};\nlog(show(await ${CALL}));`,
  ],
  [
    'to a helper that a double is passed to',
    `const show = (r: Anthropic.Completion) => r.completion;\nlog(show(await ${CALL}), show(JSON.parse('{}')));`,
    `const show = (r: TextCompletion) => r.completion;\nlog(show(toCompletion(await ${CALL})), show(JSON.parse('{}')));`,
  ],
  [
    'to a callback',
    `const ask = (done: (r: Anthropic.Completion) => void) => ${CALL}.then((r) => done(r));\nvoid ask((r) => log(r.completion));`,
    `const ask = (done: (r: TextCompletion) => void) => ${CALL}.then((r) => done(toCompletion(r)));\nvoid ask((r) => log(r.completion));`,
  ],
  [
    'to a function that is named',
    `function show(r: any) { log(r.completion); }\nvoid ${CALL}.then(show);`,
    `function show(r: any) { log(r.completion); }\nvoid ${CALL}.then(toCompletion).then(show);`,
  ],
  [
    'changed',
    `const r = await ${CALL};\nr.completion = r.completion.trim();\nlog(r.completion);`,
    `const r = toCompletion(await ${CALL});\nr.completion = r.completion.trim();\nlog(r.completion);`,
  ],
  [
    'by a key',
    `const r = await ${CALL};\nconst key = 'completion' as const;\nlog(r[key]);`,
    `const r = await ${CALL};\nconst key = 'completion' as const;\nlog(toCompletion(r)[key]);`,
  ],
  [
    'to a tag',
    `declare const sql: any;\nconst r = await ${CALL};\nlog(sql\`\${r}\`, \`\${r}\`);`,
    `declare const sql: any;\nconst r = await ${CALL};\nlog(sql\`\${toCompletion(r)}\`, \`\${r}\`);`,
  ],
  [
    'to a loop over its keys',
    `const r = await ${CALL};\nfor (const key in r) log(key);`,
    `const r = await ${CALL};\nfor (const key in toCompletion(r)) log(key);`,
  ],
  [
    'through a promise made by hand',
    `const r = await new Promise<Anthropic.Completion>((done, fail) => { ${CALL}.then(done, fail); });\nlog(r.completion);`,
    `const r = await new Promise<TextCompletion>((done, fail) => { ${CALL}.then(toCompletion).then(done, fail); });\nlog(r.completion);`,
  ],
  [
    'in a list',
    `const all = await Promise.all([1, 2].map(() => ${CALL}));\nlog(all.map((r) => r.completion).join());`,
    `const all = await Promise.all([1, 2].map(() => ${CALL}));\nlog(all.map((r) => r.${TEXT}).join());`,
  ],
  [
    'in a list that is handed on',
    `const all = await Promise.all([1, 2].map(() => ${CALL}));\nlog(all.map((r) => r.completion), all);`,
    `const all = await Promise.all([1, 2].map(() => ${CALL}.then(toCompletion)));\nlog(all.map((r) => r.completion), all);`,
  ],
  [
    'pushed to a list',
    `const all: Anthropic.Completion[] = [];\nall.push(await ${CALL});\nlog(all[0]!.completion);`,
    `const all: Anthropic.Message[] = [];\nall.push(await ${CALL});\nlog(all[0]!.${TEXT});`,
  ],
  [
    'in a map',
    `const all = new Map<string, Anthropic.Completion>();\nall.set('a', await ${CALL});\nlog(all.get('a')?.completion);`,
    `const all = new Map<string, Anthropic.Message>();\nall.set('a', await ${CALL});\nlog(all.get('a')?.${TEXT});`,
  ],
  [
    'through a retry',
    `async function retry<T>(run: () => Promise<T>): Promise<T> { return run(); }\nlog((await retry(() => ${CALL})).completion);`,
    `async function retry<T>(run: () => Promise<T>): Promise<T> { return run(); }\nlog((await retry(() => ${CALL})).${TEXT});`,
  ],
  [
    'through a cache that stores it as text',
    `async function memo<T>(make: () => Promise<T>): Promise<T> { return JSON.parse(JSON.stringify(await make())) as T; }\nlog((await memo(() => ${CALL})).completion);`,
    `async function memo<T>(make: () => Promise<T>): Promise<T> { return JSON.parse(JSON.stringify(await make())) as T; }\nlog((await memo(() => ${CALL}.then(toCompletion))).completion);`,
  ],
  [
    'through an unknown wrapper',
    `declare const limit: any;\nlog((await limit(() => ${CALL})).completion);`,
    `declare const limit: any;\nlog((await limit(() => ${CALL}.then(toCompletion))).completion);`,
  ],
  [
    'where it may be missing',
    `let r: Anthropic.Completion | null = null;\nif (flag) r = await ${CALL};\nlog(r);`,
    `let r: Anthropic.Message | null = null;\nif (flag) r = await ${CALL};\nlog(r && toCompletion(r));`,
  ],
  [
    'where one branch is missing',
    `export const ask = () => (flag ? ${CALL} : null);`,
    `export const ask = () => (flag ? ${CALL}.then(toCompletion) : null);`,
  ],
  [
    'where it was stored as text',
    `const r = JSON.parse('{}') as Anthropic.Completion;\nlog(r.completion);`,
    `const r = JSON.parse('{}') as TextCompletion;\nlog(r.completion);`,
  ],
  [
    'of asResponse',
    `const response = await ${CALL}.asResponse();\nlog(response.status, ((await response.json()) as any).completion);`,
    `const response = await ${CALL}.asResponse();\nlog(response.status, (toCompletion(await response.json()) as any).completion);`,
  ],
];

const done = rewriteAll(CASES);

describe('handing an answer on', () => {
  it.each(CASES)('%s', (name, _before, after) => {
    expect(done.get(name)?.text).toBe(after);
  });

  it.each(['sdk-0.20', 'sdk-0.137', 'sdk-1'] as const)('compiles against %s', (sdk) => {
    expect(errorsIn(done.values(), sdk)).toEqual([]);
  });

  it('logs a whole result as it is, and says so', () => {
    const { text, uses } = rewrite(`${CALL}.then(console.log);\nconst r = await ${CALL};\nconsole.error(r);`);
    expect(text).not.toContain('toCompletion');
    expect(uses.flatMap(({ notes }) => notes.map(({ code }) => code))).toEqual(['CTM206', 'CTM206']);
  });

  it('leaves the body of an HTTP response to a person', () => {
    const { uses } = rewrite(`const response = await ${CALL}.asResponse();\nlog(await response.text());`);
    expect(uses.flatMap(({ problem }) => problem?.code ?? [])).toEqual(['CTM315']);
  });

  it('cannot know what an untyped function of JavaScript reads', () => {
    const before = 'function show(r) { return r.completion; }\nshow(await client.completions.create({}));';
    expect(rewrite(before, { extension: 'js' }).text).toBe(
      'function show(r) { return r.completion; }\nshow(toCompletion(await client.completions.create({})));',
    );
  });
});
