import { mkdtempSync, mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { observe, type Observation } from '../../src/parity/observe.js';
import type { Files } from '../harness/files.js';
import type { Sdk } from './sdk.js';
import { outputOf, transpile } from './transpile.js';

export interface Program {
  readonly files: Files;
  /** The file to run, relative to the program's root. */
  readonly entry: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program in a process and a folder of its own, with one version of the SDK, against a reference server. */
export async function runProgram({ files, entry, env }: Program, sdk: Sdk): Promise<Observation> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'parity-')));
  try {
    for (const [path, text] of transpile(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    mkdirSync(join(folder, 'node_modules/@anthropic-ai'), { recursive: true });
    symlinkSync(sdk.folder, join(folder, 'node_modules/@anthropic-ai/sdk'), 'junction');
    const command = {
      file: process.execPath,
      args: [outputOf(entry, files)],
      cwd: folder,
      env: { PATH: process.env['PATH'], NODE_NO_WARNINGS: '1', ...env },
      timeoutMs: 30_000,
      maxOutputBytes: 1_000_000,
    };
    return await observe(command, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
