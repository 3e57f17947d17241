import { expect, it } from 'vitest';
import { typeErrors } from './typecheck.js';

const path = 'fixtures/typescript/none/main.ts';
const legacy = `import Anthropic from '@anthropic-ai/sdk';
import { prompt } from './prompt.js';
const model: string = new Anthropic().completions;
export const result = new Anthropic().completions.create({ model, prompt, max_tokens_to_sample: 1 });
`;
const files = new Map([
  [path, legacy],
  ['fixtures/typescript/none/prompt.ts', 'export const prompt: string = 1;\n'],
]);

it('finds the type errors of files that only exist in memory, each in its own file', () => {
  const errors = typeErrors(files, 'sdk-0.20');
  expect(errors.get(path)).toEqual(["3: Type 'Completions' is not assignable to type 'string'."]);
  expect(errors.get('fixtures/typescript/none/prompt.ts')).toEqual([
    "1: Type 'number' is not assignable to type 'string'.",
  ]);
});

it('checks against the SDK that it is asked for', () => {
  expect(typeErrors(files, 'sdk-1').get(path)).toContain(
    "4: Property 'completions' does not exist on type 'Anthropic'.",
  );
});
