import { describe, expect, it } from 'vitest';
import { rewrite, type Case } from './run-plan.js';

const CALL = 'const r = await client.completions.create({ prompt: "" });\n';

const CASES: readonly Case[] = [
  ['stop and the Human marker', "log(r.stop === '\\n\\nHuman:');", "log(r.stop_reason === 'end_turn');"],
  ['stop and the marker of the SDK', 'log(r.stop !== Anthropic.HUMAN_PROMPT);', "log(r.stop_reason !== 'end_turn');"],
  ['stop and a string', "log(r.stop === '###');", "log(r.stop_sequence === '###');"],
  ['stop itself', 'log(r.stop);', 'log(r.stop_sequence);'],
  ['log_id', 'log(r.log_id, r["log_id"]);', 'log(r.id, r.id);'],
  [
    'truncated',
    'log(r.truncated, !r.truncated);',
    'log(r.stop_reason === "max_tokens", !(r.stop_reason === "max_tokens"));',
  ],
  ['exception', 'log(r.exception);', 'log(null);'],
  [
    'a statement about an exception',
    'function f() {\n  if (r.exception) throw new Error(r.exception);\n  return r.id;\n}',
    'function f() {\n  return r.id;\n}',
  ],
  ['id and model', 'log(r.id, r.model);', 'log(r.id, r.model);'],
  ['the type compared', "log(r.type === 'completion');", "log(r.type === 'message');"],
  ['the type itself', 'log(r.type);', 'log("completion");'],
];

describe('reading other fields', () => {
  it.each(CASES)('%s', (_name, before, after) => {
    expect(withQuotes(rewrite(CALL + before, { extension: 'js' }).text)).toBe(withQuotes(CALL + after));
  });

  it('reports what only old versions had', () => {
    const { uses } = rewrite(`${CALL}log(r.stop, r.log_id, r.truncated, r.exception);`, { extension: 'js' });
    expect(uses.flatMap(({ notes }) => notes.map(({ code }) => code))).toEqual([
      'CTM213',
      'CTM213',
      'CTM213',
      'CTM213',
    ]);
  });

  it('sees through a cast that only old fields need', () => {
    const call = 'const r = await client.completions.create(p);\n';
    expect(rewrite(`${call}log((r as any).log_id);`).text).toBe(`${call}log((r as any).id);`);
  });

  it.each([
    ['in a pattern', 'const { completion, truncated } = await client.completions.create({ prompt: "" });'],
    [
      'of a chunk',
      'for await (const chunk of await client.completions.create({ prompt: "", stream: true })) log(chunk.log_id);',
    ],
    ['of a result that is changed', `${CALL}r.completion += "!";\nlog(r.exception);`],
  ])('leaves to a person what no helper gives back, %s', (_name, before) => {
    const { uses } = rewrite(before, { extension: 'js' });
    expect(uses.flatMap(({ problem }) => problem?.code ?? [])).toEqual(['CTM315']);
  });

  it('leaves to a person what would have to be asked twice', () => {
    const { uses } = rewrite('log((await client.completions.create({ prompt: "" })).truncated);', { extension: 'js' });
    expect(uses.flatMap(({ problem }) => problem?.code ?? [])).toEqual(['CTM315']);
  });
});

const withQuotes = (text: string): string => text.replaceAll('"', "'");
