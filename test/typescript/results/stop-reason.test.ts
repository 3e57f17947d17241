import { describe, expect, it } from 'vitest';
import { errorsIn, NEW, rewrite, rewriteAll, type Case } from './run-plan.js';

const CALL = 'const r = await client.completions.create(p);\n';
const MAPPED = "r.stop_reason === 'end_turn' ? 'stop_sequence' : r.stop_reason";
const ENDED = "r.stop_reason === 'end_turn' || r.stop_reason === 'stop_sequence'";

const CASES: readonly Case[] = [
  ['compared', `${CALL}if (r.stop_reason === 'stop_sequence') log(1);`, `${CALL}if (${ENDED}) log(1);`],
  ['loosely', `${CALL}log(r.stop_reason == 'stop_sequence');`, `${CALL}log(${ENDED.replaceAll('===', '==')});`],
  [
    'negated',
    `${CALL}log(r.stop_reason !== 'stop_sequence');`,
    `${CALL}log(r.stop_reason !== 'end_turn' && r.stop_reason !== 'stop_sequence');`,
  ],
  [
    'from the other side',
    `${CALL}log('stop_sequence' === r.stop_reason);`,
    `${CALL}log('end_turn' === r.stop_reason || 'stop_sequence' === r.stop_reason);`,
  ],
  [
    'in a conjunction',
    `${CALL}log(flag && r.stop_reason === 'stop_sequence' && 1);`,
    `${CALL}log(flag && (${ENDED}) && 1);`,
  ],
  ['in a disjunction', `${CALL}log(flag || r.stop_reason === 'stop_sequence');`, `${CALL}log(flag || ${ENDED});`],
  ['behind not', `${CALL}log(!(r.stop_reason === 'stop_sequence'));`, `${CALL}log(!(${ENDED}));`],
  [
    'with a constant',
    `const DONE = 'stop_sequence';\n${CALL}log(r.stop_reason === DONE);`,
    `const DONE = 'stop_sequence';\n${CALL}log(r.stop_reason === 'end_turn' || r.stop_reason === DONE);`,
  ],
  ['with max_tokens', `${CALL}log(r.stop_reason === 'max_tokens');`, `${CALL}log(r.stop_reason === 'max_tokens');`],
  [
    'with nothing',
    `${CALL}if (r.stop_reason && r.stop_reason !== null) log(!r.stop_reason);`,
    `${CALL}if (r.stop_reason && r.stop_reason !== null) log(!r.stop_reason);`,
  ],
  [
    'with what it never was',
    `${CALL}log(r.stop_reason === 'length');`,
    `${CALL}log((r.stop_reason as string | null) === 'length');`,
  ],
  [
    'switched',
    `${CALL}switch (r.stop_reason) {\n  case 'stop_sequence':\n    log(1);\n    break;\n  case 'max_tokens':\n    log(2);\n}`,
    `${CALL}switch (r.stop_reason) {\n  case 'end_turn':\n  case 'stop_sequence':\n    log(1);\n    break;\n  case 'max_tokens':\n    log(2);\n}`,
  ],
  [
    'switched on one line',
    `${CALL}switch (r.stop_reason) { case 'stop_sequence': log(1); }`,
    `${CALL}switch (r.stop_reason) { case 'end_turn': case 'stop_sequence': log(1); }`,
  ],
  ['printed', `${CALL}log(\`(\${r.stop_reason})\`);`, `${CALL}log(\`(\${${MAPPED}})\`);`],
  [
    'returned',
    `${CALL}const f = () => ({ why: r.stop_reason });\nlog(f);`,
    `${CALL}const f = () => ({ why: ${MAPPED} });\nlog(f);`,
  ],
  ['with a fallback that leaves', `${CALL}log(r.stop_reason ?? 'none');`, `${CALL}log((${MAPPED}) ?? 'none');`],
  [
    'after a test that narrows it',
    `${CALL}if (r.stop_reason === 'stop_sequence') log(1);\nelse log(r.stop_reason);`,
    `${CALL}if (${ENDED}) log(1);\nelse log(toCompletion(r).stop_reason);`,
  ],
  [
    'of an awaited call',
    "log((await client.completions.create(p)).stop_reason === 'stop_sequence');",
    "log(toCompletion(await client.completions.create(p)).stop_reason === 'stop_sequence');",
  ],
  [
    'through a constant',
    `${CALL}const why = r.stop_reason;\nif (why === 'stop_sequence') log(1);`,
    `${CALL}const why = r.stop_reason;\nif (why === 'end_turn' || why === 'stop_sequence') log(1);`,
  ],
  [
    'through a constant that leaves',
    `${CALL}const why = r.stop_reason;\nif (why === 'stop_sequence') log(why);`,
    `${CALL}const why = ${MAPPED};\nif (why === 'stop_sequence') log(why);`,
  ],
  [
    'through a variable with other values',
    `${CALL}let why: string | null = 'stop_sequence';\nif (flag) why = r.stop_reason;\nlog(why === 'stop_sequence');`,
    `${CALL}let why: string | null = 'stop_sequence';\nif (flag) why = ${MAPPED};\nlog(why === 'stop_sequence');`,
  ],
  [
    'through a mapper',
    `function finish(reason: string | null) {\n  return reason === 'stop_sequence' ? 'stop' : 'length';\n}\n${CALL}log(finish(r.stop_reason));`,
    `function finish(reason: string | null) {\n  return reason === 'end_turn' || reason === 'stop_sequence' ? 'stop' : 'length';\n}\n${CALL}log(finish(r.stop_reason));`,
  ],
  [
    'through a mapper with other callers',
    `function finish(reason: string | null) {\n  return reason === 'stop_sequence' ? 'stop' : 'length';\n}\n${CALL}log(finish(r.stop_reason), finish('stop_sequence'));`,
    `function finish(reason: string | null) {\n  return reason === 'stop_sequence' ? 'stop' : 'length';\n}\n${CALL}log(finish(${MAPPED}), finish('stop_sequence'));`,
  ],
  [
    'looked up',
    `const FINISH: Record<string, string> = { stop_sequence: 'stop', max_tokens: 'length' };\n${CALL}log(FINISH[r.stop_reason ?? '']);`,
    `const FINISH: Record<string, string> = { end_turn: 'stop', stop_sequence: 'stop', max_tokens: 'length' };\n${CALL}log(FINISH[r.stop_reason ?? '']);`,
  ],
  [
    'looked up in a table with keys of its own',
    `const FINISH: Record<'stop_sequence' | 'max_tokens', string> = { stop_sequence: 'stop', max_tokens: 'length' };\n${CALL}log(FINISH[r.stop_reason as 'max_tokens']);`,
    `const FINISH: Record<'stop_sequence' | 'max_tokens', string> = { stop_sequence: 'stop', max_tokens: 'length' };\n${CALL}log(FINISH[(${MAPPED}) as 'max_tokens']);`,
  ],
  [
    'looked up in a table that is also listed',
    `const FINISH: Record<string, string> = { stop_sequence: 'stop' };\n${CALL}log(FINISH[r.stop_reason ?? ''], Object.keys(FINISH));`,
    `const FINISH: Record<string, string> = { stop_sequence: 'stop' };\n${CALL}log(FINISH[(${MAPPED}) ?? ''], Object.keys(FINISH));`,
  ],
];

const done = rewriteAll(CASES);

describe('reading the stop reason', () => {
  it.each(CASES)('%s', (name, _before, after) => {
    expect(done.get(name)?.text).toBe(after);
  });

  it('keeps the line endings of Windows', () => {
    const twins = rewriteAll(CASES, { ending: '\r\n' });
    for (const [name, , after] of CASES) expect(twins.get(name)?.text).toBe(after.replaceAll('\n', '\r\n'));
  });

  it.each(['sdk-0.20', 'sdk-0.137', 'sdk-1'] as const)('compiles against %s', (sdk) => {
    expect(errorsIn(done.values(), sdk)).toEqual([]);
  });

  it('tells a full context window apart where every SDK of the range knows it', () => {
    const { text } = rewrite(
      `${CALL}log(r.stop_reason === 'max_tokens', r.id);\nconst f = () => r.stop_reason;\nlog(f);`,
      { target: NEW },
    );
    expect(text).toContain("r.stop_reason === 'max_tokens' || r.stop_reason === 'model_context_window_exceeded'");
  });
});
