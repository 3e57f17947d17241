import { realpathSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compareHalves } from '../parity/compare-halves.js';
import { copiedHalves, type Halves } from '../parity/halves.js';
import { jsonReport, textReport } from '../parity/report.js';
import type { ExitCode } from '../report/report.js';
import { readReportRequests, type ReportRequest } from '../report/reports.js';
import { UsageError } from '../usage-error.js';
import { print, progressLine } from './terminal.js';

export interface ParityArguments {
  readonly report: readonly string[];
  /** Folders that were prepared by hand; both or none. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Seconds for each run. */
  readonly timeout: string;
  /** Megabytes of output of each run. */
  readonly maxOutput: string;
}

/**
 * Runs a command before and after migration against the reference implementation, and reports in what the runs differ.
 * Throws UsageError where there is nothing to compare.
 */
export async function parity(args: ParityArguments, [file, ...rest]: readonly string[]): Promise<ExitCode> {
  if (file === undefined)
    throw new UsageError('Which command? It goes after two dashes: completions-to-messages parity -- npm test');
  const cwd = realpathSync(process.cwd());
  const reports = readReports(args.report, cwd);
  const command = {
    file,
    args: rest,
    env: process.env,
    timeoutMs: positive(args.timeout, '--timeout') * 1_000,
    maxOutputBytes: positive(args.maxOutput, '--max-output') * 1_000_000,
  };
  const interrupt = new AbortController();
  const stop = (): void => {
    interrupt.abort();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const progress = progressLine();
  const halves = await prepareHalves(args, cwd, progress.show);
  try {
    const comparison = await compareHalves(halves, { command, progress: progress.show, signal: interrupt.signal });
    progress.clear();
    for (const request of reports)
      write(request, request.format === 'json' ? jsonReport(comparison) : textReport(comparison));
    return comparison.exitCode;
  } finally {
    progress.clear();
    await halves.remove();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

async function prepareHalves(
  { before, after }: ParityArguments,
  cwd: string,
  progress: (step: string) => void,
): Promise<Halves> {
  if (before === undefined && after === undefined) return copiedHalves(cwd, progress);
  if (before === undefined || after === undefined)
    throw new UsageError('--before and --after belong together: name both folders');
  const [legacy, migrated] = [folder(before, '--before', cwd), folder(after, '--after', cwd)];
  return {
    before: () => Promise.resolve({ root: legacy, cwd: legacy }),
    after: () => Promise.resolve({ root: migrated, cwd: migrated }),
    remove: () => Promise.resolve(),
  };
}

function folder(path: string, option: string, cwd: string): string {
  const absolute = resolve(cwd, path);
  if (statSync(absolute, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`${option} ${path} is no folder`);
  return realpathSync(absolute);
}

function readReports(args: readonly string[], cwd: string): readonly ReportRequest[] {
  const requests = readReportRequests(args, cwd);
  const unfit = requests.find(({ format }) => format !== 'text' && format !== 'json');
  if (unfit !== undefined)
    throw new UsageError(`parity has no report in the format ${unfit.format}; it has text and json`);
  return requests;
}

function write({ file }: ReportRequest, text: string): void {
  if (file === undefined) print('stdout', text);
  else writeFileSync(file, text);
}

function positive(text: string, option: string): number {
  const number = Number(text);
  if (!Number.isFinite(number) || number <= 0) throw new UsageError(`${option} ${text} is no number above zero`);
  return number;
}
