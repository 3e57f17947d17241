import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { workTreeOf } from '../git/repository.js';
import { UsageError } from '../usage-error.js';
import { isInside } from './paths.js';
import type { Targets } from './targets.js';

export interface Root {
  /** Absolute. Every path of a run is relative to it. */
  readonly folder: string;
  /** Whether it is the top of a git working tree. */
  readonly git: boolean;
}

const MANIFESTS = ['package.json', 'pyproject.toml', 'go.mod'];

/**
 * The project that the targets belong to: their git working tree; without git the nearest folder with a manifest at or
 * above all of them (and above the current folder, if they are in it). Throws UsageError for targets of several working trees.
 */
export function findRoot(targets: Targets, cwd: string): Root {
  const folders = [
    ...targets.paths.map((path) =>
      path.isFolder && path.real === path.location ? path.location : dirname(path.location),
    ),
    ...targets.globs.map((glob) => glob.folder),
  ];
  const trees = [...new Set(folders.map(workTreeOf))];
  if (trees.length > 1) {
    const names = trees.map((tree) => tree ?? 'none').join(', ');
    throw new UsageError(`The paths belong to different repositories (${names}): run once for each`);
  }
  const [tree] = trees;
  if (tree !== undefined) return { folder: tree, git: true };
  const base = folders.every((folder) => isInside(cwd, folder)) ? cwd : commonFolder(folders);
  return { folder: nearestWithManifest(base) ?? base, git: false };
}

function commonFolder(folders: readonly string[]): string {
  return folders.reduce((common, folder) => {
    let at = common;
    while (!isInside(at, folder)) at = dirname(at);
    return at;
  });
}

function nearestWithManifest(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (MANIFESTS.some((name) => existsSync(join(at, name)))) return at;
    if (dirname(at) === at) return undefined;
  }
}
