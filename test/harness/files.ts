import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** Text files by their path relative to a root, with forward slashes. */
export type Files = ReadonlyMap<string, string>;

/** Every file under a folder; none if there is no such folder. */
export function readTree(root: string): Files {
  if (!existsSync(root)) return new Map();
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(paths.map((path) => [relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8')]));
}

/** Makes a folder hold these files and nothing else; no files, no folder. */
export function replaceTree(root: string, files: Files): void {
  rmSync(root, { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** The same files with every line ended as Windows does. */
export function withCrlf(files: Files): Files {
  return mapFiles(files, (text) => text.replace(/\r?\n/g, '\r\n'));
}

const CODE = /\.(?:[cm]?[jt]sx?|py|vue|svelte|astro|mdx?|ipynb)$/;

/** The same files, those that hold code with a byte order mark. */
export function withBom(files: Files): Files {
  return mapFiles(files, (text, path) => (CODE.test(path) ? `\uFEFF${text}` : text));
}

/** One tree laid over another. */
export function overlay(below: Files, above: Files): Files {
  return new Map([...below, ...above]);
}

function mapFiles(files: Files, change: (text: string, path: string) => string): Files {
  return new Map([...files].map(([path, text]) => [path, change(text, path)]));
}
