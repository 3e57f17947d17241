import { RegionBuilder, type Region } from './region.js';

/** A fenced block of code in a Markdown document. */
export interface Fence {
  /** The first word of what follows the fence, such as `ts`; empty where it says nothing. */
  readonly tag: string;
  /** The line that it begins on, from 1. */
  readonly line: number;
  readonly start: number;
  readonly region: Region;
}

/** What stands before a fence: marks of quotes and list items, and white space. */
const OPENING = /^((?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t])))*[ \t]*)(`{3,}|~{3,})(.*)$/;
const IGNORE = /^(?:<!--|\{\/\*)\s*completions-to-messages-ignore:\s*(?!-->|\*\/)\S/;

/**
 * The fenced code of a document, without what a person accepted in a comment above: `<!-- completions-to-messages-ignore: reason -->`.
 * A fence may stand in quotes and lists; what is indented by four is taken for a fence too, as MDX has it.
 */
export function fencesIn(text: string): readonly Fence[] {
  const lines = linesOf(text);
  const found: Fence[] = [];
  let above = '';
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] as Line;
    const [, before = '', marks = '', info = ''] = OPENING.exec(line.code) ?? [];
    if (marks === '' || (marks.startsWith('`') && info.includes('`'))) {
      if (line.code.trim() !== '') above = withoutQuotes(line.code);
      continue;
    }
    const fence = {
      depth: before.split('>').length - 1,
      indent: widthOf(before.slice(before.lastIndexOf('>') + 1)),
      marks,
    };
    const prefix = before.replace(/[^>\s]/g, ' ');
    const region = new RegionBuilder();
    let last = index + 1;
    let isClosed = false;
    for (; last < lines.length && !isClosed; last += 1) {
      const { start, code, ending } = lines[last] as Line;
      const own = contentOf(code, fence);
      if (own === undefined) break;
      isClosed = closes(code.slice(own), marks);
      if (!isClosed) region.add(code.slice(own) + ending, start + own);
    }
    const endLine = isClosed ? last - 1 : last;
    if (!IGNORE.test(above)) {
      const end = lines[endLine]?.start ?? text.length;
      const style = {
        prefix,
        spell: (code: string, isLastEmpty: boolean) => withPrefix(code, prefix, isLastEmpty),
        end: 'line',
      } as const;
      found.push({ tag: tagOf(info), line: index + 1, start: line.start, region: region.build(end, style) });
    }
    above = '';
    index = last - 1;
  }
  return found;
}

interface Line {
  readonly start: number;
  readonly code: string;
  readonly ending: string;
}

function linesOf(text: string): readonly Line[] {
  return [...text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)].flatMap((match) => {
    const [whole, code = '', ending = ''] = match;
    return whole === '' ? [] : [{ start: match.index, code, ending }];
  });
}

function withoutQuotes(line: string): string {
  return line.replace(/^[\s>]+/, '');
}

/** Columns of white space; a mark of a list counts as one. */
function widthOf(before: string): number {
  let width = 0;
  for (const character of before) width += character === '\t' ? 4 - (width % 4) : 1;
  return width;
}

/** Where the code of a line in a fence begins; undefined for a line that is not in the quote that the fence stands in. */
function contentOf(
  line: string,
  { depth, indent }: { readonly depth: number; readonly indent: number },
): number | undefined {
  const quotes = new RegExp(`^(?:[ \\t]*>){${depth}}`).exec(line);
  if (!quotes) return undefined;
  let at = quotes[0].length;
  for (let width = 0; width < indent && (line[at] === ' ' || line[at] === '\t'); at += 1)
    width += line[at] === '\t' ? 4 - (width % 4) : 1;
  return at;
}

function closes(code: string, marks: string): boolean {
  const [, closing = ''] = /^[ \t]*(`{3,}|~{3,})[ \t]*$/.exec(code) ?? [];
  return closing.length >= marks.length && marks.startsWith(closing.charAt(0));
}

/** `ts`, `ts title="a.ts"`, `ts{1,3}`, `{.python .numberLines}`. */
function tagOf(info: string): string {
  return /^[\s{.]*([\w+#-]*)/.exec(info)?.[1]?.toLowerCase() ?? '';
}

/** Code with what stands before each line but the first; an empty line has no trailing space. */
function withPrefix(code: string, prefix: string, isLastEmpty: boolean): string {
  const lines = code.split('\n');
  const isEmpty = (line: string, index: number): boolean =>
    /^\r?$/.test(line) && (index < lines.length - 1 || isLastEmpty);
  return lines
    .map((line, index) => (index === 0 ? line : (isEmpty(line, index) ? prefix.trimEnd() : prefix) + line))
    .join('\n');
}
