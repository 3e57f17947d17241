import yargs, { type Argv } from 'yargs';
import { readConfig, type ConfigField } from './commands/config.js';
import { parityOptions, serveOptions } from './commands/reference-options.js';
import { ignoreClosedPipes, print } from './commands/terminal.js';
import type { ExitCode } from './report/report.js';
import { UsageError } from './usage-error.js';

/** Runs one command line, given without node and script. Never throws; returns the exit code. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  ignoreClosedPipes();
  let exitCode: ExitCode = 0;
  const end = (code: ExitCode) => {
    exitCode = code;
  };
  try {
    await parser(args, end).parseAsync();
  } catch (error) {
    print('stderr', `completions-to-messages: ${describe(error)}\n`);
    return 2;
  }
  return exitCode;
}

function parser(args: readonly string[], end: (code: ExitCode) => void): Argv {
  return yargs([...args])
    .scriptName('completions-to-messages')
    .usage(
      '$0 [command] [paths..]\n\nMoves a repository off the Text Completions API of Anthropic onto the Messages API.',
    )
    .command(
      ['$0 [paths..]', 'migrate [paths..]'],
      'Rewrite files in place',
      (command) => migrateOptions(fileOptions(command, [...FILE_FIELDS, ...MIGRATE_FIELDS])),
      async (argv) => {
        end(await (await import('./commands/migrate.js')).migrate(withRest(argv)));
      },
    )
    .command(
      'check [paths..]',
      'Write nothing; report everything legacy that is left',
      (command) => fileOptions(command, FILE_FIELDS),
      async (argv) => {
        end(await (await import('./commands/check.js')).check(withRest(argv)));
      },
    )
    .command('serve', 'Serve the Text Completions and the Messages API on this machine', serveOptions, async (argv) => {
      end(await (await import('./commands/serve.js')).serve(argv));
    })
    .command('parity', 'Run a command before and after migration, and compare', parityOptions, async (argv) => {
      end(await (await import('./commands/parity.js')).parity(argv, afterDashes(argv)));
    })
    .command(
      'explain <code>',
      'Print the page of one finding code',
      (command) => command.positional('code', { type: 'string', demandOption: true, describe: 'Such as CTM301' }),
      async (argv) => {
        end((await import('./commands/explain.js')).explain(argv.code));
      },
    )
    .parserConfiguration({
      'populate--': true,
      'boolean-negation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'dot-notation': false,
    })
    .alias({ h: 'help', v: 'version' })
    .detectLocale(false)
    .strict()
    .recommendCommands()
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message: string | null, error: Error | undefined) => {
      if (error !== undefined && error.name !== 'YError') throw error;
      throw new UsageError(
        `${error?.message ?? message ?? 'wrong usage'}\nRun completions-to-messages --help for the usage.`,
      );
    })
    .epilogue('Exit code 0: nothing legacy is left. 1: something is left. 2: wrong usage, or the tool itself failed.');
}

/** An option that may be given again and again, each time with one value. */
const several = { type: 'string', array: true, nargs: 1, default: [] as string[], defaultDescription: 'none' } as const;

function fileOptions(command: Argv, fields: readonly ConfigField[]) {
  return command
    .positional('paths', {
      type: 'string',
      array: true,
      default: [] as string[],
      defaultDescription: '.',
      describe: 'Files, folders or globs',
    })
    .option('include', { ...several, describe: 'Only files that match this glob' })
    .option('exclude', { ...several, describe: 'No files that match this glob' })
    .option('lang', { ...several, defaultDescription: 'all', describe: 'Only these languages: ts, py' })
    .option('report', {
      ...several,
      defaultDescription: 'text',
      describe: 'FORMAT or FORMAT=FILE; formats: text, json',
    })
    .option('config', configOption(fields));
}

function migrateOptions(command: ReturnType<typeof fileOptions>) {
  return command
    .option('dry-run', { ...flag, describe: 'Write nothing; print a diff that git apply takes' })
    .option('allow-dirty', { ...flag, describe: 'Write although the git tree is dirty, or there is no git' })
    .option('safe-only', { ...flag, describe: 'Only exact edits; report what would be adjusted' })
    .option('model-map', { ...several, describe: 'OLD=NEW: the model to write for a legacy id' })
    .option('model-policy', {
      ...once('model-policy', ['parity', 'latest', 'keep']),
      default: 'parity',
      describe: 'How models are chosen',
    })
    .option('sdk', { ...once('sdk', ['0.x', '1.x']), describe: 'The SDK to write for, in place of the declared one' });
}

/** Given twice, a flag is still set; yargs would make a list of it. */
const flag = {
  type: 'boolean',
  default: false,
  coerce: (value: boolean | readonly boolean[]) => [value].flat().includes(true),
} as const;

/** An option with one value. */
function once<T extends string>(name: string, choices: readonly T[]) {
  const coerce = (value: T | readonly T[]): T => {
    if (typeof value === 'string') return value;
    throw new UsageError(`--${name} was given twice`);
  };
  return { requiresArg: true, choices, coerce } as const;
}

/** yargs takes option values from the file where the command line gives none; an error that is returned keeps its message. */
function configOption(fields: readonly ConfigField[]) {
  const configParser = (path: string): object => {
    try {
      return readConfig(path, fields);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  };
  return {
    config: true,
    configParser,
    type: 'string',
    requiresArg: true,
    describe: 'A JSON file with options',
  } as const;
}

const FILE_FIELDS: readonly ConfigField[] = ['include', 'exclude', 'lang', 'report'];
const MIGRATE_FIELDS: readonly ConfigField[] = ['safeOnly', 'modelMap', 'modelPolicy', 'sdk'];

/** Paths after `--` are paths too, even if they begin with a dash. */
function withRest<T extends { readonly paths: readonly string[] }>(argv: T): T {
  return { ...argv, paths: [...argv.paths, ...afterDashes(argv)] };
}

function afterDashes(argv: object): readonly string[] {
  const rest = (argv as { readonly '--'?: readonly (string | number)[] })['--'] ?? [];
  return rest.map(String);
}

function describe(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  if (error instanceof Error)
    return `failed, which is a bug; nothing more was written\n${error.stack ?? error.message}`;
  return String(error);
}
