import { ancestors } from './ancestors.js';

/** Lock files and the command that brings each up to date. */
const LOCK_FILES: readonly (readonly [name: string, command: string])[] = [
  ['pnpm-lock.yaml', 'pnpm install'],
  ['yarn.lock', 'yarn install'],
  ['bun.lock', 'bun install'],
  ['bun.lockb', 'bun install'],
  ['package-lock.json', 'npm install'],
  ['npm-shrinkwrap.json', 'npm install'],
];

/** Whether a path is a lock file of npm, pnpm, Yarn or Bun. */
export function isLockFile(path: string): boolean {
  return LOCK_FILES.some(([name]) => path.split('/').at(-1) === name);
}

/**
 * What to do about the lock file after a manifest has changed, as a sentence. Lock files themselves are never edited.
 * `paths` is what exists of the repository; the lock file nearest above the manifest is meant.
 */
export function lockAdvice(manifest: string, paths: ReadonlySet<string>): string {
  for (const folder of ancestors(manifest)) {
    for (const [name, command] of LOCK_FILES) {
      if (paths.has(`${folder}${name}`)) return `${folder}${name} is stale until ${command} has run.`;
    }
  }
  return 'Install again.';
}
