import type { Range } from '../../src/edits/edit.js';
import type { Node } from './node.js';
import { readScopes, type Scopes } from './scopes.js';

/** One file under analysis. */
export interface Unit {
  readonly path: string;
  readonly text: string;
  readonly root: Node;
  readonly scopes: Scopes;
  readonly style: Style;
  /** Whether it may be edited: a candidate of this run, or an importer that was asked for. */
  readonly isTarget: boolean;
}

/** How a file is written, so that what is added to it looks alike. */
export interface Style {
  readonly quote: "'" | '"';
  readonly indent: string;
  /** The quotes of texts that are written over several lines; undefined where a file has none. */
  readonly tripled?: `"""` | "'''" | undefined;
}

export function createUnit(path: string, text: string, root: Node, isTarget: boolean): Unit {
  let scopes: Scopes | undefined;
  return {
    path,
    text,
    root,
    isTarget,
    style: readStyle(text),
    get scopes() {
      return (scopes ??= readScopes(root));
    },
  };
}

/** A text over several lines that is no docstring. */
const TRIPLED = /(?:[=(,[{+]|\breturn)[ \t]*[fFrR]{0,2}("""|''')/;

function readStyle(text: string): Style {
  const singles = text.match(/(?<=[(\s,=:[{])f?'[^'\n]*'/g)?.length ?? 0;
  const doubles = text.match(/(?<=[(\s,=:[{])f?"[^"\n]*"/g)?.length ?? 0;
  const indents = [...text.matchAll(/:[ \t]*(?:#.*)?\r?\n(\t+| +)(?=\S)/g)].map((match) => match[1] ?? '');
  const spaces = Math.min(...indents.filter((indent) => indent.startsWith(' ')).map(({ length }) => length), 8);
  const tabs = indents.filter((indent) => indent.startsWith('\t')).length;
  return {
    quote: singles > doubles ? "'" : '"',
    tripled: TRIPLED.exec(text)?.[1] as Style['tripled'],
    indent: tabs > indents.length / 2 ? '\t' : ' '.repeat(spaces === 8 ? 4 : spaces),
  };
}

export function rangeOf({ start, end }: Range): Range {
  return { start, end };
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

/** Whether a file says in `__all__` that others may import a name. */
export function isListed(name: string, { text }: Unit): boolean {
  return new RegExp(`__all__[^=]*=[^\\]]*["']${name}["']`).test(text);
}
