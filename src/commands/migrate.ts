import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { locate } from '../discover/discover.js';
import { isInside, pathFrom } from '../discover/paths.js';
import type { Root } from '../discover/root.js';
import { run, type RunOptions, type RunResult } from '../pipeline.js';
import type { ExitCode } from '../report/report.js';
import { readReportRequests, writeReports } from '../report/reports.js';
import { visible } from '../report/visible.js';
import { UsageError } from '../usage-error.js';
import type { Written } from '../write.js';
import { readLanguages, readModelMap, type FileArguments } from './arguments.js';
import { exitCodeOfMigrate } from './exit-code.js';
import { print, progressLine, styleFor } from './terminal.js';

export interface MigrateArguments extends FileArguments {
  readonly dryRun: boolean;
  readonly allowDirty: boolean;
  readonly safeOnly: boolean;
  readonly modelMap: readonly string[];
  readonly modelPolicy: RunOptions['models']['policy'];
  readonly sdk: RunOptions['sdk'];
}

/** Rewrites files in place, or prints what it would do. Throws UsageError before anything is written. */
export async function migrate(args: MigrateArguments): Promise<ExitCode> {
  const cwd = realpathSync(process.cwd());
  const reports = readReportRequests(args.report, cwd);
  const progress = progressLine();
  const options: RunOptions = {
    paths: args.paths,
    include: args.include,
    exclude: args.exclude,
    cwd,
    ...readLanguages(args.lang),
    models: { policy: args.modelPolicy, map: readModelMap(args.modelMap) },
    safeOnly: args.safeOnly,
    sdk: args.sdk,
    progress: progress.show,
  };
  const { root } = locate(options);
  if (!args.dryRun && !args.allowDirty) await refuseDirtyTree(root);

  const result = await run(options).finally(progress.clear);
  const written = args.dryRun ? null : await write(result);
  const exitCode = exitCodeOfMigrate(result, written);
  const notices = args.dryRun && result.changes.length > 0 ? await printDiff(result, root, cwd) : [];
  const stream = args.dryRun ? 'stderr' : 'stdout';
  await writeReports(
    reports,
    { ...result, notices: [...result.notices, ...notices], command: 'migrate', dryRun: args.dryRun, written, exitCode },
    styleFor(stream, result.root, cwd),
    (text) => {
      print(stream, text);
    },
  );
  return exitCode;
}

async function write({ root, changes }: RunResult): Promise<Written> {
  const { writeChanges } = await import('../write.js');
  return writeChanges(root, changes);
}

/**
 * Prints the diff, alone on stdout so that it can be piped to `git apply`. Returns what there is to say of it: in a folder of a
 * repository git applies, without a word, only what is in that folder; without git, paths count from the current folder.
 */
async function printDiff({ changes }: RunResult, root: Root, cwd: string): Promise<readonly string[]> {
  const { unifiedDiff } = await import('../unified-diff.js');
  const inCwd = changes.every(({ path }) => isInside(cwd, join(root.folder, path)));
  const shown =
    root.git || !inCwd
      ? changes
      : changes.map((change) => ({ ...change, path: pathFrom(cwd, join(root.folder, change.path)) }));
  print('stdout', unifiedDiff(shown));
  return inCwd ? [] : [`The diff also changes files outside of the current folder: apply it in ${root.folder}`];
}

/** Shown of a long list; the rest is counted. */
const LISTED = 20;

async function refuseDirtyTree(root: Root): Promise<void> {
  const remedy =
    'so changes could not be taken back: pass --allow-dirty to write all the same, or --dry-run to look first';
  if (!root.git) throw new UsageError(`${root.folder} is not under git, ${remedy}`);
  const { treeState } = await import('../git/dirty-files.js');
  const state = await treeState(root.folder);
  if (state.kind === 'unknown')
    throw new UsageError(`git cannot be asked about ${root.folder} (${state.reason}), ${remedy}`);
  if (state.kind === 'dirty') {
    const more = state.paths.length - LISTED;
    throw new UsageError(
      [
        'The git tree has changes that are not committed:',
        ...state.paths.slice(0, LISTED).map((path) => `  ${visible(path)}`),
        ...(more > 0 ? [`  and ${more} more`] : []),
        'Commit or stash them, or pass --allow-dirty to write all the same.',
      ].join('\n'),
    );
  }
}
