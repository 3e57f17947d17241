import type ts from 'typescript';
import type { Edit, Range } from '../../src/edits/edit.js';
import type { Unit } from './unit.js';

/** Takes elements out of a list that is separated by commas; an element alone on its lines takes them, and its comment, along. */
export function removeElements(elements: readonly ts.Node[], removed: readonly ts.Node[], unit: Unit): readonly Edit[] {
  return removed.map((element) => ({ range: removalRange(elements, element, removed, unit), pieces: [] }));
}

function removalRange(elements: readonly ts.Node[], element: ts.Node, removed: readonly ts.Node[], unit: Unit): Range {
  const own = unit.range(element);
  const lines = wholeLines(own, unit.text);
  if (lines) return lines;
  const index = elements.indexOf(element);
  const next = elements[index + 1];
  if (next) return { start: own.start, end: unit.range(next).start };
  const before = elements
    .slice(0, index)
    .filter((other) => !removed.includes(other))
    .at(-1);
  if (before) return { start: unit.range(before).end, end: own.end };
  return { start: own.start, end: own.end + (/^\s*,\s*/.exec(unit.text.slice(own.end))?.[0].length ?? 0) };
}

/** The lines of a range when nothing else but a comma and a comment stands on them. */
export function wholeLines({ start, end }: Range, text: string): Range | undefined {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (text.slice(lineStart, start).trim() !== '') return undefined;
  const rest = /^[ \t]*[,;]?[ \t]*(?:\/\/[^\n]*|\/\*[^\n]*?\*\/[ \t]*)?\r?(?:\n|$)/.exec(text.slice(end));
  return rest ? { start: lineStart, end: end + rest[0].length } : undefined;
}

/** Takes out a statement, with its lines where it stands alone on them. */
export function removeStatement(statement: ts.Node, unit: Unit): Edit {
  const own = unit.range(statement);
  return {
    range: wholeLines(own, unit.text) ?? {
      start: own.start,
      end: own.end + (/^[ \t]*/.exec(unit.text.slice(own.end))?.[0].length ?? 0),
    },
    pieces: [],
  };
}
