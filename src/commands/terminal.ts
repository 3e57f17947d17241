import { join, relative } from 'node:path';
import { slashed } from '../discover/paths.js';
import type { Style } from '../report/report.js';

export type Stream = 'stdout' | 'stderr';

/** Writes to a stream of the process. */
export function print(stream: Stream, text: string): void {
  process[stream].write(text);
}

/** A reader that goes away early (`| head`) is no error; the exit code still tells what was found. */
export function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

/** How reports look on a stream: colours on a terminal only, unless NO_COLOR is set; paths relative to the current folder. */
export function styleFor(stream: Stream, root: string, cwd: string): Style {
  const noColor = process.env['NO_COLOR'] ?? '';
  return {
    color: process[stream].isTTY && noColor === '' && process.env['TERM'] !== 'dumb',
    shown: (path) => slashed(relative(cwd, join(root, path))),
  };
}

export interface Progress {
  readonly show: (step: string) => void;
  readonly clear: () => void;
}

/** One line on stderr that each step replaces; nothing unless stderr is a terminal. */
export function progressLine(): Progress {
  if (!process.stderr.isTTY) return { show: () => undefined, clear: () => undefined };
  const clear = () => process.stderr.write('\r\u001B[K');
  return {
    show: (step) => {
      clear();
      process.stderr.write(`${step} …`);
    },
    clear,
  };
}
