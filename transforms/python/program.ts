import { posix } from 'node:path';
import { PYTHON_SDK_MODULES } from '../../src/api/python-names.js';
import type { Note } from '../../src/findings/finding.js';
import type { Project } from '../transform.js';
import { parse } from './parse.js';
import { createUnit, type Unit } from './unit.js';

/** The files of one run, and the way from an import to the file that it names. */
export interface Program {
  /** Every file that is looked through and may be edited, sorted by path. */
  readonly units: readonly Unit[];
  /** The file of the project that an import of `module` in `from` loads; undefined for what is installed. */
  readonly resolve: (module: string, from: Unit) => Unit | undefined;
  /** The texts of files that may use what the program has, and cannot be looked into: they do not parse, or hold Python among other things. */
  readonly unread: readonly string[];
  /** Files that do not parse. */
  readonly notes: readonly Note[];
}

/** Parses the candidates and those who import them; other files of the project are parsed when an import leads there. */
export function createProgram({ candidates, apart, importers, read }: Project): Program {
  const notes: Note[] = [];
  const unread: string[] = [];
  const loaded = new Map<string, Unit | undefined>();
  const load = (path: string, text: string | undefined, isTarget: boolean): Unit | undefined => {
    if (loaded.has(path)) return loaded.get(path);
    const unit = text === undefined ? undefined : parseUnit(path, text, isTarget, notes);
    loaded.set(path, unit);
    if (text !== undefined && (!unit || (!isTarget && !path.endsWith('.py')))) unread.push(text);
    return unit;
  };
  const units = [
    ...[...candidates, ...apart].map(({ path, text }) => load(path, text, true)),
    ...importers.files.map(({ path, text, isTarget }) => load(path, text, isTarget)),
  ].filter((unit) => unit !== undefined);
  return {
    units: units.sort((a, b) => (a.path < b.path ? -1 : 1)),
    unread,
    notes,
    resolve: (module, from) => {
      if (PYTHON_SDK_MODULES.has(module.split('.')[0] as string)) return undefined;
      for (const path of pathsOf(module, from.path)) {
        const known = load(path, loaded.has(path) ? undefined : read(path), false);
        if (known && known !== from) return known;
      }
      return undefined;
    },
  };
}

function parseUnit(path: string, text: string, isTarget: boolean, notes: Note[]): Unit | undefined {
  const { root, error } = parse(text);
  if (error === undefined) return createUnit(path, text, root, isTarget);
  if (isTarget) {
    const { line } = lineOf(text, error.start);
    notes.push({
      code: 'CTM901',
      path,
      range: error,
      message: `This file does not parse as Python 3 (line ${String(line)}); nothing in it was migrated.`,
    });
  }
  return undefined;
}

function lineOf(text: string, offset: number): { readonly line: number } {
  return { line: text.slice(0, offset).split('\n').length };
}

/**
 * The paths that a module may stand at, the likeliest first. An absolute name is looked for beside the file, then in
 * each folder above it, and in a `src` there: where a program's path begins is not written in its sources.
 */
function pathsOf(module: string, from: string): readonly string[] {
  const dots = /^\.+/.exec(module)?.[0].length ?? 0;
  const rest = module.slice(dots).split('.').filter(Boolean).join('/');
  const folder = posix.dirname(from);
  if (dots > 0) {
    const base = posix.join(folder, ...Array.from({ length: dots - 1 }, () => '..'));
    return base.startsWith('..') ? [] : asModule(posix.join(base, rest));
  }
  const bases: string[] = [];
  for (let at = folder; ; at = posix.dirname(at)) {
    bases.push(at, posix.join(at, 'src'));
    if (at === '.' || at === '/') break;
  }
  return bases.flatMap((base) => asModule(posix.join(base, rest)));
}

function asModule(path: string): readonly string[] {
  return [`${path}.py`, posix.join(path, '__init__.py')];
}
