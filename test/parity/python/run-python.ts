import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { observe } from '../../../src/parity/observe.js';
import { replaceTree } from '../../harness/files.js';
import type { Program, RunProgram } from '../run-program.js';
import { interpreterOf } from './venv.js';

/** A program as Python runs it. */
interface Installed {
  readonly folder: string;
  /** Absolute. */
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Runs a program in a process and a folder of its own. */
export const runPython: RunProgram = async (program, sdk) => {
  const interpreter = await interpreterOf(sdk);
  return inPythonFolder(program, ({ folder, file, env }) =>
    observe(
      { file: interpreter, args: [file], cwd: folder, env, timeoutMs: 30_000, maxOutputBytes: 1_000_000 },
      folder,
    ),
  );
};

/** Writes a program into a folder of its own, which is gone after `use`. */
export async function inPythonFolder<T>(
  { files, entry, env }: Program,
  use: (installed: Installed) => Promise<T>,
): Promise<T> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'parity-')));
  try {
    replaceTree(folder, files);
    const own = {
      PATH: process.env['PATH'],
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONUTF8: '1',
      AWS_DEFAULT_REGION: 'us-east-1',
      ...env,
    };
    return await use({ folder, file: join(folder, entry), env: own });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
