import { chmodSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { discover, type DiscoverOptions, type Discovery } from '../../src/discover/discover.js';
import { UsageError } from '../../src/usage-error.js';
import { legacyLanguage } from '../support/legacy-language.js';
import { project } from '../support/project.js';

function find(cwd: string, options: Partial<DiscoverOptions> = {}): Promise<Discovery> {
  return discover({ paths: [], include: [], exclude: [], cwd, languages: [legacyLanguage()], ...options });
}
const pathsOf = ({ candidates }: Discovery) => candidates.map(({ path }) => path);
const codesOf = ({ notes }: Discovery) => notes.map(({ code, path }) => `${code} ${path}`).sort();

const TREE = {
  'src/a.ts': 'legacy()',
  'src/with space/ü "q".ts': 'legacy()',
  'src/[id].ts': 'stuck()',
  'src/none.ts': 'nothing()',
  'src/other.md': 'legacy()',
  'lib/c.ts': 'legacy()',
  '.hidden/d.ts': 'legacy()',
  '.gitignore': 'ignored/\n*.log.ts\n!keep.log.ts\n/lib/local.ts\n',
  'ignored/e.ts': 'legacy()',
  'src/x.log.ts': 'legacy()',
  'src/keep.log.ts': 'legacy()',
  'src/deep/.gitignore': '!y.log.ts\nz.ts\n',
  'src/deep/y.log.ts': 'legacy()',
  'src/deep/z.ts': 'legacy()',
  'lib/local.ts': 'legacy()',
  'node_modules/pkg/index.ts': 'legacy()',
  'src/node_modules/pkg/index.ts': 'legacy()',
};
const FOUND = [
  '.hidden/d.ts',
  'lib/c.ts',
  'src/[id].ts',
  'src/a.ts',
  'src/deep/y.log.ts',
  'src/keep.log.ts',
  'src/with space/ü "q".ts',
];

describe.each([
  ['in a git repository', true],
  ['without git', false],
])('candidates %s', (_name, git) => {
  it('are what holds a needle and is not ignored', async () => {
    const { folder } = project(TREE, { git });
    expect(pathsOf(await find(folder))).toEqual(FOUND);
  });

  it('are the same when everything is committed', async () => {
    const repository = project(TREE, { git });
    if (git) repository.commit();
    expect(pathsOf(await find(repository.folder))).toEqual(FOUND);
  });

  it('come from files, folders and globs, each once', async () => {
    const { folder } = project({ ...TREE, 'package.json': '{}' }, { git });
    const cwd = join(folder, 'lib');
    expect(pathsOf(await find(cwd, { paths: ['../src/a.ts', '../src/a.ts'] }))).toEqual(['src/a.ts']);
    expect(pathsOf(await find(cwd, { paths: ['../src/with space', '.'] }))).toEqual([
      'lib/c.ts',
      'src/with space/ü "q".ts',
    ]);
    expect(pathsOf(await find(cwd, { paths: ['../src/**/*.log.ts'] }))).toEqual([
      'src/deep/y.log.ts',
      'src/keep.log.ts',
    ]);
    expect(pathsOf(await find(cwd, { paths: ['../src/[id].ts'] }))).toEqual(['src/[id].ts']);
    expect(pathsOf(await find(cwd))).toEqual(['lib/c.ts']);
    expect(pathsOf(await find(folder, { paths: ['src/*.ts', 'lib'] }))).toEqual([
      'lib/c.ts',
      'src/[id].ts',
      'src/a.ts',
      'src/keep.log.ts',
    ]);
  });

  it('obey include and exclude', async () => {
    const { folder } = project(TREE, { git });
    expect(pathsOf(await find(folder, { include: ['src/*.ts'] }))).toEqual([
      'src/[id].ts',
      'src/a.ts',
      'src/keep.log.ts',
    ]);
    expect(pathsOf(await find(folder, { exclude: ['src', '*d.ts'] }))).toEqual(['lib/c.ts']);
    expect(pathsOf(await find(folder, { exclude: ['./lib/'] }))).not.toContain('lib/c.ts');
    expect(pathsOf(await find(join(folder, 'src'), { paths: ['..'], include: ['../lib/**'] }))).toEqual(['lib/c.ts']);
  });

  it('leave a note where a file is skipped', async () => {
    const { folder } = project(
      { 'a.min.ts': 'legacy()', 'b.ts': Buffer.from('legacy(\xe9)', 'latin1'), 'c.ts': 'legacy()' },
      { git },
    );
    const found = await find(folder);
    expect(pathsOf(found)).toEqual(['c.ts']);
    expect(codesOf(found)).toEqual(['CTM903 a.min.ts', 'CTM906 b.ts']);
  });

  it('are none in languages that nobody reads, which is said', async () => {
    const { folder } = project({ 'a.ts': 'legacy()', 'b.py': 'legacy()', 'c.py': 'nothing()' }, { git });
    const found = await find(folder, { unread: [{ extensions: ['.py'], needles: ['legacy'] }] });
    expect(pathsOf(found)).toEqual(['a.ts']);
    expect(codesOf(found)).toEqual(['CTM907 b.py']);
  });

  it('keep a byte order mark apart', async () => {
    const { folder } = project({ 'a.ts': '\uFEFFlegacy()' }, { git });
    expect((await find(folder)).candidates).toMatchObject([{ path: 'a.ts', text: 'legacy()', bom: true }]);
  });

  it('never follow a link, and say so of one that leaves the tree', async () => {
    const outside = project({ 'secret.ts': 'legacy()', 'folder/b.ts': 'legacy()' });
    const { folder } = project({ 'real/a.ts': 'legacy()' }, { git });
    symlinkSync(join(outside.folder, 'secret.ts'), join(folder, 'file.ts'));
    symlinkSync(join(outside.folder, 'folder'), join(folder, 'folder'));
    symlinkSync('real', join(folder, 'inside'));
    symlinkSync('nowhere', join(folder, 'dangling.ts'));
    symlinkSync('/etc/hostname', join(folder, 'hostname'));
    const found = await find(folder);
    expect(pathsOf(found)).toEqual(['real/a.ts']);
    expect(codesOf(found)).toEqual(['CTM904 file.ts', 'CTM904 folder']);
    const named = await find(folder, { paths: ['file.ts', 'inside', 'inside/a.ts'] });
    expect(pathsOf(named)).toEqual(['real/a.ts']);
    expect(codesOf(named)).toEqual(['CTM904 file.ts']);
  });

  it('name the files among which manifests are', async () => {
    const { folder } = project(
      {
        'package.json': '{}',
        'pkg/package.json': '{}',
        'pkg/src/a.ts': 'legacy()',
        'node_modules/x/package.json': '{}',
      },
      { git },
    );
    const manifests = async (paths: string[]) =>
      (await find(folder, { paths })).files.filter((path) => path.endsWith('package.json')).sort();
    expect(await manifests([])).toEqual(['package.json', 'pkg/package.json']);
    expect(await manifests(['pkg/src'])).toEqual(['package.json', 'pkg/package.json']);
    expect(await manifests(['pkg/src/a.ts'])).toEqual(['package.json', 'pkg/package.json']);
  });

  it.each([
    ['missing.ts', 'missing.ts does not exist'],
    ['src/a.ts/b', 'src/a.ts/b does not exist'],
    ['gone/**/*.ts', 'there is no folder gone'],
    ['', 'An empty path argument'],
    ['dangling', 'is a link to something that does not exist'],
  ])('refuse the path %j', async (path, message) => {
    const { folder } = project(TREE, { git });
    symlinkSync('nowhere', join(folder, 'dangling'));
    await expect(find(folder, { paths: ['src', path] })).rejects.toThrow(UsageError);
    await expect(find(folder, { paths: ['src', path] })).rejects.toThrow(message);
  });

  it('notice what was named in vain', async () => {
    const { folder } = project(TREE, { git });
    expect((await find(folder, { paths: ['src/other.md', 'node_modules/pkg/index.ts'] })).notices).toEqual([
      'src/other.md is not looked at: .md belongs to none of the languages asked for',
      'node_modules/pkg/index.ts is not looked at: node_modules is never read',
    ]);
  });
});

describe('candidates and git', () => {
  it('include a file that is tracked although it is ignored', async () => {
    const repository = project({ 'a.ts': 'legacy()', '.gitignore': 'a.ts' }, { git: true });
    repository.git('add', '-f', 'a.ts');
    expect(pathsOf(await find(repository.folder))).toEqual(['a.ts']);
  });

  it('notice an ignored path that was named', async () => {
    const { folder } = project(TREE, { git: true });
    const found = await find(folder, { paths: ['ignored', 'src/x.log.ts', 'src/a.ts'] });
    expect(pathsOf(found)).toEqual(['src/a.ts']);
    expect(found.notices).toEqual([
      'ignored is not looked at: git ignores it',
      'src/x.log.ts is not looked at: git ignores it',
    ]);
  });

  it('walk the folders where git refuses', async () => {
    const { folder } = project({ 'a.ts': 'legacy()', '.git': 'gitdir: /nowhere' });
    const found = await find(folder);
    expect(pathsOf(found)).toEqual(['a.ts']);
    expect(found.notices).toEqual([expect.stringContaining('git cannot be used here')]);
  });

  it('do not cross into another repository', async () => {
    const outer = project({ 'a.ts': 'legacy()', 'inner/b.ts': 'legacy()' }, { git: true });
    mkdirSync(join(outer.folder, 'inner', '.git'));
    await expect(find(outer.folder, { paths: ['a.ts', 'inner'] })).rejects.toThrow('different repositories');
  });

  it('come with a path whose name begins with a dash', async () => {
    const { folder } = project(
      { '-e.ts': 'legacy()', ':(exclude)a.ts': 'legacy()', '*.ts': 'legacy()' },
      { git: true },
    );
    expect(pathsOf(await find(folder))).toEqual(['*.ts', '-e.ts', ':(exclude)a.ts']);
    expect(pathsOf(await find(folder, { paths: ['./-e.ts', '*.ts', ':(exclude)a.ts'] }))).toEqual([
      '*.ts',
      '-e.ts',
      ':(exclude)a.ts',
    ]);
  });
});

describe('without git', () => {
  it('the root is the nearest folder with a manifest', async () => {
    const { folder } = project({ 'package.json': '{}', 'src/a.ts': 'legacy()' });
    const found = await find(join(folder, 'src'));
    expect(found.root).toEqual({ folder, git: false });
    expect(pathsOf(found)).toEqual(['src/a.ts']);
  });

  it('paths outside of the current folder have the folder that they share as root', async () => {
    const { folder } = project({ 'one/a.ts': 'legacy()', 'two/b.ts': 'legacy()', 'here/x': '' });
    const found = await find(join(folder, 'here'), { paths: ['../one', '../two/b.ts'] });
    expect(found.root.folder).toBe(folder);
    expect(pathsOf(found)).toEqual(['one/a.ts', 'two/b.ts']);
  });
});

it('reads what it found as it is on disk', async () => {
  const { folder } = project({ 'a.ts': 'legacy()\r\n' });
  chmodSync(join(folder, 'a.ts'), 0o444);
  expect((await find(folder)).candidates[0]?.text).toBe(readFileSync(join(folder, 'a.ts'), 'utf8'));
});
