import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { gitEnvironment } from './project.js';

const BIN = fileURLToPath(new URL('../../bin/completions-to-messages.js', import.meta.url));

export interface CliRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface CliOptions {
  /** A user to run as; only root may choose one. */
  readonly uid?: number | undefined;
  readonly env?: NodeJS.ProcessEnv;
  /** Goes away after the first piece of output, as `| head` does. */
  readonly closeEarly?: boolean;
}

/** Runs the built command in a folder. */
export async function cli(
  cwd: string,
  args: readonly string[],
  { uid, env = {}, closeEarly = false }: CliOptions = {},
): Promise<CliRun> {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd,
    env: { ...gitEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const printed = closeEarly ? first(child.stdout) : text(child.stdout);
  const [stdout, stderr, exitCode] = await Promise.all([printed, text(child.stderr), ended]);
  return { exitCode, stdout, stderr };
}

function first(stream: Readable): Promise<string> {
  return new Promise((resolve) => {
    stream.once('data', (chunk: Buffer) => {
      stream.destroy();
      resolve(chunk.toString());
    });
  });
}
