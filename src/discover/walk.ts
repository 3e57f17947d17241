import { readFileSync, readdirSync, type Dirent } from 'node:fs';
import { dirname, join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { skipNote } from './candidate.js';
import type { Listing } from './git-candidates.js';
import { pathFrom } from './paths.js';
import type { Scope } from './scope.js';

/** The rules of one `.gitignore`. */
interface Rules {
  readonly folder: string;
  readonly ignore: Ignore;
}

const NEVER = new Set(['node_modules', '.git', '.hg', '.svn']);

/** Lists the files in scope without git; `.gitignore` files from the root down count as they do in git. */
export function listByWalking(root: string, scope: Scope): Listing {
  const files: string[] = [];
  const links: string[] = [];
  const notes: Listing['notes'][number][] = [];

  const enter = (folder: string, above: readonly Rules[]): void => {
    let entries: readonly Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      if (!isGone(error))
        notes.push(
          skipNote(
            'CTM902',
            pathFrom(root, folder),
            `Cannot be read: ${error instanceof Error ? error.message : String(error)}`,
          ),
        );
      return;
    }
    const rules = [...rulesIn(folder), ...above];
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (NEVER.has(entry.name) || isIgnored(path, entry.isDirectory(), rules)) continue;
      if (entry.isDirectory()) enter(path, rules);
      else if (entry.isSymbolicLink()) links.push(pathFrom(root, path));
      else if (entry.isFile()) files.push(pathFrom(root, path));
    }
  };

  for (const folder of scope.folders) enter(folder, rulesAbove(root, folder));
  for (const file of scope.files) {
    if (!isIgnored(file, false, rulesAbove(root, file))) files.push(pathFrom(root, file));
  }
  const paths = [...new Set(files)].filter((path) => scope.languageOf(join(root, path)) !== undefined);
  return { paths, files, links, notes };
}

/** Whether something vanished while it was looked at. */
function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** The rules of the folders from the root down to the one that holds `path`, nearest first. */
function rulesAbove(root: string, path: string): readonly Rules[] {
  if (path === root) return [];
  const folder = dirname(path);
  return [...rulesIn(folder), ...(folder === dirname(folder) ? [] : rulesAbove(root, folder))];
}

function rulesIn(folder: string): readonly Rules[] {
  try {
    return [{ folder, ignore: ignore().add(readFileSync(join(folder, '.gitignore'), 'utf8')) }];
  } catch {
    return [];
  }
}

/** The nearest rules that say anything of a path decide. */
function isIgnored(path: string, isFolder: boolean, rules: readonly Rules[]): boolean {
  for (const { folder, ignore: matcher } of rules) {
    const { ignored, unignored } = matcher.test(pathFrom(folder, path) + (isFolder ? '/' : ''));
    if (ignored || unignored) return ignored;
  }
  return false;
}
