import { mkdtempSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONTAINERS, LANGUAGES } from '../../transforms/languages.js';
import { locate } from '../discover/discover.js';
import { pathFrom } from '../discover/paths.js';
import { run } from '../pipeline.js';
import { UsageError } from '../usage-error.js';
import { writeChanges } from '../write.js';
import { copyTree } from './copy-tree.js';
import { whyNotRunnable } from './installed-sdk.js';

/** A prepared folder in which the command runs. */
export interface Half {
  /** The top of the tree. */
  readonly root: string;
  /** Where in it the command runs. */
  readonly cwd: string;
}

/**
 * Prepares the two halves one after the other, each a copy of the project that `cwd` belongs to, the second one migrated
 * as `migrate` would do it in `cwd`. Both copies stand at the same path, so that printed paths are the same.
 */
export interface Halves {
  readonly before: () => Promise<Half>;
  readonly after: () => Promise<Half>;
  /** Removes the copies. */
  readonly remove: () => Promise<void>;
}

/**
 * Reads the project and decides what is to be migrated; nothing is copied yet.
 * @throws UsageError where there is nothing to migrate, or where installed packages cannot run a half
 */
export async function copiedHalves(cwd: string, progress: (step: string) => void): Promise<Halves> {
  const root = locate({ paths: [], cwd }).root.folder;
  const { changes } = await run({
    paths: [],
    cwd,
    include: [],
    exclude: [],
    languages: LANGUAGES,
    containers: CONTAINERS,
    models: { policy: 'parity', map: new Map() },
    safeOnly: false,
    sdk: undefined,
    progress,
  });
  if (changes.length === 0) throw new UsageError('There is nothing to migrate here, so nothing to compare');
  const problem = whyNotRunnable(root, changes);
  if (problem !== undefined) throw new UsageError(problem);

  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'parity-')));
  const copy = join(parent, 'project');
  const half = async (): Promise<Half> => {
    await rm(copy, { recursive: true, force: true });
    progress('copying');
    await copyTree(root, copy);
    return { root: copy, cwd: join(copy, pathFrom(root, cwd)) };
  };
  return {
    before: half,
    async after() {
      const prepared = await half();
      const { failures } = writeChanges(copy, changes);
      if (failures.length > 0)
        throw new UsageError(`Not migrated: ${failures.map(({ path, reason }) => `${path}: ${reason}`).join('; ')}`);
      return prepared;
    },
    remove: () => rm(parent, { recursive: true, force: true }),
  };
}
