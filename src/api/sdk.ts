import semver from 'semver';

import { raiseRange } from './raise-range.js';

/**
 * Which SDK a piece of code is written against, as its manifest declares it.
 * A range such as `>=0.20` allows both generations: then `profile` is '1.x', because what 1.x lacks may not be
 * emitted, while `lowest` stays 0.20.0, because nothing newer may be emitted either.
 */
export interface SdkTarget {
  /**
   * '1.x' wherever the range allows a 1.x release: API version 2026-10-21, sampling parameters gone from types and API.
   */
  readonly profile: '0.x' | '1.x';
  /** The lowest version that the declared range allows once the range is raised; emitted code uses nothing newer. */
  readonly lowest: string;
  /** The lowest version of a range that has to be raised: the code was written for its types. */
  readonly declared?: string;
}

/** The facts about one package that carries a client, of npm or PyPI (versions as published on 2026-11-20). */
export interface SdkPackage {
  readonly name: string;
  /** The first version whose client has `messages`. */
  readonly firstWithMessages: string;
  /** The newest version of each generation: where a range that is too low goes. */
  readonly newest: Readonly<Record<SdkTarget['profile'], string>>;
  /**
   * From which of its versions on the package brings which lowest `@anthropic-ai/sdk`, newest first; the types of
   * its client are that package's. Empty for `@anthropic-ai/sdk` itself, and for Python's package, which stands alone.
   */
  readonly brings: readonly (readonly [from: string, sdk: string])[];
}

export const ANTHROPIC_SDK: SdkPackage = {
  name: '@anthropic-ai/sdk',
  firstWithMessages: '0.14.0',
  newest: { '0.x': '0.137.0', '1.x': '1.11.0' },
  brings: [],
};

export const BEDROCK_SDK: SdkPackage = {
  name: '@anthropic-ai/bedrock-sdk',
  firstWithMessages: '0.9.0',
  newest: { '0.x': '0.36.0', '1.x': '1.1.2' },
  brings: [
    ['1.0.0', '1.0.0'],
    ['0.32.1', '0.115.1'],
    ['0.21.2', '0.50.3'],
    ['0.12.4', '0.36.0'],
    ['0.9.0', ANTHROPIC_SDK.firstWithMessages],
  ],
};

export const SDK_PACKAGES: readonly SdkPackage[] = [ANTHROPIC_SDK, BEDROCK_SDK];

/**
 * Python's package. Its profile 1.x is every version from 1.0.0 on, 2.x included: none of them has completions, and none
 * has the sampling parameters among the arguments of `messages.create`.
 */
export const PYTHON_SDK: SdkPackage = {
  name: 'anthropic',
  firstWithMessages: '0.16.0',
  newest: { '0.x': '0.125.0', '1.x': '1.17.0' },
  brings: [],
};

/**
 * What is assumed where no manifest says anything: code that works with every SDK that has Messages. It uses nothing
 * that 0.14.0 lacks and sends nothing that 1.x refuses, at the price of the sampling parameters; `--sdk 0.x` keeps them.
 */
export const ANY_SDK: SdkTarget = { profile: '1.x', lowest: ANTHROPIC_SDK.firstWithMessages };

/** The same for Python. */
export const ANY_PYTHON_SDK: SdkTarget = { profile: '1.x', lowest: PYTHON_SDK.firstWithMessages };

/**
 * What a request that no SDK sends is written for, whatever SDK stands in the manifest: the header
 * `anthropic-version: 2023-06-01`, or Bedrock's version of it, under which models take the sampling parameters that they know.
 */
export const WITHOUT_SDK: SdkTarget = { profile: '0.x', lowest: ANTHROPIC_SDK.firstWithMessages };

/** What the text of a version range in a manifest means for a migration. */
export interface DeclaredSdk {
  /**
   * range: versions are named; any: `*` or a tag such as `latest`, so whatever is installed next; elsewhere: a path, a
   * repository, a URL or a workspace, whose version the manifest does not show.
   */
  readonly kind: 'range' | 'any' | 'elsewhere';
  /** After raising. */
  readonly target: SdkTarget;
  /** The range to write instead, in the style of the old one; null where the old one stays. */
  readonly raised: string | null;
}

/**
 * Reads the version range that a manifest gives for a package.
 * `forced` is the profile that the user asked for, which wins over what the range says.
 */
export function readRange(text: string, from: SdkPackage, forced?: SdkTarget['profile']): DeclaredSdk {
  const kind = kindOf(text);
  if (kind !== 'range') return { kind, target: withProfile(ANY_SDK, forced), raised: null };
  const tooLow = semver.lt(lowestOf(text), from.firstWithMessages);
  const raised = tooLow ? raiseRange(text, from.firstWithMessages, from.newest[forced ?? '0.x']) : null;
  const range = raised ?? text;
  const target: SdkTarget = {
    profile: semver.intersects(range, '>=1.0.0', { loose: true }) ? '1.x' : '0.x',
    lowest: sdkBroughtBy(lowestOf(range), from),
    ...(tooLow && from.brings.length === 0 ? { declared: lowestOf(text) } : {}),
  };
  return { kind, target: withProfile(target, forced), raised };
}

/** The target of code that has to work with all of several. Without any, with `any`: every SDK that has Messages. */
export function mergeTargets(targets: readonly SdkTarget[], forced?: SdkTarget['profile'], any = ANY_SDK): SdkTarget {
  if (targets.length === 0) return withProfile(any, forced, any);
  const declared = targets.flatMap((target) => target.declared ?? []);
  const oldest = lowestIn(declared);
  return {
    profile: targets.some(({ profile }) => profile === '1.x') ? '1.x' : '0.x',
    lowest: lowestIn(targets.map(({ lowest }) => lowest)) as string,
    ...(oldest === undefined ? {} : { declared: oldest }),
  };
}

function lowestIn(versions: readonly string[]): string | undefined {
  return [...versions].sort(semver.compare)[0];
}

function kindOf(text: string): DeclaredSdk['kind'] {
  const range = semver.validRange(text, { loose: true });
  if (range !== null) return range === '*' ? 'any' : 'range';
  return /^[a-z][\w.-]*$/i.test(text.trim()) ? 'any' : 'elsewhere';
}

function lowestOf(range: string): string {
  return semver.minVersion(range, { loose: true })?.version ?? '0.0.0';
}

function sdkBroughtBy(version: string, from: SdkPackage): string {
  if (from.brings.length === 0) return version;
  return from.brings.find(([since]) => semver.gte(version, since))?.[1] ?? ANTHROPIC_SDK.firstWithMessages;
}

/** A target with the profile that the user asked for; `any` is the one of code that works with every SDK. */
export function withProfile(target: SdkTarget, forced: SdkTarget['profile'] | undefined, any = ANY_SDK): SdkTarget {
  if (forced === undefined) return target;
  const contradicts = forced === '0.x' && semver.gte(target.lowest, '1.0.0');
  return { ...target, profile: forced, lowest: contradicts ? any.lowest : target.lowest };
}
