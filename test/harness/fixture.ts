import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ModelOptions } from '../../src/api/choose-model.js';
import { isManifest } from '../../src/manifests/plan.js';
import { readTree, type Files } from './files.js';

/** A folder of fixtures/LANGUAGE: what goes in, what comes out, and what the run reports. */
export interface Fixture {
  readonly name: string;
  readonly folder: string;
  readonly spec: FixtureSpec;
  /** The SDK range that the spec gives, or else the one that fixtures are in by default. */
  readonly sdk: string;
  readonly input: Files;
  /** Only the files that change or are created. */
  readonly expected: Files;
  /** Null until the fixture's findings.json is written. */
  readonly outcome: Outcome | null;
}

/** The content of fixture.json. */
export interface FixtureSpec {
  /** The SDK range of the implied manifest, and the range to check types by where no package.json has one. */
  readonly sdk?: string;
  readonly options?: {
    readonly policy?: ModelOptions['policy'];
    readonly map?: Readonly<Record<string, string>>;
    readonly safeOnly?: boolean;
  };
  /** Why neither input nor output can be type-checked. */
  readonly skipTypecheck?: string;
  /** How to run the fixture before and after; absent where it is no program. */
  readonly parity?: ParitySpec;
}

export interface ParitySpec {
  /** The file of the input to run. */
  readonly entry: string;
  /** The version of the SDK that the input runs with. */
  readonly legacy: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The code of the finding that announces why the two runs differ, or several. */
  readonly differs?: string | readonly string[];
}

/** What a run reports, in the form of findings.json: no messages, so that a sentence may be reworded. */
export interface Outcome {
  readonly findings: readonly { readonly code: string; readonly path: string; readonly line: number }[];
  readonly sites: readonly {
    readonly path: string;
    readonly line: number;
    readonly state: string;
    readonly tier?: string;
  }[];
}

export const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));
const SPEC_KEYS = new Set(['sdk', 'options', 'skipTypecheck', 'parity']);

/** Every fixture of a language, by name. Throws for a folder that is none. */
export function loadFixtures(language: string): readonly Fixture[] {
  return readdirSync(join(FIXTURES, language))
    .sort()
    .map((name) => loadFixture(join(FIXTURES, language, name)));
}

/** The fixture that a folder holds, wherever it stands. Throws for a folder that is none. */
export function loadFixture(folder: string): Fixture {
  const name = basename(folder);
  const spec = readJson(join(folder, 'fixture.json')) as FixtureSpec | undefined;
  const unknown = Object.keys(spec ?? {}).filter((key) => !SPEC_KEYS.has(key));
  if (unknown.length > 0) throw new Error(`${name}/fixture.json: unknown ${unknown.join(', ')}`);
  const outcome = readJson(join(folder, 'findings.json')) as Outcome | undefined;
  const language = basename(dirname(folder));
  const sdk = spec?.sdk ?? (language === 'python' ? PYTHON_RANGE : '^0.20.0');
  return {
    name,
    folder,
    spec: spec ?? {},
    sdk,
    input: (language === 'python' ? withRequirements : withManifest)(readTree(join(folder, 'input')), sdk),
    expected: readTree(join(folder, 'expected')),
    outcome: outcome ?? null,
  };
}

/** The files, with a package.json that declares the SDK if they have none. */
export function withManifest(input: Files, sdk: string): Files {
  if (input.has('package.json')) return input;
  const manifest = { name: 'fixture', private: true, type: 'module', dependencies: { '@anthropic-ai/sdk': sdk } };
  return new Map([...input, ['package.json', `${JSON.stringify(manifest, null, 2)}\n`]]);
}

/** The SDK range that Python programs without a manifest are taken to declare. */
export const PYTHON_RANGE = '~=0.39.0';

/** The files of a Python program, with a requirements.txt that declares the SDK if they have no manifest. */
export function withRequirements(input: Files, sdk: string): Files {
  return [...input.keys()].some(isManifest) ? input : new Map([...input, ['requirements.txt', `anthropic${sdk}\n`]]);
}

function readJson(path: string): unknown {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}
