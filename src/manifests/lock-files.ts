import { ancestors } from './ancestors.js';

/** A lock file's name, and the command that brings it up to date. */
type LockFile = readonly [name: string, command: string];

/** Those of npm, pnpm, Yarn and Bun. */
export const NPM_LOCK_FILES: readonly LockFile[] = [
  ['pnpm-lock.yaml', 'pnpm install'],
  ['yarn.lock', 'yarn install'],
  ['bun.lock', 'bun install'],
  ['bun.lockb', 'bun install'],
  ['package-lock.json', 'npm install'],
  ['npm-shrinkwrap.json', 'npm install'],
];

/** Those of uv, Poetry, PDM, Pipenv and conda. */
export const PYTHON_LOCK_FILES: readonly LockFile[] = [
  ['uv.lock', 'uv lock'],
  ['poetry.lock', 'poetry lock'],
  ['pdm.lock', 'pdm lock'],
  ['Pipfile.lock', 'pipenv lock'],
  ['conda-lock.yml', 'conda-lock'],
];

/** Whether a path is one of these lock files. */
export function isLockFile(path: string, lockFiles: readonly LockFile[]): boolean {
  return lockFiles.some(([name]) => path.split('/').at(-1) === name);
}

/**
 * What to do about the lock file after a manifest has changed, as a sentence. Lock files themselves are never edited.
 * `paths` is what exists of the repository; the lock file nearest above the manifest is meant.
 */
export function lockAdvice(manifest: string, paths: ReadonlySet<string>, lockFiles: readonly LockFile[]): string {
  for (const folder of ancestors(manifest)) {
    for (const [name, command] of lockFiles) {
      if (paths.has(`${folder}${name}`)) return `${folder}${name} is stale until ${command} has run.`;
    }
  }
  return 'Install again.';
}
