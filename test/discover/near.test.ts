import { expect, it } from 'vitest';
import { byNearness } from '../../src/discover/near.js';
import { importing } from '../../transforms/typescript/importing.js';

const FILES = {
  'src/ask.ts':
    "import Anthropic from '@anthropic-ai/sdk';\nexport const ask = (c: Anthropic) => c.completions.create({ model: 'claude-2' });",
  'src/relative.ts': "import { ask } from './ask.js';\nexport const model = 'claude-2';",
  'src/aliased.ts': "import { ask } from '@/ask';\nexport const model = 'claude-2';",
  'src/led.ts': "import { run } from './deep/run.js';\nexport const model = 'claude-2';",
  'src/prices.ts': "export const PRICES = { 'claude-2': 8 };",
  'src/modern.ts':
    "import Anthropic from '@anthropic-ai/sdk';\nexport const ask = (c: Anthropic) => c.messages.create({ model: 'claude-3-haiku-20240307' });",
};
const files = Object.entries(FILES).map(([path, text]) => ({ path, text }));
const nothing = (): undefined => undefined;

it('near are the files that may call, and those that name one or lead to one', () => {
  const importers = [{ path: 'src/led.ts', text: '', isTarget: true }];
  const { near, apart } = byNearness(files, importers, importing, nothing);
  expect(near.map(({ path }) => path)).toEqual(['src/ask.ts', 'src/relative.ts', 'src/aliased.ts', 'src/led.ts']);
  expect(apart.map(({ path }) => path)).toEqual(['src/prices.ts', 'src/modern.ts']);
});

it('without a file that may call, all are apart', () => {
  const { near, apart } = byNearness(files.slice(4), [], importing, nothing);
  expect([near.length, apart.length]).toEqual([0, 2]);
});

it.each([
  ['client.completions.create(params)', true],
  ['const { completions } = client', true],
  ["client['completions'].create(params)", true],
  ["import type { Completion } from '@anthropic-ai/sdk/resources/completions'", true],
  ["import { Client } from '@anthropic-ai/sdk'", true],
  ['class Mine extends Anthropic.Completions {} // @anthropic-ai/sdk', true],
  ["fetch('https://api.anthropic.com/v1/complete')", true],
  ["axios.create({ baseURL: 'https://api.anthropic.com/v1' }).post('/complete')", true],
  ["const H = '\\n\\nHuman:';", true],
  ['openai.chat.completions.create(params)', false],
  ["fetch('https://api.anthropic.com/v1/messages')", false],
  ["const prompt = 'Human: hello';", false],
])('whether %s may call: %s', (text, expected) => {
  expect(importing.mayCall(text)).toBe(expected);
});
