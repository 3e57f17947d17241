import type { Node } from 'jsonc-parser';
import type { Range } from '../../src/edits/edit.js';
import { installsIn, ipythonLines } from './ipython.js';
import { RegionBuilder, type Region } from './region.js';

/** The source of a code cell: one string, or a list of lines. */
export interface Cell extends Range {
  /** Which cell of the notebook it is, from 1. */
  readonly number: number;
  readonly isList: boolean;
  /** String nodes of the notebook's JSON. */
  readonly strings: readonly Node[];
}

/** A character of the code, and what stands for it in the notebook. */
type Piece = readonly [character: string, at: Range];

const ESCAPE = /\\(?:u[\da-fA-F]{4}|.)/y;

/** The code of a cell. Lines of IPython's, if it may have any, stand in it as statements that do nothing. */
export function cellRegion({ isList, strings }: Cell, host: string, isIPython: boolean): Region {
  const region = new RegionBuilder();
  const lines = linesOf(
    strings.flatMap(({ offset, length }) => [...charactersIn(host, { start: offset + 1, end: offset + length - 1 })]),
  );
  const masks = isIPython ? ipythonLines(lines.map(textOf)) : new Set<number>();
  lines.forEach((line, index) => {
    if (masks.has(index)) addStatement(region, line);
    else addCode(region, line);
    for (const { version, at } of masks.has(index) ? installsIn(textOf(line)) : []) {
      const [first, last] = [line[at], line[at + version.length - 1]];
      if (first && last) region.addInstall({ version, range: { start: first[1].start, end: last[1].end } });
    }
  });
  const last = strings.at(-1);
  const end = last ? last.offset + last.length - 1 : 0;
  return region.build(end, {
    prefix: '',
    end: 'string',
    spell: (code) => spelled(code, separatorOf(isList, strings, host), isAscii(host)),
  });
}

/** The lines that characters make, each with its ending. */
function linesOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const lines: Piece[][] = [];
  let isOpen = false;
  for (const piece of pieces) {
    if (isOpen) lines.at(-1)?.push(piece);
    else lines.push([piece]);
    isOpen = piece[0] !== '\n';
  }
  return lines;
}

function textOf(line: readonly Piece[]): string {
  return line.map(([character]) => character).join('');
}

function* charactersIn(host: string, { start, end }: Range): Generator<Piece> {
  for (let at = start; at < end;) {
    ESCAPE.lastIndex = at;
    const [escape] = ESCAPE.exec(host) ?? [];
    const next = at + (escape?.length ?? 1);
    yield [
      escape === undefined ? (host[at] as string) : (JSON.parse(`"${escape}"`) as string),
      { start: at, end: next },
    ];
    at = next;
  }
}

/** Puts a line into a region: stretches of plain characters as one, and each escape alone. */
function addCode(region: RegionBuilder, pieces: readonly Piece[]): void {
  let code = '';
  let from = 0;
  const flush = (): void => {
    region.add(code, from);
    code = '';
  };
  for (const [character, range] of pieces) {
    const isPlain = range.end - range.start === 1;
    if (!isPlain || from + code.length !== range.start) flush();
    if (isPlain) {
      if (code === '') from = range.start;
      code += character;
    } else region.addSpelled(character, range);
  }
  flush();
}

/** Puts in place of a command what does nothing and is as long: a comment, or within a block a statement. */
function addStatement(region: RegionBuilder, line: readonly Piece[]): void {
  const [, indent = '', command = ''] = /^([ \t]*)([^\r\n]*)/.exec(textOf(line)) ?? [];
  const isStatement = indent !== '' && command.length >= 4;
  const nothing = indent + (isStatement ? `pass${'#'.repeat(command.length - 4)}` : '#'.repeat(command.length));
  line.forEach(([character, range], index) => {
    const masked = nothing[index];
    if (masked === undefined) region.addSpelled(character, range);
    else region.addMasked(masked, range);
  });
}

/** What stands between two lines of a list, its quotes included; undefined where a line break is only an escape. */
function separatorOf(isList: boolean, strings: readonly Node[], host: string): string | undefined {
  const [first, second] = strings;
  if (!isList || !first) return undefined;
  if (second) return host.slice(first.offset + first.length - 1, second.offset + 1);
  const before = /\n[ \t]*$/.exec(host.slice(0, first.offset))?.[0];
  const isWindows = host[first.offset - (before?.length ?? 0) - 1] === '\r';
  return `",${before === undefined ? ' ' : `${isWindows ? '\r' : ''}${before}`}"`;
}

function isAscii(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- all of ASCII is meant
  return /^[\x00-\x7f]*$/.test(text);
}

function spelled(code: string, separator: string | undefined, ascii: boolean): string {
  const escaped = code
    .split('\n')
    .map((line) => JSON.stringify(line).slice(1, -1))
    .join(`\\n${separator ?? ''}`);
  return ascii
    ? escaped.replace(
        /[^\x20-\x7e\r\n\t]/g,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
    : escaped;
}
