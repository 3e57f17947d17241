import { readFileSync } from 'node:fs';
import { minVersion, valid } from 'semver';
import { expect, it } from 'vitest';
import { overlay } from '../harness/files.js';
import { loadFixtures } from '../harness/fixture.js';
import { lowestSdk, SDKS } from './sdk.js';
import { sdkRange } from './targets.js';

const LEGACY = ['0.137.0', '0.60.0', '0.20.0', '0.6.8', '0.4.4'];
const programs = loadFixtures('typescript').flatMap(({ spec, ...fixture }) =>
  spec.parity === undefined ? [] : [{ ...fixture, ...spec.parity }],
);

it('every SDK is one version and no range, as the lowest has to be the lowest', () => {
  const { devDependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const wanted = Object.entries(devDependencies).flatMap(([name, alias]) =>
    name.startsWith('sdk-') ? [alias.replace('npm:@anthropic-ai/sdk@', '')] : [],
  );
  expect(wanted.filter((version) => valid(version) === null)).toEqual([]);
  expect(SDKS.map(({ version }) => version).sort()).toEqual(wanted.sort());
});

it.each(LEGACY)('programs that were written for %s are among the fixtures', (version) => {
  expect(SDKS.map((each) => each.version)).toContain(version);
  expect(programs.filter(({ legacy }) => legacy === version)).not.toEqual([]);
});

it('the lowest SDK that a migrated program allows is the one that it runs on', () => {
  const lowest = programs.map(({ name, entry, input, expected }) => ({
    name,
    range: sdkRange(entry, overlay(input, expected)),
  }));
  const other = lowest.filter(({ range }) => minVersion(range)?.version !== lowestSdk(range).version);
  expect(other).toEqual([]);
});
