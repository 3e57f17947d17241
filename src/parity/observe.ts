import type { LogEntry } from '../reference/log.js';
import { startReferenceServer } from '../reference/server.js';
import { pointedAt } from './environment.js';
import { runCommand, type Command, type Outcome } from './run-command.js';

/** A run of a program against a reference server of its own. */
export interface Observation extends Outcome {
  /** What the server was asked, in the order of arrival. */
  readonly requests: readonly LogEntry[];
}

/**
 * Runs a command whose requests go to a reference server. In what it prints, the server's address and the folder
 * `root`, which differ from run to run, are named `<server>` and `<folder>`.
 * @throws only where no server can listen
 */
export function observe(command: Command, root: string, signal?: AbortSignal): Promise<Observation> {
  return observeRun(root, (url) => runCommand({ ...command, env: pointedAt(url, command.env) }, signal));
}

/** The same for anything that runs against the server at `url`. */
export async function observeRun(root: string, run: (url: string) => Promise<Outcome>): Promise<Observation> {
  const requests: LogEntry[] = [];
  const server = await startReferenceServer({ log: (entry) => requests.push(entry) });
  try {
    const outcome = await run(server.url);
    const named = (text: string): string =>
      text
        .replaceAll(server.url, '<server>')
        .replaceAll(new URL(server.url).host, '<server>')
        .replaceAll(root, '<folder>');
    return { ...outcome, stdout: named(outcome.stdout), stderr: named(outcome.stderr), requests };
  } finally {
    await server.close();
  }
}
