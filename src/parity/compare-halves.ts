import { UsageError } from '../usage-error.js';
import { compareRuns } from './compare.js';
import { describeEnd, describeRefusal, lastLines } from './describe.js';
import type { Half, Halves } from './halves.js';
import { observe, type Observation } from './observe.js';
import type { Comparison } from './report.js';
import type { Command } from './run-command.js';

export interface CompareOptions {
  readonly command: Omit<Command, 'cwd'>;
  readonly progress: (step: string) => void;
  /** Aborted where the person at the keyboard wants to stop. */
  readonly signal: AbortSignal;
}

/**
 * Runs a command in both halves and compares the runs.
 * @throws UsageError where a half cannot be prepared, nothing can be compared, or `signal` is aborted
 */
export async function compareHalves(
  halves: Halves,
  { command, progress, signal }: CompareOptions,
): Promise<Comparison> {
  const observeHalf = async (name: string, prepare: () => Promise<Half>): Promise<Observation> => {
    const { root, cwd } = await prepare();
    progress(`running the command ${name} migration`);
    const run = await observe({ ...command, cwd }, root, signal);
    if (signal.aborted) throw new UsageError('Interrupted; whatever was running has been ended');
    if (run.end.kind === 'not-started') throw new UsageError(`The command ${describeEnd(run.end)}`);
    return run;
  };
  const before = await observeHalf('before', halves.before);
  requireProof(before);
  const after = await observeHalf('after', halves.after);
  const differences = compareRuns(before, after);
  return { before, after, differences, exitCode: differences.length === 0 ? 0 : 1 };
}

/** What to do about a legacy run that shows nothing. */
const ADVICE: Partial<Record<Observation['end']['kind'], string>> = {
  exit: 'Choose a command that calls the API, and that leaves ANTHROPIC_BASE_URL as it is.',
  timeout: '--timeout allows more seconds.',
  'output-limit': '--max-output allows more megabytes.',
};

/** A legacy run that never got an answer shows nothing, however equal the other run may be. */
function requireProof({ end, requests, stdout, stderr }: Observation): void {
  if (end.kind === 'exit' && requests.some((request) => 'answer' in request)) return;
  const refusals = requests.flatMap((request) =>
    'error' in request ? [`  refused: ${describeRefusal(request)}`] : [],
  );
  const reason =
    end.kind !== 'exit'
      ? 'it did not come to an end'
      : refusals.length > 0
        ? 'the server answered none of its requests'
        : 'it asked the server nothing';
  const advice = refusals.length > 0 ? [] : [ADVICE[end.kind] ?? []].flat();
  const printed = lastLines(stderr.trim() === '' ? stdout : stderr);
  throw new UsageError(
    [
      `Nothing to compare: before migration ${reason} (${describeEnd(end)})`,
      ...refusals.slice(0, 3),
      ...printed,
      ...advice,
    ].join('\n'),
  );
}
