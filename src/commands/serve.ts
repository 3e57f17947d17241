import { closeSync, openSync, writeSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import type { LogEntry } from '../reference/log.js';
import { startReferenceServer, type ReferenceServer } from '../reference/server.js';
import type { ExitCode } from '../report/report.js';
import { UsageError } from '../usage-error.js';
import { print } from './terminal.js';

export interface ServeArguments {
  readonly port: string;
  readonly host: string;
  /** A file, or `-` for standard output. */
  readonly log: string | undefined;
}

/** Serves both APIs until it is interrupted. Throws UsageError where it cannot listen or cannot open its log. */
export async function serve({ port, host, log }: ServeArguments): Promise<ExitCode> {
  const entries = openLog(log);
  try {
    const server = await listen(readPort(port), host, entries.write);
    print('stderr', greeting(server.url, host));
    await interrupted();
    await server.close();
    return 0;
  } finally {
    entries.close();
  }
}

function greeting(url: string, host: string): string {
  const isOpen = !/^(?:localhost|127\..*|::1)$/.test(host);
  return [
    `The Text Completions API and the Messages API, over one deterministic model, at ${url}`,
    `  export ANTHROPIC_BASE_URL=${url} ANTHROPIC_API_KEY=any`,
    ...(isOpen ? ['Whoever reaches this address can use it: keys are not checked.'] : []),
    'Ctrl+C ends it.',
    '',
  ].join('\n');
}

async function listen(port: number, host: string, log: (entry: LogEntry) => void): Promise<ReferenceServer> {
  try {
    return await startReferenceServer({ port, host, log });
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
        ? 'the port is taken; choose another with --port, or 0 for any'
        : String(error);
    throw new UsageError(`Cannot listen on ${isIPv6(host) ? `[${host}]` : host}:${port}: ${reason}`);
  }
}

function readPort(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new UsageError(`--port ${text} is no port: a number from 0 to 65535`);
  return Number(text);
}

interface OpenLog {
  readonly write: (entry: LogEntry) => void;
  readonly close: () => void;
}

/** Each entry is a line that is written before its request is answered. */
function openLog(path: string | undefined): OpenLog {
  if (path === undefined) return { write: () => undefined, close: () => undefined };
  if (path === '-')
    return {
      write: (entry) => {
        print('stdout', lineOf(entry));
      },
      close: () => undefined,
    };
  const file = open(path);
  return {
    write: (entry) => {
      append(file, lineOf(entry));
    },
    close: () => {
      closeSync(file);
    },
  };
}

function open(path: string): number {
  try {
    return openSync(path, 'a');
  } catch (error) {
    throw new UsageError(`--log ${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A disk that is full keeps no request from its answer. */
function append(file: number, line: string): void {
  try {
    writeSync(file, line);
  } catch (error) {
    print('stderr', `A line of the log was not written: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}

function lineOf(entry: LogEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        resolve();
      });
  });
}
