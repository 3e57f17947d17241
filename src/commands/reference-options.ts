import type { Argv } from 'yargs';
import { UsageError } from '../usage-error.js';

/** The options of `serve`. */
export function serveOptions(command: Argv) {
  return command
    .option('port', { ...single('port'), default: '8765', describe: 'The port, or 0 for any that is free' })
    .option('host', { ...single('host'), default: '127.0.0.1', describe: 'The address to listen on' })
    .option('log', { ...single('log'), describe: 'Append a JSON line a request to this file; - is standard output' });
}

/** The options of `parity`. What to run stands after two dashes and is none of them. */
export function parityOptions(command: Argv) {
  return command
    .usage(
      '$0 parity [options] -- COMMAND\n\nRuns COMMAND before and after migration against the reference server, in copies of the project, and compares.',
    )
    .option('before', { ...single('before'), describe: 'A folder with the legacy half, in place of a copy' })
    .option('after', { ...single('after'), describe: 'A folder with the migrated half, in place of a copy' })
    .option('timeout', { ...single('timeout'), default: '300', describe: 'Seconds for each run' })
    .option('max-output', { ...single('max-output'), default: '10', describe: 'Megabytes that each run may print' })
    .option('report', {
      type: 'string',
      array: true,
      nargs: 1,
      default: [] as string[],
      defaultDescription: 'text',
      describe: 'FORMAT or FORMAT=FILE; formats: text, json',
    })
    .epilogue('Exit code 0: equal. 1: different. 2: wrong usage, or the command could not be run.');
}

function single(name: string) {
  const coerce = (value: string | readonly string[]): string => {
    if (typeof value === 'string') return value;
    throw new UsageError(`--${name} was given twice`);
  };
  return { type: 'string', requiresArg: true, coerce } as const;
}
