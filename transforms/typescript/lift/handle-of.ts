import { ts } from '../ts.js';
import type { Piece } from '../../../src/edits/edit.js';
import type { LiftContext } from './context.js';
import type { ExpressionHandle } from './handle.js';

/** An expression of the source as something to print; parameters of an inlined function become their arguments. */
export function handleOf(node: ts.Expression, context: LiftContext): ExpressionHandle {
  const direct = ts.isIdentifier(node) ? boundTo(node, context) : undefined;
  if (direct) return direct;
  const type = context.checker.getTypeAtLocation(node);
  const isString =
    (type.flags & ts.TypeFlags.StringLike) !== 0 ||
    (type.isUnion() && type.types.every((t) => t.flags & ts.TypeFlags.StringLike));
  const { bound } = context;
  return {
    kind: 'expression',
    pieces: substituted(node, context),
    node,
    isString,
    ...(bound.size > 0 ? { bound } : {}),
  };
}

export function boundTo(node: ts.Identifier, { symbols, bound }: LiftContext): ExpressionHandle | undefined {
  const symbol = bound.size > 0 ? symbols.of(node) : undefined;
  return symbol && bound.get(symbol);
}

/** The pieces of an expression, with the parameters of inlined functions replaced by what they stand for. */
export function substituted(node: ts.Node, context: LiftContext): readonly Piece[] {
  const { unit, bound } = context;
  const whole = unit.range(node);
  if (bound.size === 0 && !context.element) return [{ ...whole, edited: true }];
  const pieces: Piece[] = [];
  let start = whole.start;
  const visit = (at: ts.Node): void => {
    if (isIndexed(at, context)) {
      const range = unit.range(at);
      pieces.push({ start, end: range.start }, context.element?.name ?? '');
      start = range.end;
      return;
    }
    const handle = ts.isIdentifier(at) ? boundTo(at, context) : undefined;
    if (!handle) {
      ts.forEachChild(at, visit);
      return;
    }
    const range = unit.range(at);
    const name = ts.isShorthandPropertyAssignment(at.parent) ? [unit.source(at), ': '] : [];
    const simple = handle.node !== undefined && (ts.isIdentifier(handle.node) || ts.isLiteralExpression(handle.node));
    pieces.push({ start, end: range.start }, ...name, ...(simple ? handle.pieces : ['(', ...handle.pieces, ')']));
    start = range.end;
  };
  visit(node);
  return [...pieces, { start, end: whole.end }];
}

function isIndexed(node: ts.Node, { element, unit, symbols }: LiftContext): boolean {
  if (!element || !ts.isElementAccessExpression(node) || !ts.isIdentifier(node.argumentExpression)) return false;
  return symbols.of(node.argumentExpression) === element.index && unit.source(node.expression) === element.data;
}
