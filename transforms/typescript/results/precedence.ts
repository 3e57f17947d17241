import { ts } from '../ts.js';

/** How tightly new text binds: as `a || b`, `a && b`, `a === b` or `a ? b : c`. */
export type Binding = 'or' | 'and' | 'comparison' | 'conditional';

const OPERATORS: Readonly<Record<Binding, ts.SyntaxKind | undefined>> = {
  or: ts.SyntaxKind.BarBarToken,
  and: ts.SyntaxKind.AmpersandAmpersandToken,
  comparison: undefined,
  conditional: undefined,
};

/** Whether text that binds so needs parentheses in the place of a node. */
export function needsParentheses(node: ts.Expression, binding: Binding): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent)) return !fitsOperator(parent, node, binding);
  if (ts.isConditionalExpression(parent)) return parent.condition === node && binding === 'conditional';
  return (
    ts.isPrefixUnaryExpression(parent) ||
    ts.isPostfixUnaryExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isSatisfiesExpression(parent) ||
    ts.isTypeAssertionExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    ts.isAwaitExpression(parent) ||
    ts.isTypeOfExpression(parent) ||
    ts.isVoidExpression(parent) ||
    ts.isDeleteExpression(parent) ||
    ((ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) && parent.expression === node) ||
    ((ts.isCallExpression(parent) || ts.isNewExpression(parent) || ts.isTaggedTemplateExpression(parent)) &&
      'expression' in parent &&
      parent.expression === node)
  );
}

function fitsOperator(parent: ts.BinaryExpression, node: ts.Expression, binding: Binding): boolean {
  const { kind } = parent.operatorToken;
  const isAssignment = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
  if (kind === ts.SyntaxKind.CommaToken || (isAssignment && parent.right === node)) return true;
  const isLogical = kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.AmpersandAmpersandToken;
  if (binding === 'comparison') return isLogical || kind === ts.SyntaxKind.QuestionQuestionToken;
  return kind === OPERATORS[binding];
}
