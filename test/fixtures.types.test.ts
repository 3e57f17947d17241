import { describe, expect, it } from 'vitest';
import { overlay, type Files } from './harness/files.js';
import { loadFixtures, type Fixture } from './harness/fixture.js';
import { legacySdk, sdksAllowed } from './harness/sdks.js';
import { typeErrors, type SdkAlias, type SourceCache } from './harness/typecheck.js';

interface Check {
  readonly name: string;
  readonly sdk: SdkAlias;
  readonly files: Files;
}

const fixtures = loadFixtures('typescript').filter(({ spec }) => spec.skipTypecheck === undefined);
const legacy = fixtures.map((fixture) => check(fixture, 'input', fixture.input, legacySdk(fixture.input, fixture.sdk)));
const migrated = fixtures.flatMap((fixture) => {
  const output = overlay(fixture.input, fixture.expected);
  return sdksAllowed(output, fixture.sdk).map((sdk) => check(fixture, 'output', output, sdk));
});
const errors = errorsBySdk([...legacy, ...migrated]);

describe('the input compiles against the SDK that it was written for', () => {
  it.each(legacy.map(titled))('%s', expectNoErrors);
});

describe('the output compiles under strict against the SDKs that its range allows', () => {
  it.each(migrated.map(titled))('%s', expectNoErrors);
});

function check({ name }: Fixture, side: 'input' | 'output', files: Files, sdk: SdkAlias): Check {
  return { name, sdk, files: new Map([...files].map(([path, text]) => [`fixtures/typescript/${name}/${side}/${path}`, text])) };
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
  const found = [...files.keys()].flatMap((path) => (errors.get(sdk)?.get(path) ?? []).map((error) => `${path}:${error}`));
  expect(found.join('\n')).toBe('');
}
