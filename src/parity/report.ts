import type { ExitCode } from '../report/report.js';
import type { Difference } from './compare.js';
import { describeEnd, lastLines } from './describe.js';
import type { Observation } from './observe.js';
import { printDifferences } from './print-differences.js';

/** Two runs that were compared. */
export interface Comparison {
  readonly before: Observation;
  readonly after: Observation;
  readonly differences: readonly Difference[];
  readonly exitCode: ExitCode;
}

/** Raised when a reader of the old shape would misread the new one; see docs/reference-server.md. */
const SCHEMA_VERSION = 1;

/** For programs. */
export function jsonReport(comparison: Comparison): string {
  return `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, command: 'parity', ...comparison }, null, 2)}\n`;
}

/** For a person: how each run ended, and in what they differ. */
export function textReport({ before, after, differences }: Comparison): string {
  const runs = [`before  ${describeRun(before)}`, `after   ${describeRun(after)}`, ''];
  if (differences.length === 0)
    return [...runs, 'Equal: the model was asked the same, and the command printed and returned the same.', ''].join(
      '\n',
    );
  const count = `Different in ${differences.length === 1 ? 'one thing' : `${differences.length} things`}; - is before, + is after.`;
  return [...runs, printDifferences(differences), ...complaint(before, after), count, ''].join('\n');
}

/** What the run after migration had to say where it ended otherwise, such as that its SDK is too old. */
function complaint(before: Observation, after: Observation): readonly string[] {
  if (describeEnd(before.end) === describeEnd(after.end) || after.stderr.trim() === '') return [];
  return ['on standard error, after migration', ...lastLines(after.stderr), ''];
}

function describeRun({ end, requests }: Observation): string {
  return `${describeEnd(end)}, ${requests.length} request${requests.length === 1 ? '' : 's'}`;
}
