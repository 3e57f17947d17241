import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of its own for one test. */
export interface TestProject {
  readonly folder: string;
  readonly write: (path: string, content: string | Buffer) => void;
  readonly read: (path: string) => string;
  readonly git: (...args: readonly string[]) => string;
  readonly commit: () => void;
}

/** Makes a folder with files, which is gone after the test. `git: true` makes it a repository, with nothing committed yet. */
export function project(files: Readonly<Record<string, string | Buffer>>, { git = false } = {}): TestProject {
  // Spaces and quotes, so that every test also tests them.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "c2m it's a [test] ")));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  chmodSync(folder, 0o755);
  const write = (path: string, content: string | Buffer) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  for (const [path, content] of Object.entries(files)) write(path, content);
  const runGit = (...args: readonly string[]) =>
    execFileSync('git', [...args], { cwd: folder, encoding: 'utf8', env: gitEnvironment() });
  if (git) runGit('init', '-q');
  return {
    folder,
    write,
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    git: runGit,
    commit: () => {
      runGit('add', '-A');
      runGit('commit', '-q', '--allow-empty', '-m', 'test');
    },
  };
}

/** git as on a machine where nobody configured it. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: 'test',
    GIT_AUTHOR_EMAIL: 'test@example.com',
    GIT_COMMITTER_NAME: 'test',
    GIT_COMMITTER_EMAIL: 'test@example.com',
  };
}
