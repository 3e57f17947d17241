import { ts } from '../ts.js';
import type { Edit } from '../../../src/edits/edit.js';
import type { ReadContext } from './read-context.js';
import { followName, followParameter } from './stop-reason-names.js';
import { addToTable } from './stop-reason-table.js';
import { comparisonEdits, isComparison, isOtherThanReasons, switchEdits } from './stop-reason-tests.js';

/** What the readers of a stop reason have to change; undefined if its value leaves to where it cannot be followed. */
export function readerEdits(value: ts.Expression, context: ReadContext): readonly Edit[] | undefined {
  let outer = value;
  while (ts.isParenthesizedExpression(outer.parent) || ts.isNonNullExpression(outer.parent)) outer = outer.parent;
  const { parent } = outer;
  if (isTest(outer, parent)) return [];
  if (ts.isSwitchStatement(parent)) return switchEdits(parent, context.world);
  if (ts.isElementAccessExpression(parent) && parent.argumentExpression === outer)
    return addToTable(parent, context.world);
  if (ts.isVariableDeclaration(parent) && parent.initializer === outer) return followName(parent, context);
  if (ts.isCallExpression(parent) && parent.expression !== outer) return followParameter(outer, parent, context);
  if (!ts.isBinaryExpression(parent)) return undefined;
  const { kind } = parent.operatorToken;
  if (isComparison(kind)) return comparisonEdits(outer, parent, context.world);
  if (
    kind === ts.SyntaxKind.EqualsToken &&
    parent.right === outer &&
    ts.isIdentifier(parent.left) &&
    ts.isExpressionStatement(parent.parent)
  ) {
    const declaration = context.world.symbols.declaration(parent.left);
    return declaration && ts.isVariableDeclaration(declaration) ? followName(declaration, context) : undefined;
  }
  const isFallback = kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;
  if (isFallback && parent.left === outer && isOtherThanReasons(parent.right, context.world))
    return readerEdits(parent, context);
  return undefined;
}

function isTest(node: ts.Expression, parent: ts.Node): boolean {
  if (ts.isConditionalExpression(parent)) return parent.condition === node;
  if (ts.isBinaryExpression(parent))
    return parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken && parent.left === node;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  return (
    ts.isIfStatement(parent) ||
    ts.isWhileStatement(parent) ||
    ts.isDoStatement(parent) ||
    ts.isTypeOfExpression(parent) ||
    ts.isExpressionStatement(parent)
  );
}
