import type { Edit } from '../../src/edits/edit.js';
import { isInside, type Node } from './node.js';
import { beginsLine, indentAt, type Unit } from './unit.js';

/** Takes elements out of the arguments of a call, a list or a dictionary, with their commas and what is said beside them. */
export function removeElements(list: Node, removed: ReadonlySet<Node>, { text }: Unit): readonly Edit[] {
  const elements = list.children.filter(({ named, type }) => named && type !== 'comment');
  const lastKept = elements.findLastIndex((element) => !removed.has(element));
  if (lastKept < 0)
    return [
      { range: { start: (list.children[0] as Node).end, end: (list.children.at(-1) as Node).start }, pieces: [] },
    ];
  const edits = elements.slice(0, lastKept).flatMap((element, index): readonly Edit[] => {
    if (!removed.has(element)) return [];
    const next = elements[index + 1] as Node;
    return [
      { range: { start: element.start, end: ownCommentBefore(next, element, list, text) ?? next.start }, pieces: [] },
    ];
  });
  const tail = elements.slice(lastKept + 1);
  const [first] = tail;
  if (!first) return edits;
  const kept = elements[lastKept] as Node;
  const between = list.children.filter((child) => child.start >= kept.end && child.end <= first.start);
  const comment = between.findLast(({ type }) => type === 'comment');
  const last = tail.at(-1) as Node;
  const comma = list.children.find((child) => child.type === ',' && child.start >= last.end);
  const range = comment ? { start: comment.end, end: comma?.end ?? last.end } : { start: kept.end, end: last.end };
  return [...edits, { range, pieces: [] }];
}

/** What stands between an element and one that is added beside it: a line break where each has a line of its own. */
export function separatorAt(element: Node, { text }: Unit): string {
  return beginsLine(text, element.start) ? `,\n${indentAt(text, element.start)}` : ', ';
}

/** Where a comment on a line of its own begins that stands between two elements, and so belongs to the second. */
function ownCommentBefore(next: Node, element: Node, list: Node, text: string): number | undefined {
  const comments = list.children.filter(
    (child) => child.type === 'comment' && child.start > element.end && child.end < next.start,
  );
  return comments.find(({ start }) => beginsLine(text, start))?.start;
}

/** Takes whole statements out, each with its line; comments that stand inside them are handed back. */
export function removeStatement(statement: Node, { text }: Unit): Edit {
  const lineStart = text.lastIndexOf('\n', statement.start - 1) + 1;
  const isAlone = beginsLine(text, statement.start);
  const rest = /^[ \t]*;?[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/.exec(text.slice(statement.end));
  if (isAlone && rest) {
    const end = statement.end + rest[0].length;
    // Of the blank lines on both sides, those above go too.
    const above = /^[ \t]*\r?\n/.test(text.slice(end))
      ? (/(?:(?<=\n)[ \t]*\r?\n)+$/.exec(text.slice(0, lineStart))?.[0].length ?? 0)
      : 0;
    return { range: { start: lineStart - above, end }, pieces: [] };
  }
  const gap = /^[ \t]*;[ \t]*/.exec(text.slice(statement.end));
  return { range: { start: statement.start, end: statement.end + (gap?.[0].length ?? 0) }, pieces: [] };
}

/** Blank lines that would begin a file, because what stood above them goes and nothing comes in its place. */
export function trimTop({ text }: Unit, edits: readonly Edit[]): Edit | undefined {
  const goingAt = (offset: number): Edit | undefined =>
    edits.find(({ range, pieces }) => range.start === offset && range.end > offset && pieces.length === 0);
  let start = 0;
  for (let edit = goingAt(0); edit; edit = goingAt(start)) start = edit.range.end;
  const blank = /^(?:[ \t]*\r?\n)+/.exec(text.slice(start))?.[0].length ?? 0;
  const isTaken = edits.some(({ range }) => range.start >= start && range.start < start + blank);
  return start > 0 && blank > 0 && !isTaken ? { range: { start, end: start + blank }, pieces: [] } : undefined;
}

/** Whether a statement is the only one of its block, which would be empty without it. */
export function isOnlyStatement(statement: Node): boolean {
  const siblings = statement.parent?.children.filter(({ named, type }) => named && type !== 'comment') ?? [];
  return statement.parent?.type === 'block' && siblings.every((sibling) => isInside(sibling, statement));
}
