import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import type { Note } from '../../src/findings/finding.js';
import type { SourceFile } from '../transform.js';
import { cellRegion, type Cell } from './cells.js';
import type { Cut, Surroundings } from './containers.js';
import { holdsLegacy, isCandidate } from './legacy.js';
import { assemble } from './program.js';
import type { Region } from './region.js';
import { CONTINUATIONS, moduleTail, tagNamed } from './tags.js';

/** A first line that makes a cell no code of the notebook's own language. */
const OTHER_LANGUAGE = /^\s*%%(?!(?:time|timeit|capture|prun|memit|debug)\b)([\w!]+)/;

/** The program of a Jupyter notebook: its cells share one scope, in the order in which they stand. */
export function programsOfNotebook(host: SourceFile, { languages, unread }: Surroundings): Cut {
  const errors: ParseError[] = [];
  const root = parseTree(host.text, errors);
  const at = (code: Note['code'], start: number, end: number, message: string): Note => ({ code, path: host.path, range: { start, end }, message });
  const [error] = errors;
  if (root?.type !== 'object' || error) return { programs: [], notes: [at('CTM901', error?.offset ?? 0, error?.offset ?? 0, 'The notebook is not JSON')] };
  const tag = tagNamed(languageOf(root));
  const language = languages.find(({ name }) => name === tag?.language);
  const own: Cell[] = [];
  const notes: Note[] = [];
  for (const cell of cellsOf(root)) {
    const source = textOf(cell);
    const isOther = OTHER_LANGUAGE.test(source) || !language;
    if (!isOther) own.push(cell);
    else if (holdsLegacy(source, unread)) {
      notes.push(at('CTM907', cell.start, cell.end, 'A cell holds the legacy API, in a language that is not migrated'));
    }
  }
  const regions = own.map((cell) => cellRegion(cell, host.text)).filter(({ text }) => text !== '');
  if (!tag || !language || regions.length === 0) return { programs: [], notes };
  const program = assemble({ path: host.path + tag.ending, host, language, kind: 'notebook' }, regions, { ...CONTINUATIONS[language.name]?.glue, tail: moduleTail(language, regions) });
  return { programs: isCandidate(program.text, language) ? [program] : [], notes };
}

function languageOf(root: Node): string {
  const named = [['metadata', 'kernelspec', 'language'], ['metadata', 'language_info', 'name']].map((path) => path.reduce<Node | undefined>(member, root)?.value as unknown);
  const name = named.find((value) => typeof value === 'string' && value !== '');
  return typeof name === 'string' ? name.toLowerCase() : 'python';
}

function cellsOf(root: Node): readonly Cell[] {
  // Notebooks of format 3 have their cells in sheets.
  const sheets = [root, ...(member(root, 'worksheets')?.children ?? [])];
  return sheets
    .flatMap((sheet) => member(sheet, 'cells')?.children ?? [])
    .flatMap((cell) => {
      const source = member(cell, 'source') ?? member(cell, 'input');
      if (member(cell, 'cell_type')?.value !== 'code' || !source) return [];
      const strings = source.type === 'array' ? (source.children ?? []) : [source];
      const isText = strings.length > 0 && strings.every(({ type }) => type === 'string');
      return isText ? [{ start: source.offset, end: source.offset + source.length, isList: source.type === 'array', strings }] : [];
    });
}

function textOf({ strings }: Cell): string {
  return strings.map(({ value }) => value as string).join('');
}

function member(node: Node | undefined, name: string): Node | undefined {
  return node?.children?.find(({ type, children }) => type === 'property' && children?.[0]?.value === name)?.children?.[1];
}

/** Where code stands in a notebook; nothing where it is none. */
export function regionsOfNotebook({ text }: SourceFile): readonly Region[] {
  const root = parseTree(text);
  return root ? cellsOf(root).map((cell) => cellRegion(cell, text)) : [];
}
