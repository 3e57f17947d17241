import { realpathSync } from 'node:fs';
import { run } from '../pipeline.js';
import type { ExitCode } from '../report/report.js';
import { readReportRequests, writeReports } from '../report/reports.js';
import { readLanguages, type FileArguments } from './arguments.js';
import { exitCodeOfCheck } from './exit-code.js';
import { print, progressLine, styleFor } from './terminal.js';

/** Reports everything legacy that is left; writes nothing but reports. */
export async function check(args: FileArguments): Promise<ExitCode> {
  const cwd = realpathSync(process.cwd());
  const reports = readReportRequests(args.report, cwd);
  const progress = progressLine();
  const result = await run({
    paths: args.paths,
    include: args.include,
    exclude: args.exclude,
    cwd,
    ...readLanguages(args.lang),
    models: { policy: 'parity', map: new Map() },
    safeOnly: false,
    sdk: undefined,
    progress: progress.show,
  }).finally(progress.clear);
  const exitCode = exitCodeOfCheck(result);
  await writeReports(
    reports,
    { ...result, command: 'check', dryRun: true, written: null, exitCode },
    styleFor('stdout', result.root, cwd),
    (text) => {
      print('stdout', text);
    },
  );
  return exitCode;
}
