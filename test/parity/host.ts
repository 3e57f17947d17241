import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { pointedAt, REDIRECT } from '../../src/parity/environment.js';
import { observeRun, type Observation } from '../../src/parity/observe.js';
import type { Outcome } from '../../src/parity/run-command.js';
import { inFolder, type Program, type RunProgram } from './run-program.js';
import type { Sdk } from './sdk.js';

const HOST = fileURLToPath(new URL('host-process.js', import.meta.url));
const TIMEOUT_MS = 30_000;

/** What the process says when a program has come to its end. */
interface Report {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  /** Whether nothing stayed behind that the program would still have done alone. */
  readonly isFaithful: boolean;
}

export interface Hosts {
  /**
   * Runs a program like `runProgram`, but in a process that it shares, one after the other, with others on the same SDK.
   * One that cannot share a process ends as `not-started`: it has to be run in a process of its own.
   */
  readonly run: RunProgram;
  readonly close: () => void;
}

/** One process for each SDK, started when it is first needed. */
export function startHosts(): Hosts {
  const hosts = new Map<string, Host>();
  return {
    run: (program, sdk) => {
      const host = hosts.get(sdk.version) ?? new Host();
      hosts.set(sdk.version, host);
      return host.run(program, sdk);
    },
    close: () => hosts.forEach((host) => host.close()),
  };
}

class Host {
  private child: ChildProcess | undefined;
  private last: Promise<unknown> = Promise.resolve();

  run(program: Program, sdk: Sdk): Promise<Observation> {
    const turn = this.last.then(() => this.runNow(program, sdk));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  close(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }

  private runNow(program: Program, sdk: Sdk): Promise<Observation> {
    return inFolder(program, sdk, ({ folder, file, env }) =>
      observeRun(folder, (url) => this.ask({ cwd: folder, file, env: pointedAt(url, env), redirect: REDIRECT })),
    );
  }

  private async ask(job: object): Promise<Outcome> {
    const child = (this.child ??= fork(HOST, [], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { PATH: process.env['PATH'], NODE_NO_WARNINGS: '1' },
    }));
    const past = printedPast(child);
    child.send(job);
    const done = new AbortController();
    const { signal } = done;
    const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
    const report = await Promise.race([
      once(child, 'message', { signal }).then(async ([message]) => ((await past) ? undefined : (message as Report))),
      once(child, 'exit', { signal }).then(() => undefined),
    ]);
    done.abort();
    clearTimeout(timer);
    if (report?.isFaithful !== true) {
      this.close();
      return { stdout: '', stderr: '', end: { kind: 'not-started', reason: 'it needs a process of its own' } };
    }
    return { stdout: report.stdout, stderr: report.stderr, end: { kind: 'exit', code: report.exitCode } };
  }
}

/** Waits until both outputs of the process have their mark, or have ended, and tells whether anything else is in them. */
async function printedPast({ stdout, stderr }: ChildProcess): Promise<boolean> {
  const texts = await Promise.all([stdout, stderr].map((stream) => untilMark(stream as Readable)));
  return texts.some((text) => text !== '\0');
}

function untilMark(stream: Readable): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const collect = (chunk: Buffer): void => {
      text += chunk.toString();
      if (text.includes('\0')) finish();
    };
    const finish = (): void => {
      stream.off('data', collect).off('close', finish);
      resolve(text);
    };
    stream.on('data', collect).on('close', finish);
  });
}
