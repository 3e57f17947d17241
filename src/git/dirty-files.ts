import { runGit } from './run-git.js';

export type TreeState =
  | { readonly kind: 'clean' }
  | { readonly kind: 'dirty'; readonly paths: readonly string[] }
  /** No git, or a repository that git refuses to read. */
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * Whether a repository has changes that are not committed; files that git does not know count, as their old text could
 * not be taken back. Paths are relative to `root`, which is the top of the working tree.
 */
export async function treeState(root: string): Promise<TreeState> {
  const config = await withoutFilters(root);
  const status = await runGit(
    root,
    ['status', '--porcelain=v1', '-z', '--untracked-files=normal', '--ignore-submodules=all', '--no-renames'],
    { config },
  );
  if (status.exitCode !== 0) return { kind: 'unknown', reason: status.stderr.split('\n', 1)[0] ?? '' };
  const paths = status.stdout
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => line.slice(3));
  return paths.length === 0 ? { kind: 'clean' } : { kind: 'dirty', paths };
}

/**
 * Settings that empty every content filter which the repository itself configures: `git status` would run them on files whose
 * time stamp changed. Filters of the user's or the machine's configuration (Git LFS) stay.
 */
async function withoutFilters(root: string): Promise<readonly (readonly [string, string])[]> {
  const listing = await runGit(root, ['config', '--list', '--show-scope', '--name-only', '-z']);
  const fields = listing.stdout.split('\0');
  const settings: (readonly [string, string])[] = [];
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const name = /^(filter\..+)\.(?:clean|smudge|process|required)$/s.exec(fields[i + 1] ?? '')?.[1];
    if (name === undefined || fields[i] === 'global' || fields[i] === 'system') continue;
    settings.push(
      [`${name}.clean`, ''],
      [`${name}.smudge`, ''],
      [`${name}.process`, ''],
      [`${name}.required`, 'false'],
    );
  }
  return settings;
}
