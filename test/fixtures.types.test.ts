import { satisfies } from 'semver';
import { describe, expect, it } from 'vitest';
import { overlay, type Files } from './harness/files.js';
import { loadFixtures, type Fixture } from './harness/fixture.js';
import { legacySdk, sdksAllowed } from './harness/sdks.js';
import { installedVersion, typeErrors, type SdkAlias, type SourceCache } from './harness/typecheck.js';
import { targetsOf } from './parity/targets.js';

interface Check {
  readonly name: string;
  readonly sdk: SdkAlias;
  readonly files: Files;
}

const NEWEST: readonly SdkAlias[] = ['sdk-0.137', 'sdk-1'];
/** What code of the 0.x profile may send, and the types of 1.x do not know. */
const SAMPLING = /\b(?:temperature|top_p|top_k)\b["']?\s*[:,}]/;

const fixtures = loadFixtures('typescript').filter(({ spec }) => spec.skipTypecheck === undefined);
const legacy = fixtures.map((fixture) => check(fixture, 'input', fixture.input, legacySdk(fixture.input, fixture.sdk)));
const migrated = fixtures.flatMap((fixture) => {
  const output = overlay(fixture.input, fixture.expected);
  const sdks = new Set([...sdksAllowed(output, fixture.sdk), ...laterSdks(fixture, output)]);
  return [...sdks].map((sdk) => check(fixture, 'output', output, sdk));
});
const errors = errorsBySdk([...legacy, ...migrated]);

describe('the input compiles against the SDK that it was written for', () => {
  it.each(legacy.map(titled))('%s', expectNoErrors);
});

describe('the output compiles under strict against the SDKs that its range allows, and a program against those that it runs on', () => {
  it.each(migrated.map(titled))('%s', expectNoErrors);
});

/** Newer SDKs on which a program runs: the newest 0.x and 1.x, as long as its code is made for them. */
function laterSdks({ spec, outcome }: Fixture, output: Files): readonly SdkAlias[] {
  if (spec.parity === undefined) return [];
  const versions = new Set(targetsOf(spec.parity.entry, output).map(({ version }) => version));
  const ofGeneration1 = (sdk: SdkAlias): boolean => satisfies(installedVersion(sdk), '>=1');
  const isFor1 =
    outcome?.sites.some(({ state }) => state === 'manual') === false &&
    ![...output.values()].some((text) => SAMPLING.test(text));
  return NEWEST.filter((sdk) => versions.has(installedVersion(sdk)) && (isFor1 || !ofGeneration1(sdk)));
}

function check({ name }: Fixture, side: 'input' | 'output', files: Files, sdk: SdkAlias): Check {
  return {
    name,
    sdk,
    files: new Map([...files].map(([path, text]) => [`fixtures/typescript/${name}/${side}/${path}`, text])),
  };
}

/** One program for each SDK, over everything that is to compile against it. */
function errorsBySdk(checks: readonly Check[]): ReadonlyMap<SdkAlias, ReadonlyMap<string, readonly string[]>> {
  const cache: SourceCache = new Map();
  const sdks = [...new Set(checks.map(({ sdk }) => sdk))];
  return new Map(
    sdks.map((sdk) => {
      const files = checks.filter((each) => each.sdk === sdk).flatMap((each) => [...each.files]);
      return [sdk, typeErrors(new Map(files), sdk, cache)];
    }),
  );
}

function titled(each: Check): readonly [title: string, check: Check] {
  return [`${each.name} with ${each.sdk}`, each];
}

function expectNoErrors(_title: string, { sdk, files }: Check): void {
  const found = [...files.keys()].flatMap((path) =>
    (errors.get(sdk)?.get(path) ?? []).map((error) => `${path}:${error}`),
  );
  expect(found.join('\n')).toBe('');
}
