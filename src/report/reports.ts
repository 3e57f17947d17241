import { statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../usage-error.js';
import type { Outcome, Reporter, Style } from './report.js';

/** Every format; a new one is one file and one line here. */
const FORMATS: Readonly<Record<string, () => Promise<Reporter>>> = {
  text: async () => (await import('./text.js')).text,
  json: async () => (await import('./json.js')).json,
};

export const FORMAT_NAMES: readonly string[] = Object.keys(FORMATS);

export interface ReportRequest {
  readonly format: string;
  /** Absolute; undefined for the terminal or a pipe. */
  readonly file: string | undefined;
}

/**
 * Reads `FORMAT` or `FORMAT=FILE`, a file relative to `cwd`. Throws UsageError for a format that does not exist and for
 * a file that could not be written, before any work is done.
 */
export function readReportRequests(args: readonly string[], cwd: string): readonly ReportRequest[] {
  const requests = args.map((arg) => {
    const [, format = '', file] = /^([^=]*)(?:=(.*))?$/s.exec(arg) ?? [];
    if (!FORMAT_NAMES.includes(format)) {
      throw new UsageError(
        `Unknown report format ${JSON.stringify(format)}; known formats: ${FORMAT_NAMES.join(', ')}`,
      );
    }
    if (file === '') throw new UsageError(`--report ${arg} names no file`);
    return { format, file: file === undefined ? undefined : writable(resolve(cwd, file), arg) };
  });
  if (requests.filter((request) => request.file === undefined).length > 1) {
    throw new UsageError('Only one --report can do without a file');
  }
  // A person always gets something to read.
  return requests.some((request) => request.file === undefined)
    ? requests
    : [...requests, { format: 'text', file: undefined }];
}

function writable(path: string, arg: string): string {
  if (statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new UsageError(`--report ${arg}: there is no folder ${dirname(path)}`);
  }
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new UsageError(`--report ${arg}: this is a folder`);
  return path;
}

/** Prints each report to its file, or with `print`. Throws UsageError for a file that cannot be written. */
export async function writeReports(
  requests: readonly ReportRequest[],
  outcome: Outcome,
  style: Style,
  print: (text: string) => void,
): Promise<void> {
  for (const { format, file } of requests) {
    const reporter = await FORMATS[format]?.();
    if (reporter === undefined) throw new Error(`no reporter for ${format}`);
    if (file === undefined) {
      print(reporter(outcome, style));
      continue;
    }
    try {
      writeFileSync(file, reporter(outcome, { ...style, color: false }));
    } catch (error) {
      throw new UsageError(
        `The ${format} report was not written: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}
