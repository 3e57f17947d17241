import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { Note } from '../findings/finding.js';
import { runGit, type GitOutput } from '../git/run-git.js';
import { skipNote } from './candidate.js';
import { pathFrom } from './paths.js';
import type { Scope } from './scope.js';

export interface Listing {
  /** Paths relative to the root that may be candidates, unsorted. */
  readonly paths: readonly string[];
  /** Every file in the folders in scope that is not ignored, of whatever kind; among them all manifests. */
  readonly files: readonly string[];
  /** Links, relative to the root. */
  readonly links: readonly string[];
  readonly notes: readonly Note[];
}

const NOT_INSTALLED = ':(exclude,glob)**/node_modules/**';
const NOTHING: GitOutput = { exitCode: 0, stdout: '', stderr: '' };

/**
 * Lists the files of a git working tree that hold a needle, with git's own idea of what is ignored.
 * Three processes side by side: the search; files that are ignored but tracked all the same, which the search leaves out; all names.
 * Returns the reason when git refuses.
 */
export async function listWithGit(root: string, scope: Scope): Promise<Listing | { readonly refused: string }> {
  const needles = [...new Set(scope.languages.flatMap((language) => language.needles))].flatMap((needle) => [
    '-e',
    needle,
  ]);
  const pathspecs = ['--', ...pathspecsOf(root, scope)];
  const folders = scope.folders.map((folder) => `:(literal)${pathFrom(root, folder) || '.'}`);
  const [found, tracked, listed] = await Promise.all([
    runGit(
      root,
      [
        'grep',
        '-l',
        '-z',
        '-a',
        '-F',
        '--untracked',
        '--exclude-standard',
        '--no-textconv',
        '--no-color',
        ...needles,
        ...pathspecs,
      ],
      { magicPathspecs: true },
    ),
    runGit(root, ['ls-files', '-z', '-c', '-i', '--exclude-standard', ...pathspecs], { magicPathspecs: true }),
    folders.length === 0 ? NOTHING : listNames(root, folders),
  ]);
  for (const output of [tracked, listed]) {
    if (output.exitCode !== 0) return { refused: firstLine(output) };
  }
  if (found.exitCode !== 0 && found.exitCode !== 1) return { refused: firstLine(found) };
  const entries = split(listed).map(readEntry);
  return {
    paths: [...new Set([...split(found), ...split(tracked)])],
    files: entries.map((entry) => entry.path),
    links: entries.filter((entry) => isLink(root, entry)).map((entry) => entry.path),
    notes: unreadable(found),
  };
}

function listNames(root: string, folders: readonly string[]): Promise<GitOutput> {
  return runGit(root, ['ls-files', '-z', '-s', '-c', '-o', '--exclude-standard', '--', ...folders, NOT_INSTALLED], {
    magicPathspecs: true,
  });
}

/** Every file of a git working tree that is not ignored, links left out; undefined when git refuses. */
export async function namesWithGit(root: string): Promise<readonly string[] | undefined> {
  const listed = await listNames(root, [':(literal).']);
  if (listed.exitCode !== 0) return undefined;
  return split(listed)
    .map(readEntry)
    .flatMap((entry) => (isLink(root, entry) ? [] : [entry.path]));
}

/** Which of some absolute paths git ignores. */
export async function ignoredByGit(root: string, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const inside = paths.filter((path) => path !== root);
  if (inside.length === 0) return new Set();
  // With `./`, as this command takes pathspecs, knows none of their magic, and refuses the option that turns it off.
  const relative = new Map(inside.map((path) => [`./${pathFrom(root, path)}`, path]));
  const output = await runGit(root, ['check-ignore', '-z', '--stdin'], {
    magicPathspecs: true,
    stdin: [...relative.keys()].join('\0'),
  });
  return new Set(split(output).map((path) => relative.get(path) ?? path));
}

function pathspecsOf(root: string, scope: Scope): readonly string[] {
  const extensions = scope.languages.flatMap((language) => language.extensions);
  return [
    ...scope.folders.flatMap((folder) => {
      const prefix = folder === root ? '' : `${pathFrom(root, folder).replace(/[\\*?[]/g, '\\$&')}/`;
      return extensions.map((extension) => `:(glob)${prefix}**/*${extension}`);
    }),
    ...scope.files.map((path) => `:(literal)${pathFrom(root, path)}`),
    NOT_INSTALLED,
  ];
}

interface Entry {
  readonly path: string;
  /** As git keeps it; undefined for a file that is not tracked. */
  readonly mode: string | undefined;
}

/** An entry of `git ls-files -s -o`: tracked files have a mode before a tab, others are only a path. */
function readEntry(entry: string): Entry {
  const [, mode, path] = /^(\d{6}) [\da-f]+ \d\t(.*)$/s.exec(entry) ?? [];
  return path === undefined ? { path: entry, mode: undefined } : { path, mode };
}

function isLink(root: string, { path, mode }: Entry): boolean {
  return mode === undefined
    ? lstatSync(join(root, path), { throwIfNoEntry: false })?.isSymbolicLink() === true
    : mode === '120000';
}

/** Files and folders that the search could not open; it goes on with the others. Other warnings are not about the tree. */
function unreadable(output: GitOutput): readonly Note[] {
  return output.stderr.split('\n').flatMap((line) => {
    const [, path, reason] = /^(?:error: [^']*|warning: could not open directory )'(.+?)\/?': (.+)$/.exec(line) ?? [];
    return path === undefined || reason === undefined ? [] : [skipNote('CTM902', path, `Cannot be read: ${reason}`)];
  });
}

function split(output: GitOutput): readonly string[] {
  return output.stdout.split('\0').filter((path) => path !== '');
}

function firstLine(output: GitOutput): string {
  return output.stderr.split('\n', 1)[0] ?? '';
}
