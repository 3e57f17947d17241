import type { Range } from '../../src/edits/edit.js';
import { lineEndingOf, withLineEnding } from '../../src/edits/line-ending.js';
import type { LanguageEntry, SourceFile } from '../transform.js';
import type { Region } from './region.js';

/** A region of a host, and where it begins in the text of its program. */
export interface Part {
  readonly start: number;
  readonly region: Region;
}

/** Code of a host that shares one scope, as a file of its own that a transform can read. */
export interface Program extends SourceFile {
  readonly language: LanguageEntry;
  readonly host: SourceFile;
  /** In the order in which they stand in the text. What is between and behind them is nowhere in the host. */
  readonly parts: readonly Part[];
  /** Where the text's tail begins. */
  readonly tail: number;
  /** Whether it belongs to the code of the repository, is a program of its own, or only shows something to a reader. */
  readonly kind: 'component' | 'notebook' | 'document';
}

/** What stands in a program's text between and behind its regions: nothing of it is ever written. */
export interface Glue {
  /** What begins and ends the scope of a region that goes on with the names of those before it. */
  readonly scope?: readonly [begin: string, end: string];
  /** What the first region leaves out, such as imports that a reader knows. */
  readonly head?: string;
  /** What only makes the text whole, such as exports: that it may change is of no account. */
  readonly tail?: string;
  /** What is done elsewhere with what the regions declare: it stays as it is, or nothing changes. */
  readonly uses?: string;
}

/** A program out of regions, each on lines of its own. */
export function assemble(
  program: Omit<Program, 'text' | 'parts' | 'tail'>,
  regions: readonly Region[],
  { scope = ['', ''], head = '', uses = '', tail = '' }: Glue = {},
): Program {
  const parts: Part[] = [];
  const ending = lineEndingOf(regions.map((region) => region.text).join(''));
  const glue = (piece: string): string => withLineEnding(piece, ending);
  let text = glue(head);
  const endLine = (): void => {
    if (text !== '' && !text.endsWith('\n')) text += ending;
  };
  for (const region of regions) {
    endLine();
    // A line between regions tells the end of one from the beginning of the next.
    if (parts.length > 0) text += glue(scope[0] || '\n');
    parts.push({ start: text.length, region });
    text += region.text;
  }
  const ends = scope[1].repeat(regions.length - 1);
  if (ends !== '') endLine();
  text += glue(ends + uses);
  return { ...program, parts, tail: text.length, text: text + glue(tail) };
}

/** Where a region ends in the text of its program. */
export function endOf({ start, region }: Part): number {
  return start + region.text.length;
}

/** Whether a range of a program lies in a region. */
export function holds(part: Part, { start, end }: Range): boolean {
  return part.start <= start && end <= endOf(part);
}

/** The region that a range lies in; undefined for what is not in the host. */
export function partOf(range: Range, { parts }: Program): Part | undefined {
  return parts.find((part) => holds(part, range));
}

/** A range of a program in the text of one of its regions. */
export function rangeIn({ start, region }: Part, range: Range): Range {
  const inside = (offset: number): number => Math.min(Math.max(offset - start, 0), region.text.length);
  return { start: inside(range.start), end: inside(range.end) };
}
