import semver from 'semver';

import { semverOf, type Dialect } from './python-specifiers.js';
import { raisePythonRange } from './raise-python-range.js';
import { ANY_PYTHON_SDK, PYTHON_SDK, withProfile, type DeclaredSdk, type SdkTarget } from './sdk.js';

/** The text of a version range in a Python manifest. */
export interface PythonRange {
  readonly text: string;
  readonly dialect: Dialect;
}

/** What a range means for a migration, together with the constraints that are laid over it. */
export interface DeclaredPythonSdk extends DeclaredSdk {
  /** What to write for each constraint that leaves no room; null where it stays. */
  readonly constraints: readonly (string | null)[];
}

/**
 * Reads the range that a Python manifest gives for the SDK. Versions that `constraints` exclude are never installed.
 * `forced` is the profile that the user asked for, which wins over what the range says.
 */
export function readPythonRange(
  own: PythonRange,
  constraints: readonly PythonRange[],
  forced?: SdkTarget['profile'],
): DeclaredPythonSdk {
  const range = rangeOf(own);
  if (range === null)
    return {
      kind: 'elsewhere',
      target: ofUser(ANY_PYTHON_SDK, forced),
      raised: null,
      constraints: constraints.map(() => null),
    };
  const kind = range === '*' ? 'any' : 'range';
  const bounds = constraints.map((constraint) => rangeOf(constraint) ?? '*');
  const declared = lowestOf(together([range, ...bounds]));
  const tooLow =
    semver.lt(declared, PYTHON_SDK.firstWithMessages) && semver.lt(lowestOf(range), PYTHON_SDK.firstWithMessages);
  const raised = kind === 'range' && tooLow ? raise(own, forced) : null;
  const wanted = raised === null ? `>=${PYTHON_SDK.firstWithMessages}` : (rangeOf({ ...own, text: raised }) ?? range);
  // A constraint that only bounds from above lets the newest version in, and says all that it has to.
  const moved = constraints.map((constraint, at) =>
    semver.intersects(bounds[at] as string, wanted) ? null : raise(constraint, forced),
  );
  const inForce = constraints.map(({ text, dialect }, at) => rangeOf({ text: moved[at] ?? text, dialect }) ?? '*');
  const target = targetOf(together([raised === null ? range : wanted, ...inForce]));
  const isRaised = raised !== null || moved.some((one) => one !== null);
  return { kind, target: ofUser(isRaised ? { ...target, declared } : target, forced), raised, constraints: moved };
}

function targetOf(range: string): SdkTarget {
  const lowest = lowestOf(range);
  return {
    profile: semver.intersects(range, '>=1.0.0') ? '1.x' : '0.x',
    lowest: semver.lt(lowest, PYTHON_SDK.firstWithMessages) ? PYTHON_SDK.firstWithMessages : lowest,
  };
}

function ofUser(target: SdkTarget, forced: SdkTarget['profile'] | undefined): SdkTarget {
  return withProfile(target, forced, ANY_PYTHON_SDK);
}

/** What all of several ranges allow. */
function together(ranges: readonly string[]): string {
  const joined = ranges.reduce<readonly string[]>(
    (members, range) =>
      members.flatMap((member) =>
        range.split(' || ').map((other) => (other === '*' ? member : `${member} ${other}`.trim())),
      ),
    [''],
  );
  const possible = joined.filter((member) => semver.minVersion(member) !== null);
  return possible.length === 0 || possible.includes('') ? '*' : possible.join(' || ');
}

function lowestOf(range: string): string {
  return semver.minVersion(range)?.version ?? '0.0.0';
}

function rangeOf({ text, dialect }: PythonRange): string | null {
  return semverOf(text, dialect);
}

function raise({ text, dialect }: PythonRange, forced: SdkTarget['profile'] | undefined): string {
  return raisePythonRange(text, dialect, PYTHON_SDK.firstWithMessages, PYTHON_SDK.newest[forced ?? '0.x']);
}
