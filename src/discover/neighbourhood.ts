import type { Importers, Importing, LanguageEntry, Project, SourceFile } from '../../transforms/transform.js';
import { findImporters, type ImporterSearch } from './importers.js';
import { findReaders } from './readers.js';
import { byNearness, type ByNearness } from './near.js';

export interface Neighbourhood extends ByNearness {
  /** Files that are no candidates, and may import one that has to do with a call, or read what it gives. */
  readonly importers: Importers;
}

/** The candidates by whether they have to do with a call, and who imports those that do. */
export async function neighbourhood(language: LanguageEntry, search: ImporterSearch): Promise<Neighbourhood> {
  const { candidates, read } = search;
  const importing = await language.importing?.();
  if (importing === undefined) return { near: candidates, apart: [], importers: { files: [], reach: 'unknown' } };
  const calling = candidates.filter(({ text }) => importing.mayCall(text));
  const found = withReaders(language, importing, { ...search, candidates: calling });
  const { near, apart } = byNearness(candidates, found.files, importing, read);
  const known = new Set(near.map(({ path }) => path));
  return { near, apart, importers: { ...found, files: found.files.filter(({ path }) => !known.has(path)) } };
}

/** Who imports the calls, and the files that they import to read their answers, with whoever else imports these. */
function withReaders(language: LanguageEntry, importing: Importing, search: ImporterSearch): Importers {
  const alone = findImporters(language, importing, search);
  const readers = findReaders(language, importing, search);
  if (readers.length === 0) return alone;
  const { files, reach } = findImporters(language, importing, {
    ...search,
    candidates: [...search.candidates, ...readers],
  });
  // Too many use these files: the calls are better known without them.
  if (reach !== alone.reach) return alone;
  return { reach, files: [...readers, ...files].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** The same for candidates that no file imports, and that import none. */
export async function neighbourless(
  language: LanguageEntry,
  candidates: readonly SourceFile[],
): Promise<Pick<Project, 'candidates' | 'apart' | 'importers'>> {
  const importing = await language.importing?.();
  const mayCall = ({ text }: SourceFile): boolean => importing?.mayCall(text) ?? true;
  const calling = candidates.filter(mayCall);
  return {
    candidates: calling,
    apart: candidates.filter((file) => !calling.includes(file)),
    importers: { files: [], reach: 'all' },
  };
}
