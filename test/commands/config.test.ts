import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/commands/config.js';
import { UsageError } from '../../src/usage-error.js';
import { cli } from '../support/cli.js';
import { project } from '../support/project.js';
import { CHAT, PACKAGE } from './chat.js';

describe('a config file', () => {
  it('gives option values', () => {
    const { folder } = project({
      'c.json': '\uFEFF{ "$schema": "x", "include": ["a"], "modelMap": { "a": "b", "c": "d" }, "safeOnly": true }',
    });
    expect(readConfig(join(folder, 'c.json'), ['include', 'modelMap', 'safeOnly'])).toEqual({
      include: ['a'],
      modelMap: ['a=b', 'c=d'],
      safeOnly: true,
    });
  });

  it('may hold what another command takes', () => {
    const { folder } = project({ 'c.json': '{ "include": ["a"], "sdk": "0.x" }' });
    expect(readConfig(join(folder, 'c.json'), ['include'])).toEqual({ include: ['a'] });
  });

  it.each([
    ['{', 'JSON'],
    ['[]', 'one JSON object'],
    ['{ "dryRun": true }', 'unknown field "dryRun"'],
    ['{ "__proto__": {} }', 'unknown field "__proto__"'],
    ['{ "include": "a" }', 'include must be a list of strings'],
    ['{ "exclude": [1] }', 'exclude must be a list of strings'],
    ['{ "safeOnly": "yes" }', 'safeOnly must be true or false'],
    ['{ "modelMap": ["a=b"] }', 'modelMap must be an object of model ids'],
    ['{ "modelMap": { "a": 1 } }', 'modelMap must be an object of model ids'],
    ['{ "sdk": 1 }', 'sdk must be a string'],
  ])('is refused: %s', (text, message) => {
    const { folder } = project({ 'c.json': text });
    expect(() => readConfig(join(folder, 'c.json'), ['include'])).toThrow(UsageError);
    expect(() => readConfig(join(folder, 'c.json'), ['include'])).toThrow(message);
  });
});

describe('--config', () => {
  it('counts where the command line says nothing', async () => {
    const config = '{ "modelMap": { "claude-2.1": "claude-opus-4-6" }, "exclude": ["other.ts"] }';
    const { folder } = project({ 'package.json': PACKAGE, 'chat.ts': CHAT, 'other.ts': CHAT, 'c.json': config });
    const fromFile = await cli(folder, ['--dry-run', '--config', 'c.json']);
    expect(fromFile).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('claude-opus-4-6') as string });
    expect(fromFile.stdout).not.toContain('other.ts');
    const overruled = await cli(folder, [
      '--dry-run',
      '--config',
      'c.json',
      '--model-map',
      'claude-2.1=claude-haiku-4-5',
      '--exclude',
      'chat.ts',
    ]);
    expect(overruled.stdout).toContain('other.ts');
    expect(overruled.stdout).toContain('claude-haiku-4-5');
  });

  it.each([
    [['--config', 'missing.json'], 'no such file'],
    [['--config', 'bad.json'], 'unknown field'],
    [['--config', 'sdk.json'], 'Choices: "0.x", "1.x"'],
  ])('%j ends with exit code 2', async (args, message) => {
    const { folder } = project({ 'chat.ts': CHAT, 'bad.json': '{ "a": 1 }', 'sdk.json': '{ "sdk": "9" }' });
    expect(await cli(folder, ['--dry-run', ...args])).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining(message) as string,
    });
  });

  it('is documented by an example that is valid', () => {
    const page = readFileSync(new URL('../../docs/config.md', import.meta.url), 'utf8');
    const { folder } = project({ 'c.json': /```json\n(.*?)```/s.exec(page)?.[1] ?? '' });
    const fields = ['include', 'exclude', 'lang', 'report', 'safeOnly', 'modelMap', 'modelPolicy', 'sdk'] as const;
    expect(Object.keys(readConfig(join(folder, 'c.json'), fields))).toEqual(fields);
  });
});
