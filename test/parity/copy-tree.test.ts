import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyTree } from '../../src/parity/copy-tree.js';
import { project } from '../support/project.js';

test('everything is copied but the data of git: installed packages, ignored and hidden files, empty folders, modes', async () => {
  const { folder } = project(
    { '.env': 'KEY=1', 'a/b.txt': 'text', 'node_modules/x/index.js': '', '.gitignore': '.env\n' },
    { git: true },
  );
  mkdirSync(join(folder, 'empty'));
  chmodSync(join(folder, 'a/b.txt'), 0o755);
  const copy = join(project({}).folder, 'copy');
  await copyTree(folder, copy);
  expect(readdirSync(copy).sort()).toEqual(['.env', '.gitignore', 'a', 'empty', 'node_modules']);
  expect(readFileSync(join(copy, 'a/b.txt'), 'utf8')).toBe('text');
  expect(statSync(join(copy, 'a/b.txt')).mode & 0o777).toBe(0o755);
  expect(readdirSync(join(copy, 'node_modules/x'))).toEqual(['index.js']);
});

test('links within the tree lead to the copy, links out of it to where they led, broken ones nowhere', async () => {
  const outside = project({ 'shared.js': '' });
  const { folder } = project({ 'packages/one/index.js': '', 'node_modules/.keep': '' });
  symlinkSync('../packages/one', join(folder, 'node_modules/relative'));
  symlinkSync(join(folder, 'packages/one'), join(folder, 'node_modules/absolute'));
  symlinkSync(join(outside.folder, 'shared.js'), join(folder, 'out.js'));
  symlinkSync(join('..', outside.folder.split('/').at(-1) ?? '', 'shared.js'), join(folder, 'relative-out.js'));
  symlinkSync('nowhere', join(folder, 'broken'));
  const copy = join(realpathSync(project({}).folder), 'copy');
  await copyTree(folder, copy);
  for (const name of ['relative', 'absolute']) {
    expect(realpathSync(join(copy, 'node_modules', name))).toBe(join(copy, 'packages/one'));
  }
  for (const name of ['out.js', 'relative-out.js']) {
    expect(realpathSync(join(copy, name))).toBe(join(outside.folder, 'shared.js'));
  }
  expect(readlinkSync(join(copy, 'broken'))).toBe('nowhere');
});

test.skipIf(process.platform === 'win32')('what is neither file nor folder nor link stays behind', async () => {
  const { folder } = project({ 'a.txt': '' });
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  const copy = join(project({}).folder, 'copy');
  await copyTree(folder, copy);
  expect(readdirSync(copy)).toEqual(['a.txt']);
});
