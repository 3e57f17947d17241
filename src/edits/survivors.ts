import type { Edit, Piece, Range } from './edit.js';

/** Whether the text of a range is still there once the edits are made, in its place or in another. */
export type Survives = (range: Range) => boolean;

/** Tells what is left of a file's text after some edits. */
export function survivors(edits: readonly Edit[]): Survives {
  const wide = edits.filter(({ range }) => range.end > range.start);
  const survives = (range: Range, above: readonly Edit[]): boolean => {
    const outermost = wide
      .filter(
        (edit) =>
          holds(edit.range, range) && !above.includes(edit) && !above.some((outer) => equal(outer.range, edit.range)),
      )
      .sort((a, b) => b.range.end - b.range.start - (a.range.end - a.range.start))[0];
    if (!outermost) return true;
    return outermost.pieces.some(
      (piece) =>
        isRange(piece) &&
        holds(piece, range) &&
        survives(range, [...above, ...wide.filter((edit) => holds(edit.range, outermost.range))]),
    );
  };
  return (range) => survives(range, []);
}

function isRange(piece: Piece): piece is Range {
  return typeof piece !== 'string';
}

function holds(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function equal(a: Range, b: Range): boolean {
  return a.start === b.start && a.end === b.end;
}
