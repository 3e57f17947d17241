import { ts } from '../ts.js';
import type { Content, ContentPiece, Entry, Turn } from '../../../src/prompt/conversation.js';
import type { ExpressionHandle, Handle } from '../lift/handle.js';
import { isPure } from '../movable.js';
import type { Symbols } from '../symbols.js';
import { accessName, isAccess, literalText, unwrap } from '../syntax.js';
import { valuesOf } from '../values.js';
import type { Write } from './transcript.js';

/**
 * The API refuses turns without text, and remembers none: a list would be refused from then on. Whether every turn of a
 * write has text, or can be left out where it has none.
 */
export function canStand({ kind, fragment }: Write, symbols: Symbols): boolean {
  const { entries } = fragment;
  const isWhole = (entry: Entry<Handle>): boolean => {
    if (entry.kind === 'turn') return !mayBeBlank(entry.content, symbols);
    if (entry.kind === 'each') return entry.entries.every(isWhole);
    return [...entry.then, ...entry.else].every(isWhole);
  };
  return entries.every((entry) => isWhole(entry) || (kind === 'append' && entry.kind === 'turn' && canBeAsked(entry)));
}

/** Whether a turn of the assistant's, which may be empty but not blank, or one whose text can be looked at first. */
function canBeAsked({ role, content }: Turn<Handle>): boolean {
  return role === 'assistant' || content.every(isAskable);
}

function isAskable(piece: ContentPiece<Handle>): boolean {
  if (piece.kind === 'text') return true;
  const handle = piece.kind === 'hole' ? piece.value : piece.test;
  const isPlain = handle.kind === 'expression' && !handle.loop && handle.node !== undefined && isPure(handle.node);
  return isPlain && (piece.kind === 'hole' || [...piece.then, ...piece.else].every(isAskable));
}

/** Whether a content may be white space alone. */
export function mayBeBlank(content: Content<Handle>, symbols: Symbols): boolean {
  return content.every((piece) => {
    if (piece.kind === 'text') return piece.text.trim() === '';
    if (piece.kind === 'choice') return mayBeBlank(piece.then, symbols) || mayBeBlank(piece.else, symbols);
    return !isSurelyText(piece.value as ExpressionHandle, symbols);
  });
}

/** Whether all values of an expression are seen, and have text. */
function isSurelyText({ node }: ExpressionHandle, symbols: Symbols): boolean {
  if (!node) return false;
  const { leaves, complete } = valuesOf(node, symbols);
  return (
    complete &&
    leaves.length > 0 &&
    leaves.every((leaf) => ts.isNumericLiteral(leaf) || (literalText(leaf) ?? '').trim() !== '')
  );
}

/** Whether an expression is a text without white space at its ends. */
export function isTrimmed({ node }: ExpressionHandle): boolean {
  const call = node && unwrap(node);
  const callee = call && ts.isCallExpression(call) ? unwrap(call.expression) : undefined;
  return callee !== undefined && isAccess(callee) && accessName(callee) === 'trim';
}
