import { satisfies } from 'semver';
import { compareRuns, type Difference } from '../../src/parity/compare.js';
import type { Observation } from '../../src/parity/observe.js';
import type { Files } from '../harness/files.js';
import type { ParitySpec } from '../harness/fixture.js';
import { runtimeOf, type Runtime } from './runtime.js';

/** A migrated run on one SDK, and in what it differs from the legacy run. */
export interface Verdict {
  readonly sdk: string;
  readonly after: Observation;
  readonly differences: readonly Difference[];
}

export interface Judgement {
  readonly before: Observation;
  readonly verdicts: readonly Verdict[];
}

/**
 * Runs a program as it was on the SDK that it names, and migrated on every SDK that its users may have:
 * the lowest that its manifest allows, the newest 0.x and the newest of all.
 * @param expected the files that the migration changed or made
 */
export async function judge(
  input: Files,
  expected: Files,
  spec: ParitySpec,
  runtime = runtimeOf(spec.entry),
): Promise<Judgement> {
  const { entry, env = {} } = spec;
  const before = await runLegacy(input, spec, runtime);
  const files = new Map([...input, ...expected]);
  const verdicts: Verdict[] = [];
  for (const target of runtime.targetsOf(entry, files)) {
    if (satisfies(target.version, '>=1') && verdicts.some(({ after }) => sendsSampling(after))) continue;
    const after = await runtime.run({ files, entry, env }, target);
    verdicts.push({ sdk: target.version, after, differences: compareRuns(before, after) });
  }
  return { before, verdicts };
}

/** Runs a program as it was, on the SDK that it names. */
export function runLegacy(
  input: Files,
  { entry, legacy, env = {} }: ParitySpec,
  runtime: Runtime = runtimeOf(entry),
): Promise<Observation> {
  return runtime.run({ files: input, entry, env }, runtime.sdk(legacy));
}

/** Code of the 0.x profile may send what SDK and API 1.x no longer take. */
function sendsSampling({ requests }: Observation): boolean {
  return requests.some((request) => 'sampling' in request && Object.keys(request.sampling).length > 0);
}
