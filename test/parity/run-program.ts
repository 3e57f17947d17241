import { mkdtempSync, mkdirSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { observe, type Observation } from '../../src/parity/observe.js';
import type { Files } from '../harness/files.js';
import type { Sdk } from './sdk.js';
import { outputOf, transpile } from './transpile.js';

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));
/** What programs send requests with that no SDK sends. */
const CLIENTS = [
  'axios',
  'eventsource-parser',
  'got',
  'ky',
  'node-fetch',
  'superagent',
  'undici',
  '@microsoft/fetch-event-source',
];
/** Small ones that stand for what programs run functions with. */
const STAND_INS = fileURLToPath(new URL('packages', import.meta.url));
/** Stands for AWS's package, which is large and signs what it sends. */
const BEDROCK_CLIENT = fileURLToPath(new URL('client-bedrock-runtime', import.meta.url));

export interface Program {
  readonly files: Files;
  /** The file to run, relative to the program's root. */
  readonly entry: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program with one version of the SDK against a reference server of its own. */
export type RunProgram = (program: Program, sdk: Sdk) => Promise<Observation>;

/** A program as Node runs it. */
interface Installed {
  readonly folder: string;
  /** Absolute. */
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Runs a program in a process and a folder of its own. */
export const runProgram: RunProgram = (program, sdk) =>
  inFolder(program, sdk, ({ folder, file, env }) =>
    observe(
      { file: process.execPath, args: [file], cwd: folder, env, timeoutMs: 30_000, maxOutputBytes: 1_000_000 },
      folder,
    ),
  );

/** Writes a program and its SDK into a folder of its own, which is gone after `use`. */
export async function inFolder<T>(
  { files, entry, env }: Program,
  sdk: Sdk,
  use: (installed: Installed) => Promise<T>,
): Promise<T> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'parity-')));
  try {
    for (const [path, text] of transpile(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    mkdirSync(join(folder, 'node_modules/@anthropic-ai'), { recursive: true });
    symlinkSync(sdk.folder, join(folder, 'node_modules/@anthropic-ai/sdk'), 'junction');
    mkdirSync(join(folder, 'node_modules/@microsoft'));
    for (const name of CLIENTS) symlinkSync(join(MODULES, name), join(folder, 'node_modules', name), 'junction');
    for (const name of readdirSync(STAND_INS))
      symlinkSync(join(STAND_INS, name), join(folder, 'node_modules', name), 'junction');
    mkdirSync(join(folder, 'node_modules/@aws-sdk'));
    symlinkSync(BEDROCK_CLIENT, join(folder, 'node_modules/@aws-sdk/client-bedrock-runtime'), 'junction');
    const file = join(folder, outputOf(entry, files));
    return await use({ folder, file, env: { PATH: process.env['PATH'], NODE_NO_WARNINGS: '1', ...env } });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
