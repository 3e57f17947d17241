import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Importer, Importers, Importing, LanguageEntry, SourceFile } from '../../transforms/transform.js';
import { decode } from './candidate.js';
import { whyGenerated } from './generated.js';

export interface ImporterSearch {
  /** Absolute. */
  readonly root: string;
  /** Every path of the project that is not ignored. */
  readonly paths: readonly string[];
  readonly candidates: readonly SourceFile[];
  readonly read: (path: string) => string | undefined;
  /** The programs of the language that a component holds; undefined for files that are none. */
  readonly programsIn?: ((path: string, text: string) => readonly SourceFile[] | undefined) | undefined;
  /** Whether a path is among those that were asked for. */
  readonly isTarget: (path: string) => boolean;
}

/** More files than this are not followed: then nobody knows all who import a candidate. */
const MOST = 400;
const NONE: Importers = { files: [], reach: 'unknown' };

/**
 * The files that may import a candidate, directly or through each other, told from their text: no parser is loaded for
 * it. They hold nothing legacy, but may call what the candidates export.
 */
export function findImporters({ extensions }: LanguageEntry, importing: Importing, search: ImporterSearch): Importers {
  if (search.candidates.length === 0) return { files: [], reach: 'all' };
  const known = new Set(search.candidates.map(({ path }) => path));
  const others = search.paths.filter((path) => !known.has(path) && !/(?:^|\/)node_modules\//.test(path));
  const readable = others.flatMap((path) => {
    const isOwn = extensions.some((extension) => path.endsWith(extension));
    if (!isOwn && !importing.hosts.some((ending) => path.endsWith(ending))) return [];
    const text = readText(join(search.root, path));
    if (text === undefined) return [];
    const programs = isOwn ? undefined : search.programsIn?.(path, text);
    return (programs ?? [{ path, text }])
      .filter((file) => !known.has(file.path))
      .map((file): Readable => ({
        path: file.path,
        file: path,
        isOwn: isOwn || programs !== undefined,
        isReexporting: importing.isReexporting(file.text),
        named: namedBy(file.path, file.text, importing),
      }));
  });
  const all = reached(readable, search, importing, () => true);
  const found = all ?? reached(readable, search, importing, ({ isReexporting }) => isReexporting);
  if (found === undefined) return NONE;
  const files = found.map(({ path, file, isOwn }): Importer => {
    const isTarget = isOwn && search.isTarget(file) && whyGenerated(file, search.read(file) ?? '') === undefined;
    return { path, text: search.read(path) ?? '', isTarget };
  });
  return { files, reach: all === undefined ? 'direct' : 'all' };
}

/** What a file imports: paths of the project without their endings, and what names of other modules end in. */
export interface Named {
  readonly paths: readonly string[];
  readonly names: readonly string[];
}

interface Readable {
  readonly path: string;
  /** The file that it is, or that it stands in. */
  readonly file: string;
  /** Whether it is code of the language itself. */
  readonly isOwn: boolean;
  readonly isReexporting: boolean;
  readonly named: Named;
}

export function namedBy(path: string, text: string, { specifiersIn, isRelative, withoutEnding }: Importing): Named {
  const specifiers = specifiersIn(text);
  const relative = specifiers.filter(isRelative);
  const others = specifiers.filter((specifier) => !isRelative(specifier));
  return {
    paths: relative.map((specifier) => withoutEnding(posix.join(posix.dirname(path), specifier).replace(/\/$/, ''))),
    names: others.flatMap((specifier) => [
      posix.basename(withoutEnding(specifier)),
      posix.basename(packageOf(specifier)),
    ]),
  };
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The files that lead to a candidate; `goesOn` tells whose own importers are asked for too. Undefined for too many. */
function reached(
  readable: readonly Readable[],
  { candidates, read }: ImporterSearch,
  { pathsOf, namesOf }: Importing,
  goesOn: (file: Readable) => boolean,
): readonly Readable[] | undefined {
  const paths = new Set<string>();
  const names = new Set<string>();
  const add = (path: string): void => {
    for (const each of pathsOf(path)) paths.add(each);
    for (const each of namesOf(path, read)) names.add(each);
  };
  for (const { path } of candidates) add(path);
  const found = new Set<Readable>();
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const file of readable) {
      if (found.has(file)) continue;
      const isNamed =
        file.named.paths.some((path) => paths.has(path)) || file.named.names.some((name) => names.has(name));
      if (!isNamed) continue;
      found.add(file);
      if (found.size > MOST) return undefined;
      if (goesOn(file)) add(file.path);
    }
  }
  return [...found].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function readText(path: string): string | undefined {
  try {
    return decode(readFileSync(path))?.text;
  } catch {
    return undefined;
  }
}
