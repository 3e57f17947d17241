import type { Content, ContentPiece } from './conversation.js';
import type { HolePart, TextPart } from './parts.js';

/** Whether a content is white space for certain, on every way through it. A hole counts as text. */
export function isBlank<H>(content: Content<H>): boolean {
  return content.every((piece) => {
    if (piece.kind === 'text') return piece.text.trim() === '';
    return piece.kind === 'choice' && isBlank(piece.then) && isBlank(piece.else);
  });
}

/** The texts and holes of a content and of its branches, in order. */
export function leaves<H>(content: Content<H>): readonly (TextPart | HolePart<H>)[] {
  return content.flatMap((piece) =>
    piece.kind === 'choice' ? [...leaves(piece.then), ...leaves(piece.else)] : [piece],
  );
}

/** A content of two branches; where both say the same, no choice is left. */
export function eitherContent<H>(test: H, then: Content<H>, otherwise: Content<H>): Content<H> {
  return sameContent(then, otherwise) ? then : [{ kind: 'choice', test, then, else: otherwise }];
}

/** The content without the white space at its edges. Holes are the user's and stay as they are. */
export function trimContent<H>(content: Content<H>): Content<H> {
  return trimEdge(trimEdge(mergeTexts(content), 'start'), 'end');
}

function trimEdge<H>(content: Content<H>, edge: 'start' | 'end'): Content<H> {
  const rest = [...content];
  for (;;) {
    const piece = edge === 'start' ? rest.shift() : rest.pop();
    if (piece === undefined) return [];
    const trimmed = trimPiece(piece, edge);
    if (trimmed.length > 0) return edge === 'start' ? [...trimmed, ...rest] : [...rest, ...trimmed];
  }
}

function trimPiece<H>(piece: ContentPiece<H>, edge: 'start' | 'end'): Content<H> {
  switch (piece.kind) {
    case 'hole':
      return [piece];
    case 'text': {
      const text = edge === 'start' ? piece.text.trimStart() : piece.text.trimEnd();
      return text === '' ? [] : [{ kind: 'text', text }];
    }
    case 'choice':
      return eitherContent(piece.test, trimEdge(piece.then, edge), trimEdge(piece.else, edge));
  }
}

function mergeTexts<H>(content: Content<H>): Content<H> {
  const merged: ContentPiece<H>[] = [];
  for (const piece of content) {
    const last = merged.at(-1);
    if (piece.kind === 'text' && last?.kind === 'text')
      merged[merged.length - 1] = { kind: 'text', text: last.text + piece.text };
    else
      merged.push(
        piece.kind === 'choice' ? { ...piece, then: mergeTexts(piece.then), else: mergeTexts(piece.else) } : piece,
      );
  }
  return merged;
}

function sameContent<H>(one: Content<H>, other: Content<H>): boolean {
  return one.length === other.length && one.every((piece, index) => samePiece(piece, other[index] as ContentPiece<H>));
}

function samePiece<H>(one: ContentPiece<H>, other: ContentPiece<H>): boolean {
  if (one.kind === 'text') return other.kind === 'text' && one.text === other.text;
  if (one.kind === 'hole') return other.kind === 'hole' && one.value === other.value;
  return (
    other.kind === 'choice' &&
    one.test === other.test &&
    sameContent(one.then, other.then) &&
    sameContent(one.else, other.else)
  );
}
