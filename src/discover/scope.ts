import picomatch from 'picomatch';
import type { ContainerEntry, LanguageEntry, UnreadEntry } from '../../transforms/transform.js';
import { isInside, isInstalled, pathFrom } from './paths.js';
import type { Targets } from './targets.js';

/** Files that hold code of other languages, and the byte strings without which none of it can be legacy. */
export interface HostKind extends ContainerEntry {
  readonly kind: 'host';
  readonly needles: readonly string[];
}

/** A language that a transform reads, files that hold code of such, or files that nobody reads. */
export type FileKind = LanguageEntry | HostKind | UnreadEntry;

/** Which files of a project may be candidates, by their paths alone. */
export interface Scope {
  readonly languages: readonly FileKind[];
  /** Absolute folders that hold everything in scope, and none that another of them holds. */
  readonly folders: readonly string[];
  /** Absolute paths of files that were named one by one. */
  readonly files: readonly string[];
  /** The language of an absolute path, or undefined for a path out of scope. */
  readonly languageOf: (path: string) => FileKind | undefined;
}

export interface Filters {
  /** Globs; a path must match one of them, if there are any. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** The scope that targets and filters describe. Filters are relative to `cwd`; one without a slash matches names at any depth. */
export function makeScope(targets: Targets, filters: Filters, cwd: string, languages: readonly FileKind[]): Scope {
  const folders = targets.paths.filter((path) => path.isFolder).map((path) => path.real);
  const files = targets.paths.filter((path) => !path.isFolder).map((path) => path.real);
  const named = new Set(files);
  const included = filters.include.map((glob) => matcher(glob, cwd));
  const excluded = filters.exclude.map((glob) => matcher(glob, cwd));
  const isTarget = (path: string) =>
    named.has(path) ||
    folders.some((folder) => isInside(folder, path)) ||
    targets.globs.some((glob) => isInside(glob.folder, path) && glob.matches(pathFrom(glob.folder, path)));
  return {
    languages,
    folders: outermost([...folders, ...targets.globs.map((glob) => glob.folder)]),
    files,
    languageOf: (path) => {
      const language = languages.find(({ extensions }) => extensions.some((extension) => path.endsWith(extension)));
      if (language === undefined || isInstalled(path) || !isTarget(path)) return undefined;
      if (excluded.some((matches) => matches(path))) return undefined;
      return included.length === 0 || included.some((matches) => matches(path)) ? language : undefined;
    },
  };
}

function outermost(folders: readonly string[]): readonly string[] {
  const distinct = [...new Set(folders)];
  return distinct.filter((folder) => !distinct.some((other) => other !== folder && isInside(other, folder)));
}

/** Matches absolute paths by a glob that also takes everything in a folder that it names. */
function matcher(glob: string, cwd: string): (path: string) => boolean {
  const pattern = glob.replace(/^\.\//, '').replace(/\/+$/, '');
  const anywhere = pattern.includes('/') ? pattern : `**/${pattern}`;
  const matches = picomatch([anywhere, `${anywhere}/**`], { dot: true });
  return (path) => matches(pathFrom(cwd, path));
}
