import { ts } from './ts.js';
import { unwrap } from './syntax.js';

/**
 * What the tests around a node say of a value there: that it is truthy, that it is not, or nothing.
 * The value has to stay what it is from the test to the node.
 */
export function testedAs(node: ts.Node, isValue: (expression: ts.Expression) => boolean): boolean | undefined {
  for (let at = node; !ts.isSourceFile(at.parent); at = at.parent) {
    const found = saidBy(at.parent, at, isValue);
    if (found !== undefined) return found;
  }
  return undefined;
}

function saidBy(parent: ts.Node, at: ts.Node, isValue: (expression: ts.Expression) => boolean): boolean | undefined {
  if (ts.isIfStatement(parent)) {
    if (at === parent.expression) return undefined;
    return implied(parent.expression, at === parent.thenStatement, isValue);
  }
  if (ts.isConditionalExpression(parent)) {
    if (at === parent.condition) return undefined;
    return implied(parent.condition, at === parent.whenTrue, isValue);
  }
  if (!ts.isBlock(parent)) return undefined;
  const earlier = parent.statements.slice(0, parent.statements.indexOf(at as ts.Statement));
  for (const statement of earlier) {
    const isLeft = ts.isIfStatement(statement) && !statement.elseStatement && leaves(statement.thenStatement);
    const found = isLeft ? implied(statement.expression, false, isValue) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What the outcome of a test says of the value. */
function implied(
  test: ts.Expression,
  outcome: boolean,
  isValue: (expression: ts.Expression) => boolean,
): boolean | undefined {
  const node = unwrap(test);
  if (isValue(node)) return outcome;
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return implied(node.operand, !outcome, isValue);
  if (!ts.isBinaryExpression(node)) return undefined;
  const { left, operatorToken, right } = node;
  switch (operatorToken.kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return outcome ? (implied(left, true, isValue) ?? implied(right, true, isValue)) : undefined;
    case ts.SyntaxKind.BarBarToken:
      return outcome ? undefined : (implied(left, false, isValue) ?? implied(right, false, isValue));
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
      // What is not `true` may still be truthy, but for a flag there is nothing else.
      return right.kind === ts.SyntaxKind.TrueKeyword ? implied(left, outcome, isValue) : undefined;
    default:
      return undefined;
  }
}

function leaves(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return (
    last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last) || ts.isContinueStatement(last))
  );
}
