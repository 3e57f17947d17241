import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { project } from '../support/project.js';
import { CHAT, PACKAGE, STUCK } from './chat.js';

describe('check', () => {
  it.each([
    ['what could be migrated', CHAT],
    ['what a person must look at', STUCK],
  ])('ends with 1 for %s, and writes nothing', async (_name, source) => {
    const { folder, read } = project({ 'package.json': PACKAGE, 'chat.ts': source }, { git: true });
    expect(await cli(folder, ['check'])).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('chat.ts') as string,
      stderr: '',
    });
    expect(read('chat.ts')).toBe(source);
  });

  it('ends with 0 where nothing is left', async () => {
    expect(await cli(project({ 'a.ts': 'export {};\n' }).folder, ['check'])).toMatchObject({
      exitCode: 0,
      stdout: 'Nothing legacy found.\n',
    });
  });

  it('passes what migrate wrote', async () => {
    const { folder } = project({ 'package.json': PACKAGE, 'chat.ts': CHAT });
    await cli(folder, ['--allow-dirty']);
    expect(await cli(folder, ['check'])).toMatchObject({ exitCode: 0 });
  });

  it.each([
    ['a call that could move', CHAT, '  const answer', '1 accepted'],
    ['what a person must look at', STUCK, '  plugins.set', 'Nothing legacy found.'],
  ])('accepts %s with an ignore comment above it', async (_name, source, statement, summary) => {
    const accepted = source.replace(
      statement,
      `  // completions-to-messages-ignore: for customers of the old gateway\n${statement}`,
    );
    const { folder, read } = project({ 'package.json': PACKAGE, 'chat.ts': accepted });
    expect(await cli(folder, ['check'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(summary) as string,
    });
    await cli(folder, ['--allow-dirty']);
    expect(read('chat.ts')).toBe(accepted);
  });

  it('prints json on stdout', async () => {
    const { folder } = project({ 'package.json': PACKAGE, 'chat.ts': CHAT });
    const { stdout } = await cli(folder, ['check', '--report', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ command: 'check', exitCode: 1, summary: { sites: { exact: 1 } } });
  });

  it.each([
    ['no compiler where there is no candidate', 'export {};\n', false],
    ['one where there is', CHAT, true],
  ])('loads %s', async (_name, source, loaded) => {
    const { folder } = project({ 'package.json': PACKAGE, 'chat.ts': source });
    const coverage = project({}).folder;
    await cli(folder, ['check'], { env: { NODE_V8_COVERAGE: coverage } });
    const scripts = readdirSync(coverage)
      .map((name) => readFileSync(join(coverage, name), 'utf8'))
      .join('');
    expect(scripts).toContain('/dist/src/pipeline.js');
    expect(scripts.includes('/node_modules/typescript/')).toBe(loaded);
  });

  it('looks only where it is told to', async () => {
    const { folder } = project({ 'package.json': PACKAGE, 'a/chat.ts': CHAT, 'b/c.ts': 'export {};\n' });
    expect(await cli(folder, ['check', 'b'])).toMatchObject({ exitCode: 0 });
    expect(await cli(folder, ['check', '--exclude', 'a'])).toMatchObject({ exitCode: 0 });
    expect(await cli(folder, ['check', '--include', '**/c.ts'])).toMatchObject({ exitCode: 0 });
    expect(await cli(folder, ['check', 'a'])).toMatchObject({ exitCode: 1 });
  });
});
