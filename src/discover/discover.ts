import { readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import type { Note } from '../findings/finding.js';
import type { ContainerEntry, LanguageEntry, UnreadEntry } from '../../transforms/transform.js';
import { readCandidate, skipNote, type Candidate, type Host } from './candidate.js';
import { ignoredByGit, listWithGit, namesWithGit, type Listing } from './git-candidates.js';
import { isInside, isInstalled, pathFrom } from './paths.js';
import { findRoot, type Root } from './root.js';
import { makeScope, type FileKind, type Filters, type Scope } from './scope.js';
import { readTargets, type NamedPath, type Targets } from './targets.js';

export interface DiscoverOptions extends Filters {
  /** Files, folders and globs as they were typed; none means the current folder. */
  readonly paths: readonly string[];
  /** Absolute and free of links. */
  readonly cwd: string;
  readonly languages: readonly LanguageEntry[];
  /** Files that hold code of these languages. */
  readonly containers?: ContainerEntry | undefined;
  /** Files in which the legacy API is only to be found. */
  readonly unread?: readonly UnreadEntry[];
}

export interface Discovery {
  readonly root: Root;
  /** Sorted by path. */
  readonly candidates: readonly Candidate[];
  /** Containers that may hold candidates. Sorted by path. */
  readonly hosts: readonly Host[];
  /** Paths among which every manifest is that can govern a candidate. */
  readonly files: readonly string[];
  /** Files that were not looked at, and why. */
  readonly notes: readonly Note[];
  /** Sentences about the path arguments themselves. */
  readonly notices: readonly string[];
  /** Every path of the project that is not ignored, whatever was asked for. */
  readonly everyPath: () => Promise<readonly string[]>;
  /** Whether a path of the project is among those that were asked for. */
  readonly isTarget: (path: string) => boolean;
}

/** The targets and the project that they belong to. Throws UsageError for paths that do not exist or do not belong together. */
export function locate(options: Pick<DiscoverOptions, 'paths' | 'cwd'>): {
  readonly targets: Targets;
  readonly root: Root;
} {
  const targets = readTargets(options.paths, options.cwd);
  return { targets, root: findRoot(targets, options.cwd) };
}

/** Finds the files that hold something legacy, by their bytes, before any parser is loaded. Throws as `locate` does. */
export async function discover(options: DiscoverOptions): Promise<Discovery> {
  const { targets, root } = locate(options);
  const outside = targets.paths.filter((path) => !isInside(root.folder, path.real));
  const named = targets.paths.filter((path) => !outside.includes(path));
  const scope = makeScope({ ...targets, paths: named }, options, options.cwd, kindsOf(options));
  const listing = await list(root, scope);
  const notices = [...listing.notices, ...(await oddities(root, named, scope))];

  const candidates: Candidate[] = [];
  const hosts: Host[] = [];
  const notes: Note[] = [
    ...listing.notes,
    ...outside.map((path) => leaving(root, path.location)),
    ...listing.links.flatMap((link) => (leaves(root, link, scope) ? [leaving(root, join(root.folder, link))] : [])),
  ];
  for (const path of [...listing.paths].sort()) {
    const language = scope.languageOf(join(root.folder, path));
    if (language === undefined) continue;
    const read = readCandidate(root.folder, path, language);
    if (read.kind === 'candidate') candidates.push(read.candidate);
    if (read.kind === 'host') hosts.push(read.host);
    if (read.kind === 'skipped') notes.push(read.note);
  }
  const files = [...listing.files, ...filesAbove(root.folder, [...scope.folders, ...scope.files])];
  let every: Promise<readonly string[]> | undefined;
  return {
    root,
    candidates,
    hosts,
    files: [...new Set(files)],
    notes,
    notices,
    everyPath: () =>
      (every ??= scope.folders.includes(root.folder) ? Promise.resolve(listing.files) : listEverything(root)),
    isTarget: (path) => scope.languageOf(join(root.folder, path)) !== undefined,
  };
}

/** Containers hold whatever is looked for elsewhere. */
function kindsOf({ languages, containers, unread = [] }: DiscoverOptions): readonly FileKind[] {
  const needles = [...new Set([...languages, ...unread].flatMap((kind) => kind.needles))];
  return [...languages, ...(containers ? [{ ...containers, kind: 'host', needles } as const] : []), ...unread];
}

async function list(root: Root, scope: Scope): Promise<Listing & { readonly notices: readonly string[] }> {
  if (scope.folders.length === 0 && scope.files.length === 0)
    return { paths: [], files: [], links: [], notes: [], notices: [] };
  if (!root.git) return { ...(await walk(root, scope)), notices: [] };
  const listing = await listWithGit(root.folder, scope);
  if (!('refused' in listing)) return { ...listing, notices: [] };
  return {
    ...(await walk(root, scope)),
    notices: [`git cannot be used here (${listing.refused}); the folders were walked`],
  };
}

async function listEverything(root: Root): Promise<readonly string[]> {
  const listed = root.git ? await namesWithGit(root.folder) : undefined;
  const whole: Scope = { languages: [], folders: [root.folder], files: [], languageOf: () => undefined };
  return listed ?? (await walk(root, whole)).files;
}

/** The files of the folders that some paths are in, up to the root. */
function filesAbove(root: string, paths: readonly string[]): readonly string[] {
  const above = new Set<string>();
  for (const path of paths) {
    for (let folder = path; folder !== root && isInside(root, folder);) {
      folder = dirname(folder);
      above.add(folder);
    }
  }
  return [...above].flatMap((folder) => readdirSync(folder).map((name) => pathFrom(root, join(folder, name))));
}

async function walk(root: Root, scope: Scope): Promise<Listing> {
  const { listByWalking } = await import('./walk.js');
  return listByWalking(root.folder, scope);
}

/** What was named but is not looked at. */
async function oddities(root: Root, named: readonly NamedPath[], scope: Scope): Promise<readonly string[]> {
  const ignored = root.git
    ? await ignoredByGit(
        root.folder,
        named.map((path) => path.real),
      )
    : new Set<string>();
  return named.flatMap(({ arg, real, isFolder }) => {
    if (isInstalled(pathFrom(root.folder, real))) return [`${arg} is not looked at: node_modules is never read`];
    if (ignored.has(real)) return [`${arg} is not looked at: git ignores it`];
    if (
      !isFolder &&
      scope.languages.every(({ extensions }) => !extensions.some((extension) => real.endsWith(extension)))
    ) {
      return [`${arg} is not looked at: ${extname(real) || 'its name'} belongs to none of the languages asked for`];
    }
    return [];
  });
}

/** Whether a link leads out of the tree to something that would be looked at in it. */
function leaves(root: Root, link: string, scope: Scope): boolean {
  try {
    const real = realpathSync(join(root.folder, link));
    if (isInside(root.folder, real) || isInstalled(link)) return false;
    return statSync(real).isDirectory() || scope.languageOf(join(root.folder, link)) !== undefined;
  } catch {
    return false;
  }
}

function leaving(root: Root, link: string): Note {
  const target = resolve(join(link, '..'), readlinkSync(link));
  return skipNote('CTM904', pathFrom(root.folder, link), `Not followed: it leads to ${target}, outside of the project`);
}
