import { posix } from 'node:path';
import type { Project } from '../transform.js';
import type { Unit } from './unit.js';

const MODULE = 'text_completions';

/** The outermost folder of the package that a file is a module of; undefined for one that is, or may be, run by itself. */
export function packageOf({ path, text }: Unit, { read, isAlone }: Project): string | undefined {
  const folder = posix.dirname(path);
  const isPackage = (at: string): boolean =>
    at !== '.' && at !== '/' && read(posix.join(at, '__init__.py')) !== undefined;
  if (!isPackage(folder) || isAlone(path) || isScript(text) || importsBeside(folder, text, read)) return undefined;
  let root = folder;
  while (isPackage(posix.dirname(root))) root = posix.dirname(root);
  return root;
}

function isScript(text: string): boolean {
  return text.startsWith('#!') || /^if\s+__name__\s*==/m.test(text);
}

/** Whether a file names modules of its folder as if they stood at the root of the path: then it is no package for it. */
function importsBeside(folder: string, text: string, read: Project['read']): boolean {
  const modules = [...text.matchAll(/^[ \t]*(?:from|import)[ \t]+(\w+)/gm)].map((match) => match[1] as string);
  return modules.some((module) => read(posix.join(folder, `${module}.py`)) !== undefined);
}

/** Nearest to the root first, by path on a tie. */
export function byDepth(a: Unit, b: Unit): number {
  return a.path.split('/').length - b.path.split('/').length || (a.path < b.path ? -1 : 1);
}

/** The module beside the file nearest to the root; its name has a number where the plain one is taken by something else. */
export function modulePath(units: readonly Unit[], { read }: Project): string {
  const [first] = [...units].sort(byDepth);
  const folder = posix.dirname((first as Unit).path);
  for (let number = 1; ; number += 1) {
    const path = posix.join(folder, `${MODULE}${number === 1 ? '' : `_${String(number)}`}.py`);
    if (read(path) === undefined) return path;
  }
}

/** How a file of the same package names a module: `.text_completions`, `..llms.text_completions`. */
export function moduleName({ path }: Unit, module: string): string {
  const steps = posix.relative(posix.dirname(path), module.replace(/\.py$/, '')).split('/');
  const up = steps.filter((step) => step === '..').length;
  return '.'.repeat(up + 1) + steps.slice(up).join('.');
}
