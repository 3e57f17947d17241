import { posix } from 'node:path';
import { parse as parseJsonc } from 'jsonc-parser';
import { ts } from '../ts.js';
import type { Analysis } from '../analyse.js';
import { projectPath } from '../program.js';
import { sourceOf } from '../resolve-import.js';
import { exportsOf } from './modules.js';

/** Whether programs outside of the repository may use a function or a constant: its package is for others, and hands it out. */
export function isPublished(declared: ts.Node, { view: { checker, files }, read }: Analysis): boolean {
  const entries = entriesOf(projectPath(declared.getSourceFile()) ?? '', read);
  return entries.some((entry) => {
    if (entry === undefined) return true;
    const file = files.get(entry);
    const module = file && checker.getSymbolAtLocation(file);
    if (!file) return false;
    if (!module || ts.isMethodDeclaration(declared) || ts.isPropertyAssignment(declared.parent)) return true;
    const symbol = checker.getSymbolAtLocation(nameOf(declared));
    return symbol === undefined || exportsOf(module, checker).includes(symbol);
  });
}

function nameOf(declared: ts.Node): ts.Node {
  const holder = ts.isArrowFunction(declared) || ts.isFunctionExpression(declared) ? declared.parent : declared;
  return ts.getNameOfDeclaration(holder as ts.Declaration) ?? declared;
}

type Read = (path: string) => string | undefined;

/** The files by which the nearest package is imported; undefined for one whose source is not found. None for a private package. */
function entriesOf(path: string, read: Read): readonly (string | undefined)[] {
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    const text = read(posix.join(folder, 'package.json'));
    if (text !== undefined) {
      const manifest: unknown = parseJsonc(text);
      return isRecord(manifest) ? entriesIn(manifest, folder, read) : [];
    }
    if (folder === '.' || folder === '/') return [];
  }
}

function entriesIn(
  manifest: Readonly<Record<string, unknown>>,
  folder: string,
  read: Read,
): readonly (string | undefined)[] {
  if (manifest['private'] === true || typeof manifest['name'] !== 'string') return [];
  const named = ['main', 'module', 'types', 'typings', 'browser', 'exports'].flatMap((key) => stringsIn(manifest[key]));
  const paths = named.filter((entry) => !/\.(json|css)$/.test(entry));
  return [...new Set(paths.map((entry) => (entry.includes('*') ? undefined : sourceOf(folder, entry, read))))];
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return isRecord(value) ? Object.values(value).flatMap(stringsIn) : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
