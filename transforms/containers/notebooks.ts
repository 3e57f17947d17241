import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import type { Range } from '../../src/edits/edit.js';
import type { Note } from '../../src/findings/finding.js';
import type { SourceFile } from '../transform.js';
import { cellRegion, type Cell } from './cells.js';
import type { Cut, Surroundings } from './containers.js';
import { isOtherLanguage } from './ipython.js';
import { holdsLegacy, isCandidate, mayCall } from './legacy.js';
import { assemble } from './program.js';
import type { Region } from './region.js';
import { CONTINUATIONS, moduleTail, tagNamed, type Tag } from './tags.js';

/**
 * The program of a Jupyter notebook: its cells share one scope, in the order in which they stand. A cell that does not parse
 * is left out, and told where it may have to do with a call.
 */
export async function programsOfNotebook(host: SourceFile, { languages, unread }: Surroundings): Promise<Cut> {
  const errors: ParseError[] = [];
  const root = parseTree(host.text, errors);
  const at = ({ start, end }: Range, code: Note['code'], message: string): Note => ({
    code,
    path: host.path,
    range: { start, end },
    message,
  });
  const [{ offset } = { offset: 0 }] = errors;
  if (root?.type !== 'object' || errors.length > 0)
    return { programs: [], notes: [at({ start: offset, end: offset }, 'CTM901', 'The notebook is not JSON')] };
  const tag = tagNamed(languageOf(root));
  const language = languages.find(({ name }) => name === tag?.language);
  const cells = cellsOf(root);
  const others = cells.filter((cell) => !language || isOtherLanguage(sourceOf(cell)));
  const notes = others
    .filter((cell) => holdsLegacy(sourceOf(cell), unread))
    .map((cell) => at(cell, 'CTM907', `Cell ${cell.number} holds the legacy API, in a language that is not migrated`));
  if (!tag || !language) return { programs: [], notes };
  const own = cells
    .filter((cell) => !others.includes(cell))
    .map((cell) => ({ cell, region: regionOf(cell, host, tag) }));
  const path = host.path + tag.ending;
  if (!own.some(({ region }) => isCandidate(region.text, language))) return { programs: [], notes };
  const transform = await language.load();
  const whole = own.filter(({ region }) => transform.parses({ path, text: region.text }));
  const importing = await language.importing?.();
  const broken = own
    .filter(
      (each) =>
        !whole.includes(each) &&
        [importing?.mayCall, importing?.mayRead].some((may) => may?.(each.region.text) ?? true),
    )
    .map(({ cell }) => at(cell, 'CTM901', `Cell ${cell.number} does not parse`));
  const regions = whole.map(({ region }) => region).filter(({ text }) => text !== '');
  if (regions.length === 0) return { programs: [], notes };
  const program = assemble({ path, host, language, kind: 'notebook' }, regions, {
    ...CONTINUATIONS[language.name]?.glue,
    tail: moduleTail(language, regions),
  });
  const isCalling = (await Promise.all(own.map(({ region }) => mayCall(region.text, language)))).includes(true);
  return { programs: [program], notes: [...notes, ...(isCalling ? broken : [])] };
}

/** Where code stands in a notebook; nothing where it is none. */
export function regionsOfNotebook(host: SourceFile): readonly Region[] {
  const root = parseTree(host.text);
  const tag = root && tagNamed(languageOf(root));
  return root && tag ? cellsOf(root).map((cell) => regionOf(cell, host, tag)) : [];
}

function regionOf(cell: Cell, { text }: SourceFile, { language }: Tag): Region {
  return cellRegion(cell, text, language === 'py');
}

function languageOf(root: Node): string {
  const named = [
    ['metadata', 'kernelspec', 'language'],
    ['metadata', 'language_info', 'name'],
  ].map((path) => path.reduce<Node | undefined>(member, root)?.value as unknown);
  const name = named.find((value) => typeof value === 'string' && value !== '');
  return typeof name === 'string' ? name.toLowerCase() : 'python';
}

function cellsOf(root: Node): readonly Cell[] {
  // Notebooks of format 3 have their cells in sheets.
  const sheets = [root, ...(member(root, 'worksheets')?.children ?? [])];
  return sheets
    .flatMap((sheet) => member(sheet, 'cells')?.children ?? [])
    .flatMap((cell, index) => {
      const source = member(cell, 'source') ?? member(cell, 'input');
      if (member(cell, 'cell_type')?.value !== 'code' || !source) return [];
      const strings = source.type === 'array' ? (source.children ?? []) : [source];
      const isText = strings.length > 0 && strings.every(({ type }) => type === 'string');
      return isText
        ? [
            {
              number: index + 1,
              start: source.offset,
              end: source.offset + source.length,
              isList: source.type === 'array',
              strings,
            },
          ]
        : [];
    });
}

function sourceOf({ strings }: Cell): string {
  return strings.map(({ value }) => value as string).join('');
}

function member(node: Node | undefined, name: string): Node | undefined {
  return node?.children?.find(({ type, children }) => type === 'property' && children?.[0]?.value === name)
    ?.children?.[1];
}
