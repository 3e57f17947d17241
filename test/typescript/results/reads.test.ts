import { describe, expect, it } from 'vitest';
import { errorsIn, rewrite, rewriteAll, TEXT, type Case } from './run-plan.js';

const CALL = 'const r = await client.completions.create(p);\n';

const CASES: readonly Case[] = [
  ['a member', `${CALL}log(r.completion.trim());`, `${CALL}log(r.${TEXT}.trim());`],
  ['an element', `${CALL}log(r['completion']);`, `${CALL}log(r.${TEXT});`],
  ['an optional chain', `${CALL}log(r?.completion ?? '');`, `${CALL}log(r?.${TEXT} ?? '');`],
  ['an optional element', `${CALL}log(r?.['completion']);`, `${CALL}log(r?.${TEXT});`],
  [
    'an awaited call',
    'log((await client.completions.create(p)).completion);',
    `log((await client.completions.create(p)).${TEXT});`,
  ],
  ['behind an assertion', `${CALL}log(r!.completion);`, `${CALL}log(r!.${TEXT});`],
  [
    'behind a cast',
    `${CALL}log((r as Anthropic.Completion).completion);`,
    `${CALL}log((r as Anthropic.Message).${TEXT});`,
  ],
  ['without the cut of the leading space', `${CALL}log(r.completion.slice(1));`, `${CALL}log(r.${TEXT});`],
  ['without its substring', `${CALL}log(r.completion.substring(1).trim());`, `${CALL}log(r.${TEXT}.trim());`],
  ['with a cut of more', `${CALL}log(r.completion.slice(1, 4));`, `${CALL}log(r.${TEXT}.slice(1, 4));`],
  [
    'of a constant that is cut',
    `${CALL}const text = r.completion;\nlog(text.slice(1));`,
    `${CALL}const text = r.${TEXT};\nlog(text);`,
  ],
  [
    'of a variable that is changed',
    `${CALL}let text = r.completion;\ntext += '!';\nlog(text.slice(1));`,
    `${CALL}let text = r.${TEXT};\ntext += '!';\nlog(text.slice(1));`,
  ],
  [
    'of a variable that is only assigned',
    `let text = '';\n${CALL}text = r.completion;\nlog(text.slice(1));`,
    `let text = '';\n${CALL}text = r.${TEXT};\nlog(text);`,
  ],
  [
    'in a callback of then',
    'client.completions.create(p).then((r) => log(r.completion));',
    `client.completions.create(p).then((r) => log(r.${TEXT}));`,
  ],
  [
    'of data of withResponse',
    'const { data, response } = await client.completions.create(p).withResponse();\nlog(response.status, data.completion);',
    `const { data, response } = await client.completions.create(p).withResponse();\nlog(response.status, data.${TEXT});`,
  ],
  ['by in', `${CALL}if ('completion' in r) log(1);`, `${CALL}if ('content' in r) log(1);`],
  [
    'more than once',
    `${CALL}if (!r.completion) throw 1;\nlog((r).completion, (await client.completions.create(p)).completion);`,
    `${CALL}if (!messageText(r)) throw 1;\nlog(messageText(r), messageText(await client.completions.create(p)));`,
  ],
  [
    'with a comment inside',
    `${CALL}log(r.completion, r\n  // the text\n  .completion);`,
    `${CALL}log(messageText(r), r\n  // the text\n  .${TEXT});`,
  ],
  [
    'of a name that was assigned later',
    `let r;\ntry { r = await client.completions.create(p); } catch { throw 1; }\nlog(r.completion);`,
    `let r;\ntry { r = await client.completions.create(p); } catch { throw 1; }\nlog(r.${TEXT});`,
  ],
  [
    'of a name that may be empty',
    `let r: Anthropic.Completion | null = null;\nr = flag ? await client.completions.create(p) : null;\nlog(r?.completion);`,
    `let r: Anthropic.Message | null = null;\nr = flag ? await client.completions.create(p) : null;\nlog(r?.${TEXT});`,
  ],
  [
    'of what someone else answers',
    'declare const openai: { completions: { create(p: unknown): Promise<{ completion: string }> } };\nlog((await openai.completions.create({})).completion);',
    'declare const openai: { completions: { create(p: unknown): Promise<{ completion: string }> } };\nlog((await openai.completions.create({})).completion);',
  ],
];

const done = rewriteAll(CASES);

describe('reading the text', () => {
  it.each(CASES)('%s', (name, _before, after) => {
    expect(done.get(name)?.text).toBe(after);
  });

  it.each(['sdk-0.20', 'sdk-0.137', 'sdk-1'] as const)('compiles against %s', (sdk) => {
    expect(errorsIn(done.values(), sdk)).toEqual([]);
  });

  it('takes the quotes of the file', () => {
    const text = 'const { name } = JSON.parse("{}");\nlog("a", "b", (await client.completions.create(p)).completion);';
    expect(rewrite(text).text).toContain(TEXT.replaceAll("'", '"'));
  });

  it('works in JavaScript, where the types of names are inferred', () => {
    const text = 'let r;\nr = await client.completions.create({ prompt: "" });\nexport const text = r["completion"];';
    expect(rewrite(text, { extension: 'js' }).text).toContain('export const text = r.content.map(');
  });

  it('says which calls an answer can come from', () => {
    const { uses } = rewrite(
      'const a = await client.completions.create(p);\nconst b = await client.completions.create(p);\nconst c = flag ? a : b;\nlog(a.completion, c.completion);',
    );
    expect(
      uses
        .map(({ sites }) => sites.size)
        .filter((size) => size > 0)
        .sort(),
    ).toEqual([1, 2]);
  });
});
