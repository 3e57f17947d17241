import type ts from 'typescript';
import type { Edit, Piece } from '../../../src/edits/edit.js';
import { indentAt, type Unit } from '../unit.js';

type Statement = readonly Piece[];

/** Adds statements behind another one, each on a line of its own where that one has its line to itself. */
export function insertAfter(statement: ts.Statement, added: readonly Statement[], unit: Unit): Edit {
  const { start, end } = unit.range(statement);
  const rest = /^[^\r\n]*/.exec(unit.text.slice(end))?.[0] ?? '';
  const comment = /^[ \t]*\/\/.*$/.exec(rest);
  const isLast = comment !== null || rest.trim() === '';
  const at = comment ? end + rest.length : end;
  const separator = isLast ? `\n${indentAt(unit.text, start)}` : ' ';
  const stop = isLast ? unit.style.semicolon : ';';
  return { range: { start: at, end: at }, pieces: added.flatMap((pieces) => [separator, ...pieces, stop]) };
}

/** Adds statements at the start of a block. */
export function insertFirst(block: ts.Block, added: readonly Statement[], unit: Unit): Edit {
  const at = unit.range(block).start + 1;
  const [first] = block.statements;
  const next = first && unit.range(first).start;
  const isOnLine = next !== undefined && !unit.text.slice(at, next).includes('\n');
  const indent =
    next === undefined || isOnLine ? indentAt(unit.text, at) + unit.style.indent : indentAt(unit.text, next);
  const separator = isOnLine ? ' ' : `\n${indent}`;
  const stop = isOnLine ? ';' : unit.style.semicolon;
  return { range: { start: at, end: at }, pieces: added.flatMap((pieces) => [separator, ...pieces, stop]) };
}
