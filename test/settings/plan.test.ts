import { expect, it } from 'vitest';
import { applyEdits } from '../../src/edits/apply.js';
import { planSettings } from '../../src/settings/plan.js';

const NEEDS = { prefill: false, sampling: [], profile: '1.x' } as const;

async function plan(path: string, text: string, fed: readonly string[] = []) {
  const { edits, notes } = await planSettings({
    paths: [path],
    read: () => text,
    fed: new Map(fed.map((name) => [name, NEEDS])),
    models: { policy: 'parity', map: new Map() },
  });
  return {
    text: applyEdits(text, edits.get(path) ?? []),
    notes: notes.map(({ code, message }) => `${code} ${message.split(' ')[0] ?? ''}`),
  };
}

it.each([
  ['.env.example', 'A=1\nMODEL=claude-2\n', 'A=1\nMODEL=claude-sonnet-4-6\n'],
  ['.env', 'export MODEL="claude-2" # old\r\n', 'export MODEL="claude-sonnet-4-6" # old\r\n'],
  ['deploy.yml', 'env:\n  MODEL: claude-2\n', 'env:\n  MODEL: claude-sonnet-4-6\n'],
  ['app.json', '{ "env": { "MODEL": "claude-2" } }', '{ "env": { "MODEL": "claude-sonnet-4-6" } }'],
])('a variable in %s that a migrated call reads gets the model of today', async (path, before, after) => {
  expect((await plan(path, before, ['MODEL'])).text).toBe(after);
});

it('an id that only might feed a call is told with its keys, and stays', async () => {
  const text = '{ "llm": { "default": { "model": "claude-2" } }, "title": "claude-2 and others" }';
  expect(await plan('config/app.json', text)).toEqual({ text, notes: ['CTM318 llm.default.model'] });
  expect(await plan('.env.sample', '# MODEL=claude-2\nOTHER=claude-2\n', ['MODEL'])).toEqual({
    text: '# MODEL=claude-2\nOTHER=claude-2\n',
    notes: ['CTM318 OTHER'],
  });
});

it.each(['package.json', 'package-lock.json', 'tsconfig.json', 'broken.json', 'notes.txt'])(
  '%s holds no settings',
  async (path) => {
    expect(await plan(path, '{ "model": "claude-2"', ['model'])).toEqual({ text: '{ "model": "claude-2"', notes: [] });
  },
);
