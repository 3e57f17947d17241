import { spawn } from 'node:child_process';
import { devNull } from 'node:os';

export interface GitOutput {
  /** null when git could not be started. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * What a repository's own configuration could start, switched off: monitors and hooks, programs behind a bare repository
 * hidden in the tree, and (with GIT_ALLOW_PROTOCOL) any transport that a partial clone would fetch objects through.
 */
const HARMLESS = [
  '--no-pager',
  '--literal-pathspecs',
  '-c',
  'core.fsmonitor=false',
  '-c',
  `core.hooksPath=${devNull}`,
  '-c',
  'safe.bareRepository=explicit',
  '-c',
  'submodule.recurse=false',
] as const;

export interface GitOptions {
  /** Settings for this run, as name and value. */
  readonly config?: readonly (readonly [string, string])[];
  /** Pathspecs with magic, which are literal otherwise. */
  readonly magicPathspecs?: boolean;
  readonly stdin?: string;
}

/** Runs git in a folder, reading only, so that neither the repository's configuration nor its attributes start a program. */
export function runGit(folder: string, args: readonly string[], options: GitOptions = {}): Promise<GitOutput> {
  const harmless = options.magicPathspecs === true ? HARMLESS.filter((arg) => arg !== '--literal-pathspecs') : HARMLESS;
  return new Promise((resolve) => {
    const child = spawn('git', [...harmless, ...args], {
      cwd: folder,
      env: environment(options.config ?? []),
      windowsHide: true,
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (error) => {
      resolve({ exitCode: null, stdout: '', stderr: error.message });
    });
    child.on('close', (exitCode) => {
      resolve({ exitCode, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    });
    child.stdin.on('error', () => {
      /* git ended before it read everything; its exit code tells. */
    });
    child.stdin.end(options.stdin ?? '');
  });
}

/**
 * The caller's environment without what points git at another repository, and with what keeps it quiet.
 * Settings travel here because `-c` cannot name a setting that has `=` in its name.
 */
function environment(config: readonly (readonly [string, string])[]): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('GIT_') || name.startsWith('GIT_CONFIG_'),
  );
  const first = Number(process.env['GIT_CONFIG_COUNT'] ?? 0);
  const settings = config.flatMap(([name, value], i): [string, string][] => [
    [`GIT_CONFIG_KEY_${first + i}`, name],
    [`GIT_CONFIG_VALUE_${first + i}`, value],
  ]);
  return {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(settings),
    GIT_CONFIG_COUNT: String(first + config.length),
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
  };
}
