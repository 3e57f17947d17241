import { describe, expect, it } from 'vitest';
import { errorsIn, rewriteAll, TEXT, type Case } from './run-plan.js';

const CALL = 'await client.completions.create(p)';
const MAPPED = "message.stop_reason === 'end_turn' ? 'stop_sequence' : message.stop_reason";

const CASES: readonly Case[] = [
  [
    'the text',
    `const { completion } = ${CALL};\nlog(completion);`,
    `const message = ${CALL};\nconst completion = message.${TEXT};\nlog(completion);`,
  ],
  [
    'renamed, before a comment',
    `const { completion: text } = ${CALL}; // note\nlog(text);`,
    `const message = ${CALL}; // note\nconst text = message.${TEXT};\nlog(text);`,
  ],
  [
    'with a default',
    `const { completion = '' } = ${CALL};\nlog(completion);`,
    `const message = ${CALL};\nconst completion = message.${TEXT};\nlog(completion);`,
  ],
  [
    'with a variable',
    `let { completion } = ${CALL};\ncompletion = completion.trim();\nlog(completion);`,
    `let message = ${CALL};\nlet completion = message.${TEXT};\ncompletion = completion.trim();\nlog(completion);`,
  ],
  [
    'where the text is cut',
    `const { completion } = ${CALL};\nlog(completion.slice(1));`,
    `const message = ${CALL};\nconst completion = message.${TEXT};\nlog(completion);`,
  ],
  [
    'where message is taken',
    `const message = 1;\nconst { completion } = ${CALL};\nlog(completion, message);`,
    `const message = 1;\nconst reply = ${CALL};\nconst completion = reply.${TEXT};\nlog(completion, message);`,
  ],
  [
    'of a name',
    `const r = ${CALL};\nconst { completion, model } = r;\nlog(completion, model);`,
    `const r = ${CALL};\nconst completion = r.${TEXT};\nconst { model } = r;\nlog(completion, model);`,
  ],
  [
    'with what a message has too',
    `const { completion, id, model: m } = ${CALL};\nlog(completion, id, m);`,
    `const message = ${CALL};\nconst completion = message.${TEXT};\nconst { id, model: m } = message;\nlog(completion, id, m);`,
  ],
  [
    'only what a message has too',
    `const { id, model } = ${CALL};\nlog(id, model);`,
    `const { id, model } = ${CALL};\nlog(id, model);`,
  ],
  [
    'a stop reason that is compared',
    `const { completion, stop_reason } = ${CALL};\nlog(stop_reason === 'stop_sequence' ? completion : '');`,
    `const message = ${CALL};\nconst completion = message.${TEXT};\nconst { stop_reason } = message;\nlog(stop_reason === 'end_turn' || stop_reason === 'stop_sequence' ? completion : '');`,
  ],
  [
    'a stop reason that leaves',
    `const { completion, stop_reason: why } = ${CALL};\nlog(completion, why);`,
    `const message = ${CALL};\nconst completion = message.${TEXT};\nconst why = ${MAPPED};\nlog(completion, why);`,
  ],
  [
    'two in a file',
    `const { completion } = ${CALL};\nconst { completion: b } = ${CALL};\nlog(completion, b);`,
    `const completion = messageText(${CALL});\nconst b = messageText(${CALL});\nlog(completion, b);`,
  ],
  [
    'a parameter',
    'client.completions.create(p).then(({ completion }) => completion.trim());',
    `client.completions.create(p).then((message) => message.${TEXT}.trim());`,
  ],
  [
    'a parameter read in a shorthand',
    'client.completions.create(p).then(({ completion }) => ({ completion }));',
    `client.completions.create(p).then((message) => ({ completion: message.${TEXT} }));`,
  ],
  [
    'a parameter with more',
    'client.completions.create(p).then(({ completion, model }) => completion + model);',
    "client.completions.create(p).then(({ content, model }) => content.map((block) => (block.type === 'text' ? block.text : '')).join('') + model);",
  ],
  [
    'a parameter of a block',
    'client.completions.create(p).then(({ completion }) => {\n  log(completion);\n});',
    `client.completions.create(p).then((message) => {\n  const completion = message.${TEXT};\n  log(completion);\n});`,
  ],
  [
    'inside of a pattern',
    'const { data: { completion } } = await client.completions.create(p).withResponse();\nlog(completion);',
    `const { data: { content } } = await client.completions.create(p).withResponse();\nconst completion = ${TEXT};\nlog(completion);`,
  ],
  [
    'the rest',
    `const { completion, ...rest } = ${CALL};\nlog(completion, rest);`,
    `const { completion, ...rest } = toCompletion(${CALL});\nlog(completion, rest);`,
  ],
  [
    'an assignment',
    `let completion = '';\n({ completion } = ${CALL});\nlog(completion);`,
    `let completion = '';\n({ completion } = toCompletion(${CALL}));\nlog(completion);`,
  ],
  [
    'a computed key',
    `const { ['completion']: a, [String(1)]: b } = ${CALL} as any;\nlog(a, b);`,
    `const { ['completion']: a, [String(1)]: b } = toCompletion(${CALL}) as any;\nlog(a, b);`,
  ],
  ['exported', `export const { completion } = ${CALL};`, `export const { completion } = toCompletion(${CALL});`],
  [
    'on one line',
    `async function f() { const { completion } = ${CALL}; return completion; }\nlog(f);`,
    `async function f() { const message = ${CALL}; const completion = message.${TEXT}; return completion; }\nlog(f);`,
  ],
  [
    'in a loop over answers',
    `for (const { completion } of [${CALL}]) {\n  log(completion);\n}`,
    `for (const { content } of [${CALL}]) {\n  const completion = ${TEXT};\n  log(completion);\n}`,
  ],
];

const done = rewriteAll(CASES);

describe('taking an answer apart', () => {
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
});
