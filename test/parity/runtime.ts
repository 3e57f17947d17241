import type { Files } from '../harness/files.js';
import { runPython } from './python/run-python.js';
import { pythonTargets } from './python/targets.js';
import { pythonSdk } from './python/venv.js';
import { runProgram, type RunProgram } from './run-program.js';
import { sdk, type Sdk } from './sdk.js';
import { targetsOf } from './targets.js';

/** What runs the programs of a language, with the SDKs that there are for it. */
export interface Runtime {
  /** The SDK of a version. Throws where there is none. */
  readonly sdk: (version: string) => Sdk;
  /** The SDKs that the users of a migrated program may have. */
  readonly targetsOf: (entry: string, files: Files) => readonly Sdk[];
  readonly run: RunProgram;
}

const NODE: Runtime = { sdk, targetsOf, run: runProgram };
const PYTHON: Runtime = { sdk: pythonSdk, targetsOf: pythonTargets, run: runPython };

/** What runs a file. */
export function runtimeOf(entry: string): Runtime {
  return entry.endsWith('.py') ? PYTHON : NODE;
}
