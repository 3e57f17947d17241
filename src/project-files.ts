import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { decode } from './discover/candidate.js';
import { isInside, isInstalled, slashed } from './discover/paths.js';

export interface TextFile {
  readonly text: string;
  readonly bom: boolean;
}

export interface ProjectFiles {
  /** The file at a path relative to the root, or undefined: no such file, outside of the project, installed, or not UTF-8. */
  readonly load: (path: string) => TextFile | undefined;
  /** Its text alone. */
  readonly read: (path: string) => string | undefined;
  /** The same for a file that hardly anyone asks for: it is not kept, and one of more bytes than `most` is not read. */
  readonly glance: (path: string, most: number) => string | undefined;
}

/** Reads files of a project, each once. `known` files are not read again; what stands at a path in a container is no file. */
export function projectFiles(
  root: string,
  known: readonly (TextFile & { readonly path: string })[],
  programAt: (path: string) => { readonly text: string } | undefined = () => undefined,
): ProjectFiles {
  const loaded = new Map<string, TextFile | undefined>(known.map((file) => [file.path, file]));
  const load = (path: string): TextFile | undefined => {
    const key = slashed(normalize(path));
    const program = programAt(key);
    if (program) return { text: program.text, bom: false };
    if (!loaded.has(key)) loaded.set(key, readText(root, key));
    return loaded.get(key);
  };
  const glance = (path: string, most: number): string | undefined => {
    const key = slashed(normalize(path));
    return loaded.has(key) ? loaded.get(key)?.text : readText(root, key, most)?.text;
  };
  return { load, read: (path) => load(path)?.text, glance };
}

function readText(root: string, path: string, most = Infinity): TextFile | undefined {
  const absolute = join(root, path);
  if (isInstalled(path) || !isInside(root, absolute)) return undefined;
  try {
    const stat = statSync(absolute, { throwIfNoEntry: false });
    if (stat?.isFile() !== true || stat.size > most) return undefined;
    const real = realpathSync(absolute);
    return isInside(root, real) && !isInstalled(slashed(real)) ? decode(readFileSync(real)) : undefined;
  } catch {
    return undefined;
  }
}
