import { describe, expect, it } from 'vitest';
import { runPlan, TEXT } from './run-plan.js';

const SDK = "import Anthropic from '@anthropic-ai/sdk';\nconst client = new Anthropic();\n";
const CALL = 'client.completions.create({} as Anthropic.CompletionCreateParamsNonStreaming)';
const RENDER =
  "import type Anthropic from '@anthropic-ai/sdk';\nexport const render = (r: Anthropic.Completion) => r.completion;";

describe('answers that cross files', () => {
  it('reach a helper in another file as messages', () => {
    const { files, uses } = runPlan({
      'a.ts': `import { render } from './b.js';\n${SDK}render(await ${CALL});`,
      'b.ts': RENDER,
    });
    expect(files.get('b.ts')).toContain(`(r: Anthropic.Message) => r.${TEXT}`);
    expect(uses.filter(({ unit }) => unit.path === 'b.ts').map(({ sites }) => sites.size)).toEqual([1, 1]);
  });

  it('keep the legacy shape where an exported function gives them', () => {
    const { files } = runPlan({
      'a.ts': `${SDK}export const ask = async () => ${CALL};`,
      'b.ts': RENDER,
      'c.ts': `import { ask } from './a.js';\nimport { render } from './b.js';\n${SDK}render(await ask());\nrender(await ${CALL});\nconsole.log((await ask()).completion);`,
    });
    expect(files.get('a.ts')).toContain('async () => toCompletion(await ');
    expect(files.get('b.ts')).toContain('(r: TextCompletion) => r.completion');
    expect(files.get('c.ts')).toContain('render(await ask());\nrender(toCompletion(await ');
    expect(files.get('c.ts')).toContain('console.log((await ask()).completion);');
  });

  it('reach exported readers that nobody is seen to call in the shape that the project exports', () => {
    const reader = runPlan({ 'b.ts': RENDER });
    const both = runPlan({ 'a.ts': `${SDK}export const ask = async () => ${CALL};`, 'b.ts': RENDER });
    expect(reader.files.get('b.ts')).toContain('Anthropic.Message');
    expect(both.files.get('b.ts')).toContain('TextCompletion');
  });

  it('keep the name of a type that the project hands on itself', () => {
    const { files } = runPlan({
      'a.ts': "import type Anthropic from '@anthropic-ai/sdk';\nexport type Result = Anthropic.Completion;",
      'b.ts': "import type { Result } from './a.js';\nexport const text = (r: Result) => r.completion;",
    });
    expect(files.get('a.ts')).toContain('type Result = Anthropic.Message;');
    expect(files.get('b.ts')).toContain(`(r: Result) => r.${TEXT}`);
  });
});
