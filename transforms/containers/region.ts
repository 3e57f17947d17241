import type { Range } from '../../src/edits/edit.js';

/** A stretch of a region's text, and what stands for it in the host: of the same length, or one escape. */
interface Run {
  /** Where it begins in the region's text. */
  readonly from: number;
  readonly length: number;
  readonly range: Range;
  /** Whether the host says something else there, which no edit may touch. */
  readonly isMasked: boolean;
}

/** A stretch of a host file that holds code, as that code's language sees it. */
export interface Region {
  readonly text: string;
  /** Where the host has the character of this offset; the region's end for its length. */
  readonly at: (offset: number) => number;
  /** Whether the host says something else anywhere in this range of the region. */
  readonly isMasked: (range: Range) => boolean;
  readonly style: HostStyle;
  /** The version ranges of Python's SDK that its lines for the shell install. */
  readonly installs: readonly Requirement[];
}

/** A version range, and where the host has it. */
export interface Requirement {
  readonly version: string;
  readonly range: Range;
}

/** How a host writes new code. */
export interface HostStyle {
  /** How code is spelled that begins within a line, and goes on with nothing or with more in its last. */
  readonly spell: (code: string, isLastEmpty: boolean) => string;
  /** What stands before a line of code in the host; nothing where the host is made of lines as the code is. */
  readonly prefix: string;
  /** What the host goes on with: a line of its own; the same line; or the end of a string, where the last line is not ended. */
  readonly end: 'line' | 'inline' | 'string';
}

/** Puts a region together from left to right. */
export class RegionBuilder {
  private readonly runs: Run[] = [];
  private text = '';
  private readonly installs: Requirement[] = [];

  /** Code that stands in the host as it is. */
  add(code: string, at: number): this {
    return this.push(code, { start: at, end: at + code.length }, false);
  }

  /** One character that the host may spell in another way. */
  addSpelled(character: string, range: Range): this {
    return this.push(character, range, false);
  }

  /** One character in place of another. */
  addMasked(character: string, range: Range): this {
    return this.push(character, range, true);
  }

  addInstall(requirement: Requirement): this {
    this.installs.push(requirement);
    return this;
  }

  /** The region; `end` is where its text ends in the host. */
  build(end: number, style: HostStyle): Region {
    const { runs, text, installs } = this;
    return {
      text,
      style,
      installs,
      at: (offset) => {
        const run = runs.find(({ from, length }) => offset < from + length);
        return run === undefined ? end : run.range.start + (offset - run.from);
      },
      isMasked: ({ start, end: last }) =>
        runs.some(({ from, length, isMasked }) => isMasked && start < from + length && from < last),
    };
  }

  private push(code: string, range: Range, isMasked: boolean): this {
    if (code !== '') this.runs.push({ from: this.text.length, length: code.length, range, isMasked });
    this.text += code;
    return this;
  }
}

/** A stretch of a host that is made of lines of code as they are. */
export function plainRegion(text: string, { start, end }: Range): Region {
  const code = text.slice(start, end);
  return new RegionBuilder()
    .add(code, start)
    .build(end, { spell: (added) => added, prefix: '', end: code.endsWith('\n') ? 'line' : 'inline' });
}
