import type { Importer, Importing, SourceFile } from '../../transforms/transform.js';
import { namedBy } from './importers.js';

/** Candidates by whether they have to do with a call, each part in the order of the candidates. */
export interface ByNearness {
  readonly near: readonly SourceFile[];
  readonly apart: readonly SourceFile[];
}

/**
 * Which candidates hold a call, or import one that does; told from their texts, and rather too often than not often enough.
 * `importers` are all files that lead to a call as far as they were found: a candidate that names a call's file counts too.
 */
export function byNearness(
  candidates: readonly SourceFile[],
  importers: readonly Importer[],
  importing: Importing,
  read: (path: string) => string | undefined,
): ByNearness {
  const calling = candidates.filter(({ text }) => importing.mayCall(text));
  const leading = new Set([...calling, ...importers].map(({ path }) => path));
  const paths = new Set(calling.flatMap(({ path }) => importing.pathsOf(path)));
  const names = new Set(calling.flatMap(({ path }) => importing.namesOf(path, read)));
  const isNear = ({ path, text }: SourceFile): boolean => {
    if (leading.has(path)) return true;
    const named = namedBy(path, text, importing);
    return named.paths.some((each) => paths.has(each)) || named.names.some((each) => names.has(each));
  };
  const near = new Set(calling.length === 0 ? [] : candidates.filter(isNear));
  return { near: candidates.filter((file) => near.has(file)), apart: candidates.filter((file) => !near.has(file)) };
}
