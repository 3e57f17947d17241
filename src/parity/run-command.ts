import { spawnSync, type ChildProcess } from 'node:child_process';
import spawn from 'cross-spawn';
import { stragglers } from './stragglers.js';

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  /** For standard output and standard error together. */
  readonly maxOutputBytes: number;
}

/** What a command printed and how it ended. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly end: End;
}

export type End =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: string }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'output-limit' }
  | { readonly kind: 'not-started'; readonly reason: string };

/**
 * Runs a command to its end, or ends it: at the time-out, at the output limit, or when `signal` is aborted.
 * Whatever the command started and left behind is ended with it. Never throws.
 */
export async function runCommand(command: Command, signal?: AbortSignal): Promise<Outcome> {
  const child = spawn(command.file, command.args, {
    cwd: command.cwd,
    env: command.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const output = { stdout: [] as Buffer[], stderr: [] as Buffer[], bytes: 0 };
  let cause: End | undefined;
  const address = `ANTHROPIC_BASE_URL=${command.env['ANTHROPIC_BASE_URL']}`;
  const endAll = (): void => {
    endGroup(child);
    for (const pid of stragglers(address)) end(() => process.kill(pid, 'SIGKILL'));
  };
  const stop = (reason: End): void => {
    cause ??= reason;
    endAll();
  };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (chunk: Buffer) => {
      if (output.bytes > command.maxOutputBytes) return;
      output[name].push(chunk);
      output.bytes += chunk.length;
      if (output.bytes > command.maxOutputBytes) stop({ kind: 'output-limit' });
    });
  }
  const timer = setTimeout(() => stop({ kind: 'timeout' }), command.timeoutMs);
  const abort = (): void => stop({ kind: 'signal', signal: 'SIGINT' });
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) abort();
  const outcome = await ended(child, endAll);
  clearTimeout(timer);
  signal?.removeEventListener('abort', abort);
  return {
    stdout: Buffer.concat(output.stdout).toString(),
    stderr: Buffer.concat(output.stderr).toString(),
    end: cause ?? outcome,
  };
}

/** So long may what is left in the pipes take to be read. */
const DRAIN_MS = 2_000;

/** Waits until the child has ended and its output is read. */
function ended(child: ChildProcess, endAll: () => void): Promise<End> {
  return new Promise((resolve) => {
    let drain: NodeJS.Timeout | undefined;
    child.once('error', (error: NodeJS.ErrnoException) => resolve({ kind: 'not-started', reason: reasonOf(error) }));
    // A process left behind could hold the pipes open for ever.
    child.once('exit', () => {
      endAll();
      drain = setTimeout(() => [child.stdout, child.stderr].forEach((pipe) => pipe?.destroy()), DRAIN_MS);
    });
    child.once('close', (code, signal) => {
      clearTimeout(drain);
      resolve(code === null ? { kind: 'signal', signal: signal ?? 'unknown' } : { kind: 'exit', code });
    });
  });
}

function reasonOf({ code, path = '', message }: NodeJS.ErrnoException): string {
  if (code !== 'ENOENT') return message;
  const advice = /\s/.test(path) ? '; after the two dashes, its words stand one by one, as in `-- npm test`' : '';
  return `there is no "${path}"${advice}`;
}

/** Ends a child and everything that it started. */
function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  end(() => process.kill(-pid, 'SIGKILL'));
}

/** Whoever has ended by now is as good as ended. */
function end(kill: () => void): void {
  try {
    kill();
  } catch {
    // Nobody is left.
  }
}
