import type { Piece } from '../../src/edits/edit.js';
import type { ExpressionHandle } from './lift/handle.js';
import { textOf, unwrap, type Node } from './node.js';

export type Pieces = readonly Piece[];

/** An expression as an operand of `+`. */
export function operand(handle: ExpressionHandle): Pieces {
  const { type } = unwrap(handle.node);
  const isLoose =
    /^(conditional_expression|boolean_operator|not_operator|comparison_operator|lambda|named_expression|await)$/.test(
      type,
    );
  return isLoose && handle.node.type !== 'parenthesized_expression'
    ? ['(', ...printExpression(handle), ')']
    : printExpression(handle);
}

export function printExpression({ node, made }: ExpressionHandle): Pieces {
  if (made === undefined) return [copy(node)];
  const [before = '', after] = made.split('{}');
  return after === undefined ? [before] : [before, copy(node), after];
}

export function sourceOf({ node, made }: ExpressionHandle): string {
  return made === undefined ? textOf(node) : made.replace('{}', textOf(node));
}

export function copy({ start, end }: Node): Piece {
  return { start, end, edited: true };
}
