import type { Node } from 'jsonc-parser';
import type { Range } from '../../src/edits/edit.js';
import { RegionBuilder, type Region } from './region.js';

/** The source of a code cell: one string, or a list of lines. */
export interface Cell extends Range {
  readonly isList: boolean;
  /** String nodes of the notebook's JSON. */
  readonly strings: readonly Node[];
}

/** A character of the code, and what stands for it in the notebook. */
type Piece = readonly [character: string, at: Range];

/** A line that is IPython's and not Python's: `%magic`, `!command`, `name?`, `x = !command`, `x = %magic`. */
const MAGIC = /^[ \t]*(?:%|!|\?|[\w.]+\?{1,2}[ \t]*$|[\w., \t]+=[ \t]*[%!])/;
const ESCAPE = /\\(?:u[\da-fA-F]{4}|.)/y;

/** The code of a cell; lines of IPython stand in it as statements that do nothing. */
export function cellRegion({ isList, strings }: Cell, host: string): Region {
  const region = new RegionBuilder();
  let isMagic = false;
  let line = '';
  let pieces: Piece[] = [];
  const flush = (): void => {
    // What goes on behind a backslash is still the command.
    const isMasked = isMagic || MAGIC.test(line);
    isMagic = isMasked && /\\\n?$/.test(line);
    if (isMasked) addStatement(region, pieces);
    else addCode(region, pieces);
    line = '';
    pieces = [];
  };
  for (const { offset, length } of strings) {
    for (const piece of charactersIn(host, { start: offset + 1, end: offset + length - 1 })) {
      pieces.push(piece);
      line += piece[0];
      if (piece[0] === '\n') flush();
    }
  }
  flush();
  const last = strings.at(-1);
  const end = last ? last.offset + last.length - 1 : 0;
  return region.build(end, { prefix: '', end: 'string', spell: (code) => spelled(code, separatorOf(isList, strings, host), isAscii(host)) });
}

function* charactersIn(host: string, { start, end }: Range): Generator<Piece> {
  for (let at = start; at < end; ) {
    ESCAPE.lastIndex = at;
    const [escape] = ESCAPE.exec(host) ?? [];
    const next = at + (escape?.length ?? 1);
    yield [escape === undefined ? (host[at] as string) : (JSON.parse(`"${escape}"`) as string), { start: at, end: next }];
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

/** A statement that does nothing, as long as the command; the line ends where it does. */
function addStatement(region: RegionBuilder, pieces: readonly Piece[]): void {
  const line = pieces.map(([character]) => character).join('');
  const [, indent = '', command = ''] = /^([ \t]*)([^\r\n]*)/.exec(line) ?? [];
  const statement = `${indent}${command.length < 4 ? '#'.repeat(command.length) : `pass${'#'.repeat(command.length - 4)}`}`;
  pieces.forEach(([character, range], index) => {
    const masked = statement[index];
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
  return ascii ? escaped.replace(/[^\x20-\x7e\r\n\t]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`) : escaped;
}
