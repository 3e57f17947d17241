import type { Importer, Importing, LanguageEntry } from '../../transforms/transform.js';
import { whyGenerated } from './generated.js';
import { namedBy, type ImporterSearch } from './importers.js';

/** The files that candidates import, or that tests load unasked, and that may read what a call gives, or say what a wrapper takes, although they hold nothing legacy themselves. */
export function findReaders(
  { extensions }: LanguageEntry,
  importing: Importing,
  search: ImporterSearch,
): readonly Importer[] {
  const named = search.candidates.map(({ path, text }) => namedBy(path, text, importing));
  const paths = new Set(named.flatMap((each) => each.paths));
  const names = new Set(named.flatMap((each) => each.names));
  const known = new Set(search.candidates.map(({ path }) => path));
  return search.paths.flatMap((path): readonly Importer[] => {
    if (
      known.has(path) ||
      !extensions.some((extension) => path.endsWith(extension)) ||
      /(?:^|\/)node_modules\//.test(path)
    )
      return [];
    const isNamed =
      importing.pathsOf(path).some((each) => paths.has(each)) ||
      names.has(lastName(path, importing)) ||
      importing.isLoadedUnasked?.(path) === true;
    const text = isNamed ? search.read(path) : undefined;
    if (text === undefined || !importing.mayRead(text)) return [];
    return [{ path, text, isTarget: search.isTarget(path) && whyGenerated(path, text) === undefined }];
  });
}

/** What an alias that leads to a file ends in. */
function lastName(path: string, { pathsOf }: Importing): string {
  const stem = pathsOf(path).at(-1) ?? path;
  return stem.slice(stem.lastIndexOf('/') + 1);
}
