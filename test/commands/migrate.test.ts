import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, lstatSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { gitEnvironment, project } from '../support/project.js';
import { CHAT, PACKAGE, STUCK } from './chat.js';

/** A repository in which everything is committed. */
function committed(files: Readonly<Record<string, string | Buffer>>) {
  const repository = project({ 'package.json': PACKAGE, ...files }, { git: true });
  repository.commit();
  return repository;
}

describe('migrate', () => {
  it('rewrites files in place and reports on stdout', async () => {
    const { folder, read } = committed({ 'chat.ts': CHAT });
    const run = await cli(folder, []);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toContain('1 site: 1 exact, 0 adjusted, 0 left to a person.');
    expect(read('chat.ts')).toContain('client.messages.create(');
  });

  it('changes nothing the second time', async () => {
    const { folder, read, commit } = committed({ 'chat.ts': CHAT });
    await cli(folder, []);
    const once = read('chat.ts');
    commit();
    expect(await cli(folder, [])).toMatchObject({ exitCode: 0, stdout: 'Nothing legacy found.\n' });
    expect(read('chat.ts')).toBe(once);
  });

  it('ends with 1 when something is left to a person, and says where once', async () => {
    const { folder, read, commit } = committed({ 'chat.ts': CHAT, 'stuck.ts': STUCK });
    expect(await cli(folder, [])).toMatchObject({ exitCode: 1 });
    commit();
    expect(await cli(folder, [])).toMatchObject({ exitCode: 1 });
    expect(read('stuck.ts').match(/TODO\(completions-to-messages CTM3\d\d\)/g)).toHaveLength(1);
  });

  it('keeps mode, byte order mark and Windows line ends', async () => {
    const { folder, read } = committed({ 'chat.ts': `\uFEFF${CHAT.replaceAll('\n', '\r\n')}` });
    chmodSync(join(folder, 'chat.ts'), 0o640);
    expect(await cli(folder, ['--allow-dirty'])).toMatchObject({ exitCode: 0 });
    expect(statSync(join(folder, 'chat.ts')).mode & 0o777).toBe(0o640);
    expect(read('chat.ts')).toMatch(/^\uFEFFimport/);
    expect(read('chat.ts')).toContain('messages.create');
    expect(read('chat.ts').replaceAll('\r\n', '')).not.toContain('\n');
    expect(readdirSync(folder).sort()).toEqual(['.git', 'chat.ts', 'package.json']);
  });

  it('goes on after a file that does not parse, and ends with 1', async () => {
    const { folder, read } = committed({ 'chat.ts': CHAT, 'broken.ts': `${CHAT}\nfunction {{{` });
    const run = await cli(folder, []);
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain('broken.ts  CTM901');
    expect(read('chat.ts')).toContain('messages.create');
    expect(read('broken.ts')).toContain('completions.create');
  });

  it('does not follow a link out of the tree', async () => {
    const outside = project({ 'chat.ts': CHAT });
    const { folder } = committed({ 'a.ts': 'export {};\n' });
    symlinkSync(join(outside.folder, 'chat.ts'), join(folder, 'link.ts'));
    const run = await cli(folder, ['--allow-dirty']);
    expect(run).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('link.ts  CTM904') as string });
    expect(outside.read('chat.ts')).toBe(CHAT);
  });

  it('writes through a link that stays in the tree, and keeps the link', async () => {
    const { folder, read } = committed({ 'real/chat.ts': CHAT });
    symlinkSync('real/chat.ts', join(folder, 'link.ts'));
    expect(await cli(folder, ['--allow-dirty', 'link.ts'])).toMatchObject({ exitCode: 0 });
    expect(read('real/chat.ts')).toContain('messages.create');
    expect(lstatSync(join(folder, 'link.ts')).isSymbolicLink()).toBe(true);
  });

  it.each([
    ['a file', 'secret.ts', true],
    ['a file', 'secret.ts', false],
    ['a folder', 'locked', true],
    ['a folder', 'locked', false],
  ])('goes on after %s that cannot be read (%s, git: %s)', async (_name, path, git) => {
    const { folder, read } = project(
      { 'package.json': PACKAGE, 'chat.ts': CHAT, 'secret.ts': CHAT, 'locked/chat.ts': CHAT },
      { git },
    );
    // Root reads everything, so the command runs as somebody else.
    const uid = process.getuid?.() === 0 ? 65534 : undefined;
    if (uid !== undefined) {
      for (const each of ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })])
        chownSync(join(folder, each), uid, uid);
    }
    chmodSync(join(folder, path), 0);
    const run = await cli(folder, ['--allow-dirty'], { uid });
    chmodSync(join(folder, path), 0o700);
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain(`${path}  CTM902`);
    expect(read('chat.ts')).toContain('messages.create');
    expect(read(path === 'locked' ? 'locked/chat.ts' : path)).toBe(CHAT);
  });
});

describe('a tree that git cannot take back', () => {
  it('is refused with the names of the files, before any work', async () => {
    const { folder, read, write } = committed({ 'chat.ts': CHAT });
    write('chat.ts', `${CHAT}// more\n`);
    write('new file.txt', '');
    const run = await cli(folder, []);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain('  chat.ts\n  new file.txt\n');
    expect(run.stderr).toContain('--allow-dirty');
    expect(read('chat.ts')).toBe(`${CHAT}// more\n`);
  });

  it('is refused without git', async () => {
    const { folder, read } = project({ 'chat.ts': CHAT });
    expect(await cli(folder, [])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('is not under git') as string,
    });
    expect(read('chat.ts')).toBe(CHAT);
  });

  it('is refused where git refuses', async () => {
    const { folder } = project({ 'chat.ts': CHAT, '.git': 'gitdir: /nowhere' });
    expect(await cli(folder, [])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('git cannot be asked') as string,
    });
  });

  it.each([true, false])('is written to with --allow-dirty (git: %s)', async (git) => {
    const { folder, read } = project({ 'package.json': PACKAGE, 'chat.ts': CHAT }, { git });
    expect(await cli(folder, ['--allow-dirty'])).toMatchObject({ exitCode: 0 });
    expect(read('chat.ts')).toContain('messages.create');
  });
});

describe('--dry-run', () => {
  const files = {
    'src/chat.ts': CHAT,
    'src/it\'s "über" here.ts': CHAT.replaceAll('\n', '\r\n'),
    'src/no end.mts': CHAT.trimEnd(),
  };

  it('prints a diff that git apply takes, and writes nothing', async () => {
    const { folder, git, read } = committed(files);
    const dry = await cli(folder, ['--dry-run']);
    expect(dry).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('3 files to change') as string });
    expect(git('status', '--porcelain')).toBe('');
    execFileSync('git', ['apply', '-'], {
      cwd: folder,
      input: dry.stdout,
      env: gitEnvironment(),
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const applied = Object.keys(files).map(read);
    git('checkout', '-q', '.');
    expect((await cli(folder, [])).exitCode).toBe(0);
    expect(Object.keys(files).map(read)).toEqual(applied);
  });

  it('prints one that git apply takes in a folder of the repository', async () => {
    const { folder, read } = committed(files);
    const cwd = join(folder, 'src');
    const { stdout } = await cli(cwd, ['--dry-run']);
    execFileSync('git', ['apply', '-'], {
      cwd,
      input: stdout,
      env: gitEnvironment(),
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    expect(read('src/chat.ts')).toContain('messages.create');
  });

  it('prints one that git apply takes in a folder without git', async () => {
    const { folder, read } = project({ 'package.json': PACKAGE, 'src/chat.ts': CHAT });
    const cwd = join(folder, 'src');
    const { stdout } = await cli(cwd, ['--dry-run']);
    execFileSync('git', ['apply', '-'], {
      cwd,
      input: stdout,
      env: gitEnvironment(),
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    expect(read('src/chat.ts')).toContain('messages.create');
  });

  it('says where to apply one that leaves the current folder', async () => {
    const { folder } = committed({ 'package.json': PACKAGE.replace('^0.20.0', '^0.9.0'), 'src/chat.ts': CHAT });
    const { stdout, stderr } = await cli(join(folder, 'src'), ['--dry-run']);
    expect(stdout).toContain('+++ b/package.json\n');
    expect(stderr).toContain(`outside of the current folder: apply it in ${folder}`);
  });

  it('works on a dirty tree and without git', async () => {
    expect(await cli(project({ 'chat.ts': CHAT }).folder, ['--dry-run', '--sdk', '0.x'])).toMatchObject({
      exitCode: 0,
    });
  });

  it('leaves stdout to the diff: reports without a file go to stderr', async () => {
    const { folder, read } = committed({ 'chat.ts': CHAT });
    const run = await cli(folder, ['--dry-run', '--report', 'json', '--report', 'json=r.json']);
    expect(run.stdout).toMatch(/^diff --git /);
    expect(JSON.parse(run.stderr)).toEqual(JSON.parse(read('r.json')));
  });

  it('bears a reader that goes away', async () => {
    const { folder } = committed(Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`chat${i}.ts`, CHAT])));
    const run = await cli(folder, ['--dry-run'], { closeEarly: true });
    expect(run).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^diff --git /) as string });
    expect(run.stderr).not.toContain('EPIPE');
  });

  it('ends as the real run would', async () => {
    expect(await cli(committed({ 'stuck.ts': STUCK }).folder, ['--dry-run'])).toMatchObject({ exitCode: 1 });
  });
});
