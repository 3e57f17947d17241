import type { FlatEdit, Range } from '../edits/edit.js';
import { isEmpty } from '../edits/range.js';
import { severityOf } from './catalogue.js';
import type { Finding, Note, Position } from './finding.js';

/**
 * The findings of one file: its notes in order, with positions, each with the edits that belong to it.
 * An edit belongs to the narrowest note that it touches, so that no edit is listed twice; a note about the whole file has none.
 */
export function placeNotes(text: string, notes: readonly Note[], edits: readonly FlatEdit[]): readonly Finding[] {
  const positionOf = positionsIn(text);
  const sorted = [...notes].sort(
    (a, b) => a.range.start - b.range.start || a.range.end - b.range.end || a.code.localeCompare(b.code),
  );
  const owners = edits.map((edit) =>
    narrowest(sorted.filter((note) => !isEmpty(note.range) && touches(note.range, edit.range))),
  );
  return sorted.map((note) => ({
    ...note,
    severity: severityOf(note.code),
    start: positionOf(note.range.start),
    end: positionOf(note.range.end),
    edits: edits.filter((_, i) => owners[i] === note),
  }));
}

/** Finds positions in a text. Lines end in `\n`, `\r\n` or a lone `\r`, as editors have it. */
export function positionsIn(text: string): (offset: number) => Position {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

function touches(a: Range, b: Range): boolean {
  return a.start <= b.end && b.start <= a.end;
}

function narrowest(notes: readonly Note[]): Note | undefined {
  const width = ({ range }: Note) => range.end - range.start;
  return notes.reduce<Note | undefined>(
    (best, note) => (best === undefined || width(note) < width(best) ? note : best),
    undefined,
  );
}
