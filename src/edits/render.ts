import { between } from './between.js';
import { EditConflict } from './conflict.js';
import type { Copy, Edit, FlatEdit, Piece, Range } from './edit.js';
import { lineEndingOf, withLineEnding, type LineEnding } from './line-ending.js';
import { contains, crosses, isEmpty, sameRange, within } from './range.js';

/**
 * Edits of one text, with every kept and moved range printed: sorted, free of overlap, without edits that change nothing.
 * Text is `text`'s own wherever a piece is a range; new text takes the line ending of the file.
 *
 * - An edit inside another's range is printed where a kept range of that other holds it; in none, it is deleted code
 *   and vanishes. Equal edits are one. Insertions at one point keep their order.
 * - Of edits with the same range, those that keep this whole range wrap the others, the first outermost.
 * - What touches an edge belongs to the code around it if that is still there. An insertion at the border of an edit
 *   therefore stands beside it; an insertion at the border of a kept range within the edit stands in the kept range
 *   (in the one that begins there, where two meet). A range that is printed elsewhere takes along what is inside it, but an
 *   insertion at its border, or an edit of exactly this range, only if its old place is gone: such an edit says what
 *   stays behind (nothing for a move, a name for an extraction, each other's text for a swap); unless the piece is a copy
 *   that asks to be `edited`.
 *
 * Throws EditConflict for ranges outside the text, edits that cross each other or a printed range, two replacements of one
 * range, and edits that print themselves.
 */
export function flatten(text: string, edits: readonly Edit[]): readonly FlatEdit[] {
  const ordered = inOrder(text, edits);
  const byEnd = [...ordered].sort((a, b) => a.range.end - b.range.end);
  const plan: Plan = { text, ending: lineEndingOf(text), edits: ordered, byEnd };
  return outermost(plan.edits)
    .map((edit) => ({ range: edit.range, text: printEdit(plan, edit, []) }))
    .filter((edit) => edit.text !== text.slice(edit.range.start, edit.range.end));
}

interface Plan {
  readonly text: string;
  readonly ending: LineEnding;
  /** Distinct, by start; at one start insertions first, then the longest. */
  readonly edits: readonly Edit[];
  readonly byEnd: readonly Edit[];
}

function inOrder(text: string, edits: readonly Edit[]): readonly Edit[] {
  const distinct = new Map(edits.map((edit) => [keyOf(edit), edit]));
  for (const { range, pieces } of distinct.values()) {
    for (const each of [range, ...pieces.filter(isRange)]) {
      if (!contains({ start: 0, end: text.length }, each) || each.start > each.end) {
        throw new EditConflict('no range of this text', [each]);
      }
    }
  }
  return [...distinct.values()].sort(
    (a, b) =>
      a.range.start - b.range.start ||
      Number(isEmpty(b.range)) - Number(isEmpty(a.range)) ||
      b.range.end - a.range.end ||
      Number(wraps(b)) - Number(wraps(a)),
  );
}

function keyOf({ range, pieces }: Edit): string {
  return JSON.stringify([
    range.start,
    range.end,
    pieces.map((piece) => (isRange(piece) ? [piece.start, piece.end] : piece)),
  ]);
}

/** Whether an edit keeps its whole range, with something before or after it. */
function wraps(edit: Edit): boolean {
  return !isEmpty(edit.range) && edit.pieces.some((piece) => isRange(piece) && sameRange(piece, edit.range));
}

/** The edits of a sorted list that no other of them contains. */
function outermost(edits: readonly Edit[]): readonly Edit[] {
  const found: Edit[] = [];
  let last: Edit | undefined;
  for (const edit of edits) {
    if (last !== undefined) {
      if (crosses(last.range, edit.range)) throw new EditConflict('edits cross', [last.range, edit.range]);
      if (within(last.range, edit.range)) continue;
      if (sameRange(last.range, edit.range)) {
        if (wraps(last)) continue;
        throw new EditConflict('two replacements of one range', [last.range, edit.range]);
      }
    }
    found.push(edit);
    if (!isEmpty(edit.range)) last = edit;
  }
  return found;
}

function printEdit(plan: Plan, edit: Edit, around: readonly Edit[]): string {
  if (around.includes(edit)) throw new EditConflict('the edit prints itself', [edit.range]);
  return edit.pieces
    .map((piece) => (isRange(piece) ? printRange(plan, piece, edit, around) : withLineEnding(piece, plan.ending)))
    .join('');
}

/** A range as a piece of `owner`: its text, with the edits inside it carried out. */
function printRange(plan: Plan, range: Copy, owner: Edit, around: readonly Edit[]): string {
  const beginning = between(plan.edits, (edit) => edit.range.start, range.start, range.end).filter(
    (edit) => edit !== owner,
  );
  const ending = between(plan.byEnd, (edit) => edit.range.end, range.start, range.end).filter((edit) => edit !== owner);
  for (const edit of [...beginning, ...ending]) {
    if (crosses(range, edit.range)) throw new EditConflict('an edit crosses a printed range', [edit.range, range]);
  }
  const inside = beginning.filter(
    (edit) => contains(range, edit.range) && (within(range, edit.range) || takesEdge(plan, range, edit, owner)),
  );
  let printed = '';
  let copied = range.start;
  for (const edit of outermost(inside)) {
    printed += plan.text.slice(copied, edit.range.start) + printEdit(plan, edit, [...around, owner]);
    copied = edit.range.end;
  }
  return printed + plan.text.slice(copied, range.end);
}

/** Whether `edit`, which lies at the edge of a printed range or covers exactly this range, is printed with it. */
function takesEdge(plan: Plan, range: Copy, edit: Edit, owner: Edit): boolean {
  if (!contains(owner.range, range)) return range.edited === true || !keepsItsPlace(plan, edit);
  if (isEmpty(edit.range)) return within(owner.range, edit.range) && !leavesToNext(range, edit, owner);
  return within(owner.range, edit.range) || plan.edits.indexOf(owner) < plan.edits.indexOf(edit);
}

/** Whether an insertion at the end of a kept range is also at the start of the edit's next kept range. */
function leavesToNext(range: Range, insertion: Edit, owner: Edit): boolean {
  const at = insertion.range.start;
  return at !== range.start && owner.pieces.some((piece) => isRange(piece) && piece.start === at);
}

/** Whether every edit around this one keeps the code that it stands in. */
function keepsItsPlace(plan: Plan, edit: Edit): boolean {
  return plan.edits
    .filter((other) => within(other.range, edit.range))
    .every((other) =>
      other.pieces.some((piece) => isRange(piece) && contains(other.range, piece) && contains(piece, edit.range)),
    );
}

function isRange(piece: Piece): piece is Copy {
  return typeof piece !== 'string';
}
