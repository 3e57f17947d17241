import type ts from 'typescript';
import type { Range } from '../../src/edits/edit.js';

/** Text that the analysis put into its own copy of a file, at an offset of the original. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** One file under analysis: its tree, and the original text that edits are made against. */
export interface Unit {
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
  readonly isTypeScript: boolean;
  readonly style: Style;
  /** The range of a node in the original text, without leading trivia. */
  readonly range: (node: ts.Node) => Range;
  /** The original text of a node. */
  readonly source: (node: ts.Node) => string;
  /** An offset of the tree as an offset of the original text. */
  readonly offset: (position: number) => number;
}

/** How a file is written, so that what is added to it looks alike. */
export interface Style {
  readonly quote: "'" | '"';
  readonly semicolon: '' | ';';
  readonly eol: '\n' | '\r\n';
  readonly indent: string;
}

/** Wraps a parsed file; `insertions` are those that made the tree's text out of the original. */
export function createUnit(path: string, text: string, tree: ts.SourceFile, insertions: readonly Insertion[]): Unit {
  const offset = (position: number): number => {
    let shift = 0;
    for (const { at, text: inserted } of insertions) {
      const start = at + shift;
      if (position <= start) break;
      if (position < start + inserted.length) return at;
      shift += inserted.length;
    }
    return position - shift;
  };
  const range = (node: ts.Node): Range => ({ start: offset(node.getStart(tree)), end: offset(node.end) });
  return {
    path,
    text,
    tree,
    isTypeScript: /\.[mc]?tsx?$/.test(path),
    style: readStyle(text),
    offset,
    range,
    source: (node) => {
      const { start, end } = range(node);
      return text.slice(start, end);
    },
  };
}

function readStyle(text: string): Style {
  const singles = text.match(/(?<=[(\s,=:[])'[^'\n]*'/g)?.length ?? 0;
  const doubles = text.match(/(?<=[(\s,=:[])"[^"\n]*"/g)?.length ?? 0;
  const terminated = text.match(/;[ \t]*\r?$/gm)?.length ?? 0;
  const open = text.match(/[\w)\]'"`][ \t]*\r?$/gm)?.length ?? 0;
  const indents = [...text.matchAll(/^(\t| +)(?=\S)/gm)].map((match) => match[1] ?? '');
  const tabs = indents.filter((indent) => indent === '\t').length;
  const smallest = Math.min(
    ...indents.filter((indent) => indent.startsWith(' ') && indent.length > 1).map((i) => i.length),
    8,
  );
  return {
    quote: doubles > singles ? '"' : "'",
    semicolon: terminated === 0 && open > 2 ? '' : ';',
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    indent: tabs > indents.length / 4 ? '\t' : ' '.repeat(smallest === 8 ? 2 : smallest),
  };
}

/** The white space at the start of the line that an offset stands on. */
export function indentAt(text: string, offset: number): string {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(line, offset))?.[0] ?? '';
}

/** Whether nothing but white space stands before an offset on its line. */
export function beginsLine(text: string, offset: number): boolean {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() === '';
}
