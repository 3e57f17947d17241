import { ts } from '../ts.js';
import type { Piece, Range } from '../../../src/edits/edit.js';
import { walk } from '../syntax.js';
import type { Unit } from '../unit.js';

/** The comments inside an expression that `kept` does not print, in the order in which they stand. */
export function lostComments(expression: ts.Node, kept: readonly Piece[], unit: Unit): readonly string[] {
  const text = unit.tree.text;
  const found = new Map<number, string>();
  walk(expression, (node) => {
    if (node !== expression) add(ts.getLeadingCommentRanges(text, node.pos));
    if (node !== expression) add(ts.getTrailingCommentRanges(text, node.pos));
    if (node.end < expression.end) add(ts.getTrailingCommentRanges(text, node.end));
    return !ts.isTemplateExpression(node) && !ts.isFunctionLike(node);
  });
  function add(ranges: readonly ts.CommentRange[] | undefined): void {
    for (const { pos, end } of ranges ?? []) {
      const range = { start: unit.offset(pos), end: unit.offset(end) };
      if (pos > expression.getStart() && end <= expression.end && !kept.some((piece) => holds(piece, range)))
        found.set(range.start, text.slice(pos, end));
    }
  }
  return [...found].sort(([a], [b]) => a - b).map(([, comment]) => comment);
}

function holds(piece: Piece, { start, end }: Range): boolean {
  return typeof piece !== 'string' && piece.start <= start && end <= piece.end;
}
