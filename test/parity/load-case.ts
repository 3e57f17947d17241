import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readTree, type Files } from '../harness/files.js';
import { loadFixture, PYTHON_RANGE, withRequirements, type FixtureSpec, type ParitySpec } from '../harness/fixture.js';
import { runTool } from '../harness/run-tool.js';

/** A program before and after migration, and how to run it. */
export interface ParityCase {
  readonly name: string;
  readonly input: Files;
  /** Laid over the input: the files that the migration changed or made. */
  readonly expected: Files;
  readonly spec: ParitySpec;
}

export interface CaseOptions {
  /** Migrate now, although the folder holds `expected/`. */
  readonly migrate: boolean;
  readonly entry?: string | undefined;
  readonly legacy?: string | undefined;
  /** The SDK range that a program without a manifest declares. */
  readonly sdk?: string | undefined;
}

const ENTRIES = [
  'main.ts',
  'main.mts',
  'main.cts',
  'main.tsx',
  'main.js',
  'main.mjs',
  'main.cjs',
  'main.jsx',
  'index.ts',
  'index.js',
  'main.py',
  'app.py',
];

/**
 * The program under a path: a fixture's folder, any folder with a program, or one file.
 * What is not migrated yet is migrated now. Throws where nothing can be run.
 */
export async function loadCase(path: string, options: CaseOptions): Promise<ParityCase> {
  const { name, input, expected, spec } = load(path, options);
  const entry = options.entry ?? spec.parity?.entry ?? ENTRIES.find((each) => input.has(each));
  if (entry === undefined || !input.has(entry))
    throw new Error(`${name}: no ${entry ?? ENTRIES.join(', ')}; name one with --entry`);
  const migrated = options.migrate || expected === undefined;
  return {
    name,
    input,
    expected: migrated ? (await runTool(input, spec.options)).output : expected,
    spec: { ...spec.parity, entry, legacy: options.legacy ?? spec.parity?.legacy ?? legacyOf(entry) },
  };
}

interface Loaded {
  readonly name: string;
  readonly input: Files;
  /** Undefined where nobody has written down what comes out. */
  readonly expected: Files | undefined;
  readonly spec: FixtureSpec;
}

function load(path: string, { entry, sdk }: CaseOptions): Loaded {
  if (existsSync(join(path, 'input'))) {
    const fixture = loadFixture(path);
    return {
      ...fixture,
      expected: fixture.expected.size > 0 || fixture.outcome !== null ? fixture.expected : undefined,
    };
  }
  const name = basename(path);
  const isFile = statSync(path).isFile();
  const files = isFile ? new Map([[name, readFileSync(path, 'utf8')]]) : readTree(path);
  const file = entry ?? (isFile ? name : ENTRIES.find((each) => files.has(each)));
  return {
    name,
    input:
      file?.endsWith('.py') === true
        ? withRequirements(files, sdk ?? PYTHON_RANGE)
        : withPackageJson(files, sdk ?? '^0.20.0'),
    expected: undefined,
    spec: isFile && file !== undefined ? { parity: { entry: file, legacy: legacyOf(file) } } : {},
  };
}

function withPackageJson(files: Files, range: string): Files {
  return new Map([
    ['package.json', JSON.stringify({ private: true, dependencies: { '@anthropic-ai/sdk': range } })],
    ...files,
  ]);
}

/** The SDK of a program that nothing is said about: one with both APIs. */
function legacyOf(entry: string): string {
  return entry.endsWith('.py') ? '0.39.0' : '0.20.0';
}
