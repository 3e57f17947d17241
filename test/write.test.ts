import { chmodSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileChange } from '../src/verify.js';
import { writeChanges } from '../src/write.js';
import { project } from './support/project.js';

const change = (path: string, before: string | null, after: string, bom = false): FileChange => ({
  path,
  before,
  after,
  bom,
  edits: [],
});

describe('writing', () => {
  it('changes and creates files', () => {
    const { folder, read } = project({ 'a.ts': 'old\r\n', 'deep/b.ts': 'old' });
    const changes = [
      change('a.ts', 'old\r\n', 'new\r\n'),
      change('deep/b.ts', 'old', 'new'),
      change('deep/c.ts', null, 'created\n'),
    ];
    expect(writeChanges(folder, changes)).toEqual({ paths: ['a.ts', 'deep/b.ts', 'deep/c.ts'], failures: [] });
    expect([read('a.ts'), read('deep/b.ts'), read('deep/c.ts')]).toEqual(['new\r\n', 'new', 'created\n']);
  });

  it.each([0o755, 0o600, 0o444, 0o666])('keeps the mode %o', (mode) => {
    const { folder } = project({ 'a.ts': 'old' });
    chmodSync(join(folder, 'a.ts'), mode);
    writeChanges(folder, [change('a.ts', 'old', 'new')]);
    expect(statSync(join(folder, 'a.ts')).mode & 0o7777).toBe(mode);
  });

  it('keeps a byte order mark', () => {
    const { folder, read } = project({ 'a.ts': '\uFEFFold' });
    writeChanges(folder, [change('a.ts', 'old', 'new', true)]);
    expect(read('a.ts')).toBe('\uFEFFnew');
  });

  it('leaves no temporary file behind', () => {
    const { folder } = project({ 'a.ts': 'old', 'b.ts': 'other' });
    writeChanges(folder, [change('a.ts', 'old', 'new'), change('b.ts', 'old', 'new')]);
    expect(readdirSync(folder)).toEqual(['a.ts', 'b.ts']);
  });

  it('takes names that leave no room for a longer one', () => {
    const name = `${'n'.repeat(250)}.ts`;
    const { folder, read } = project({ [name]: 'old' });
    expect(writeChanges(folder, [change(name, 'old', 'new')]).failures).toEqual([]);
    expect(read(name)).toBe('new');
  });
});

describe('writing one file that fails', () => {
  it.each<[string, FileChange, RegExp]>([
    ['changed since it was read', change('changed.ts', 'old', 'new'), /changed on disk/],
    ['lost its byte order mark', change('changed.ts', 'newer', 'new', true), /changed on disk/],
    ['was deleted', change('gone.ts', 'old', 'new'), /ENOENT/],
    ['became a link', change('link.ts', 'target', 'new'), /changed on disk/],
    ['became a folder', change('folder', 'old', 'new'), /changed on disk/],
    ['exists where one is to be created', change('changed.ts', null, 'new'), /EEXIST/],
    ['is to be created in a folder that is gone', change('nowhere/a.ts', null, 'new'), /ENOENT/],
  ])('leaves it as it is when it %s, and writes the others', (_name, failing, reason) => {
    const { folder, read } = project({ 'changed.ts': 'newer', 'target.ts': 'target', 'good.ts': 'old' });
    symlinkSync('target.ts', join(folder, 'link.ts'));
    mkdirSync(join(folder, 'folder'));
    const before = readdirSync(folder);
    const written = writeChanges(folder, [failing, change('good.ts', 'old', 'new')]);
    expect(written).toEqual({
      paths: ['good.ts'],
      failures: [{ path: failing.path, reason: expect.stringMatching(reason) as string }],
    });
    expect([read('changed.ts'), read('target.ts'), read('good.ts')]).toEqual(['newer', 'target', 'new']);
    expect(readdirSync(folder)).toEqual(before);
  });

  it('takes its temporary file away when the rename fails', () => {
    const { folder } = project({ 'sub/a.ts': 'old' });
    const raced = change('sub/a.ts', 'old', 'new');
    const racing = {
      ...raced,
      get bom() {
        rmSync(join(folder, 'sub/a.ts'), { force: true });
        mkdirSync(join(folder, 'sub/a.ts'), { recursive: true });
        return false;
      },
    };
    expect(writeChanges(folder, [racing]).failures).toHaveLength(1);
    expect(readdirSync(join(folder, 'sub'))).toEqual(['a.ts']);
  });
});
