import type { Importers, LanguageEntry } from '../../transforms/transform.js';
import { findImporters, type ImporterSearch } from './importers.js';
import { byNearness, type ByNearness } from './near.js';

export interface Neighbourhood extends ByNearness {
  /** Files that are no candidates, and may import one that has to do with a call. */
  readonly importers: Importers;
}

/** The candidates by whether they have to do with a call, and who imports those that do. */
export async function neighbourhood(language: LanguageEntry, search: ImporterSearch): Promise<Neighbourhood> {
  const { candidates, read } = search;
  const importing = await language.importing?.();
  if (importing === undefined) return { near: candidates, apart: [], importers: { files: [], reach: 'unknown' } };
  const calling = candidates.filter(({ text }) => importing.mayCall(text));
  const found = findImporters(language, importing, { ...search, candidates: calling });
  const { near, apart } = byNearness(candidates, found.files, importing, read);
  const known = new Set(near.map(({ path }) => path));
  return { near, apart, importers: { ...found, files: found.files.filter(({ path }) => !known.has(path)) } };
}
