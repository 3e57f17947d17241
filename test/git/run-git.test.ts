import { existsSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { treeState } from '../../src/git/dirty-files.js';
import { listWithGit } from '../../src/discover/git-candidates.js';
import { makeScope } from '../../src/discover/scope.js';
import { legacyLanguage } from '../support/legacy-language.js';
import { project, type TestProject } from '../support/project.js';

/** A repository whose own configuration tries to start a program wherever git allows one. */
function trap(): TestProject & { readonly sprung: () => boolean } {
  const repository = project({ 'a.ts': 'legacy()', 'b.ts': 'legacy()' }, { git: true });
  repository.commit();
  const mark = join(repository.folder, '.git', 'sprung');
  const program = `touch '${mark.replaceAll("'", `'\\''`)}'; cat`;
  repository.write('.gitattributes', '*.ts filter=trap diff=trap\nb.ts filter=a=b\n');
  repository.commit();
  for (const name of ['trap', 'a=b']) {
    for (const kind of ['clean', 'smudge', 'process']) repository.git('config', `filter.${name}.${kind}`, program);
    repository.git('config', `filter.${name}.required`, 'true');
  }
  repository.git('config', 'diff.trap.textconv', program);
  repository.git('config', 'diff.trap.command', program);
  repository.git('config', 'diff.external', program);
  repository.git('config', 'core.fsmonitor', program);
  repository.git('config', 'core.pager', program);
  repository.git('config', 'pager.grep', program);
  repository.git('config', 'core.hooksPath', '.hooks');
  repository.write('.hooks/post-index-change', `#!/bin/sh\n${program}`);
  // Other time stamps than in the index: git must look into the files, which is when it would filter them.
  for (const name of ['a.ts', 'b.ts']) utimesSync(join(repository.folder, name), 1, 1);
  return { ...repository, sprung: () => existsSync(mark) };
}

describe('git in a repository whose configuration is hostile', () => {
  it('is a trap that plain git steps into', () => {
    const repository = trap();
    expect(() => repository.git('status', '--porcelain')).toThrow('filter');
    expect(repository.sprung()).toBe(true);
  });

  it('runs nothing when it lists candidates', async () => {
    const repository = trap();
    const targets = {
      paths: [{ arg: '.', location: repository.folder, real: repository.folder, isFolder: true }],
      globs: [],
    };
    const scope = makeScope(targets, { include: [], exclude: [] }, repository.folder, [legacyLanguage()]);
    expect(await listWithGit(repository.folder, scope)).toMatchObject({ paths: ['a.ts', 'b.ts'] });
    expect(repository.sprung()).toBe(false);
  });

  it('runs nothing when it looks for changes', async () => {
    const repository = trap();
    expect(await treeState(repository.folder)).toEqual({ kind: 'dirty', paths: ['.hooks/'] });
    expect(repository.sprung()).toBe(false);
  });
});

describe('the state of a tree', () => {
  it('is clean after a commit, whatever is ignored', async () => {
    const repository = project({ 'a.ts': '', '.gitignore': 'out\n', 'out/b.ts': '' }, { git: true });
    repository.commit();
    expect(await treeState(repository.folder)).toEqual({ kind: 'clean' });
  });

  it('names changed, staged, new and deleted files', async () => {
    const repository = project({ 'changed é.ts': '', 'staged.ts': '', 'deleted.ts': '' }, { git: true });
    repository.commit();
    repository.write('changed é.ts', 'x');
    repository.write('staged.ts', 'x');
    repository.git('add', 'staged.ts');
    repository.git('rm', '-q', 'deleted.ts');
    repository.write('new file.ts', '');
    expect(await treeState(repository.folder)).toEqual({
      kind: 'dirty',
      paths: ['changed é.ts', 'deleted.ts', 'staged.ts', 'new file.ts'],
    });
  });

  it('is unknown without git', async () => {
    expect(await treeState(project({}).folder)).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('not a git repository') as string,
    });
  });
});
