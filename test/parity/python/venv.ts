import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { rcompare } from 'semver';
import type { Sdk } from '../sdk.js';

const LOCKS = fileURLToPath(new URL('locks', import.meta.url));
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/python', import.meta.url));
const WINDOWS = process.platform === 'win32';
const PYTHON_IN_VENV = WINDOWS ? 'Scripts/python.exe' : 'bin/python';
const ABANDONED_MS = 900_000;
/** What the pinned packages need. */
const OLDEST = [3, 10] as const;

interface Python {
  readonly command: string;
  readonly version: string;
}

let found: Python | null | undefined;

/** The Python of this machine that can run the pinned packages, or null. */
export function python(): Python | null {
  return (found ??= findPython());
}

/** The SDKs that there is a lock file for, newest first. The folder of each is its virtual environment. */
export const PYTHON_SDKS: readonly Sdk[] = readdirSync(LOCKS)
  .map((name) => /^anthropic-(.+)\.txt$/.exec(name)?.[1] ?? '')
  .sort(rcompare)
  .map((version) => ({ version, folder: join(CACHE, keyOf(version)) }));

/** The SDK of a version. @throws where it has no lock file */
export function pythonSdk(version: string): Sdk {
  const sdk = PYTHON_SDKS.find((each) => each.version === version);
  if (sdk === undefined)
    throw new Error(
      `There is no lock file for anthropic ${version}; there are ${PYTHON_SDKS.map((each) => each.version).join(', ')}`,
    );
  return sdk;
}

const made = new Map<string, Promise<string>>();

/** The interpreter of an SDK's virtual environment, which is made when it is first asked for and kept for later runs. */
export function interpreterOf({ version, folder }: Sdk): Promise<string> {
  return venvIn(folder, async (draft) => {
    await execute(commandOfPython(), ['-m', 'venv', '--without-pip', draft]);
    const options = [
      '--quiet',
      '--no-deps',
      '--no-compile',
      '--disable-pip-version-check',
      '--requirement',
      lockOf(version),
    ];
    await execute(await pip(), ['-m', 'pip', '--python', join(draft, PYTHON_IN_VENV), 'install', ...options]);
  });
}

/** A Python with pip, one for all environments: it takes seconds to put one into each. */
function pip(): Promise<string> {
  return venvIn(join(CACHE, `pip-${python()?.version}`), (draft) => execute(commandOfPython(), ['-m', 'venv', draft]));
}

function venvIn(folder: string, make: (draft: string) => Promise<unknown>): Promise<string> {
  const existing = made.get(folder) ?? makeOnce(folder, make);
  made.set(folder, existing);
  return existing;
}

async function makeOnce(folder: string, make: (draft: string) => Promise<unknown>): Promise<string> {
  const interpreter = join(folder, PYTHON_IN_VENV);
  const draft = `${folder}.draft`;
  mkdirSync(CACHE, { recursive: true });
  while (!existsSync(interpreter)) {
    if (!claim(draft)) {
      await setTimeout(500);
      continue;
    }
    try {
      await make(draft);
      renameSync(draft, folder);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      throw error;
    }
  }
  return interpreter;
}

/** Whether this process is the one that makes an environment; each test file is a process, and several may want it. */
function claim(draft: string): boolean {
  try {
    mkdirSync(draft);
    return true;
  } catch {
    // Whoever began it may have been ended.
    const begun = statSync(draft, { throwIfNoEntry: false })?.birthtimeMs;
    if (begun !== undefined && Date.now() - begun > ABANDONED_MS) rmSync(draft, { recursive: true, force: true });
    return false;
  }
}

const execute = promisify(execFile);

function commandOfPython(): string {
  const base = python();
  if (base === null) throw new Error(`Python ${OLDEST.join('.')} or newer is missing`);
  return base.command;
}

/** The pins and the Python that they are installed for; whatever changes makes another environment. */
function keyOf(version: string): string {
  const hash = createHash('sha256')
    .update(readFileSync(lockOf(version)))
    .update(python()?.version ?? '');
  return `anthropic-${version}-${hash.digest('hex').slice(0, 12)}`;
}

function lockOf(version: string): string {
  return join(LOCKS, `anthropic-${version}.txt`);
}

function findPython(): Python | null {
  for (const command of WINDOWS ? ['python', 'py'] : ['python3', 'python']) {
    try {
      const version = execFileSync(command, ['-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3])'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim();
      const [major = 0, minor = 0] = version.split('.').map(Number);
      if (major === OLDEST[0] && minor >= OLDEST[1]) return { command, version };
    } catch {
      // There is no such command.
    }
  }
  return null;
}
