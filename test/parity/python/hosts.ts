import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { pointedAt, PYTHON_REDIRECT } from '../../../src/parity/environment.js';
import { observeRun, type Observation } from '../../../src/parity/observe.js';
import type { Outcome } from '../../../src/parity/run-command.js';
import type { Hosts } from '../host.js';
import type { Program } from '../run-program.js';
import type { Sdk } from '../sdk.js';
import { inPythonFolder, runPython } from './run-python.js';
import { interpreterOf } from './venv.js';

const HOST = fileURLToPath(new URL('host.py', import.meta.url));
const TIMEOUT_SECONDS = 30;

/** One process for each SDK, started when it is first needed, which forks a child for each program. */
export function startPythonHosts(): Hosts {
  // Without fork, each program has a process of its own.
  if (process.platform === 'win32') return { run: runPython, close: () => undefined };
  const hosts = new Map<string, PythonHost>();
  return {
    run: (program, sdk) => {
      const host = hosts.get(sdk.version) ?? new PythonHost(sdk);
      hosts.set(sdk.version, host);
      return host.run(program);
    },
    close: () => hosts.forEach((host) => host.close()),
  };
}

/** How a program ended, as host.py tells it. */
interface Report {
  readonly stdout: string;
  readonly stderr: string;
  readonly code?: number;
  readonly signal?: string;
}

class PythonHost {
  private child: ChildProcessWithoutNullStreams | undefined;
  private lines: Interface | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly sdk: Sdk) {}

  run(program: Program): Promise<Observation> {
    const turn = this.last.then(() =>
      inPythonFolder(program, ({ folder, file, env }) =>
        observeRun(folder, (url) =>
          this.ask({ cwd: folder, file, env: pointedAt(url, env), timeoutSeconds: TIMEOUT_SECONDS }),
        ),
      ),
    );
    this.last = turn.catch(() => undefined);
    return turn;
  }

  close(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }

  private async ask(job: object): Promise<Outcome> {
    const { child, lines } = await this.started();
    child.stdin.write(`${JSON.stringify(job)}\n`);
    const done = new AbortController();
    const report = await Promise.race([
      once(lines, 'line', { signal: done.signal }).then(([line]) => JSON.parse(line as string) as Report),
      once(child, 'exit', { signal: done.signal }).then(() => undefined),
    ]);
    done.abort();
    if (report === undefined)
      throw new Error(`The process that runs programs on anthropic ${this.sdk.version} has ended`);
    const { stdout, stderr, code, signal } = report;
    if (signal === 'SIGALRM') return { stdout, stderr, end: { kind: 'timeout' } };
    return {
      stdout,
      stderr,
      end: signal === undefined ? { kind: 'exit', code: code ?? 0 } : { kind: 'signal', signal },
    };
  }

  private async started(): Promise<{ readonly child: ChildProcessWithoutNullStreams; readonly lines: Interface }> {
    if (this.child === undefined || this.lines === undefined) {
      const env = { PATH: process.env['PATH'], PYTHONPATH: PYTHON_REDIRECT, PYTHONUTF8: '1' };
      this.child = spawn(await interpreterOf(this.sdk), [HOST], { env, stdio: ['pipe', 'pipe', 'pipe'] });
      this.child.stderr.resume();
      this.lines = createInterface({ input: this.child.stdout });
    }
    return { child: this.child, lines: this.lines };
  }
}
