import { ts } from '../ts.js';
import type { Symbols } from '../symbols.js';
import { accessName, isAccess, unwrap } from '../syntax.js';

interface Response {
  readonly node: ts.Expression;
  readonly symbols: Symbols;
}

/**
 * Whether a response is looked at where its request is known to have failed: an error says the same in both APIs, so what
 * is read there is no answer.
 */
export function isOfError(node: ts.Expression, symbols: Symbols): boolean {
  const response = { node, symbols };
  for (let at: ts.Node = node; !ts.isFunctionLike(at) && !ts.isSourceFile(at); at = at.parent) {
    const { parent } = at;
    if (ts.isIfStatement(parent) && at !== parent.expression) {
      if (at === parent.thenStatement ? saysFailed(parent.expression, response) : saysFine(parent.expression, response))
        return true;
    } else if (ts.isConditionalExpression(parent) && at !== parent.condition) {
      if (at === parent.whenTrue ? saysFailed(parent.condition, response) : saysFine(parent.condition, response))
        return true;
    }
    if (ts.isStatement(at) && ts.isBlock(parent) && isAfterSuccess(at, parent, response)) return true;
  }
  return false;
}

/** Whether the block goes on only without success: `if (response.ok) return …;` stands before. */
function isAfterSuccess(statement: ts.Statement, { statements }: ts.Block, response: Response): boolean {
  return statements
    .slice(0, statements.indexOf(statement))
    .some((each) => ts.isIfStatement(each) && saysFine(each.expression, response) && leaves(each.thenStatement));
}

function leaves(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last));
}

function saysFailed(condition: ts.Expression, response: Response): boolean {
  const node = unwrap(condition);
  if (ts.isPrefixUnaryExpression(node))
    return node.operator === ts.SyntaxKind.ExclamationToken && saysFine(node.operand, response);
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken)
    return saysFailed(node.left, response) || saysFailed(node.right, response);
  // Without a body there is nothing to read either.
  if (kind === ts.SyntaxKind.BarBarToken)
    return [node.left, node.right].every((each) => saysFailed(each, response) || /^!.*\bbody$/.test(each.getText()));
  if (isUnequal(kind)) return isStatus(node.left, response) && isSuccess(node.right);
  const isAbove = kind === ts.SyntaxKind.GreaterThanToken || kind === ts.SyntaxKind.GreaterThanEqualsToken;
  return isAbove && isStatus(node.left, response) && /^(299|300|399|400)$/.test(node.right.getText());
}

function saysFine(condition: ts.Expression, response: Response): boolean {
  const node = unwrap(condition);
  if (isMember(node, 'ok', response)) return true;
  const isEqual =
    ts.isBinaryExpression(node) &&
    (node.operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken ||
      node.operatorToken.kind === ts.SyntaxKind.EqualsEqualsToken);
  return isEqual && isStatus(node.left, response) && isSuccess(node.right);
}

function isUnequal(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.ExclamationEqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsToken;
}

function isSuccess(value: ts.Expression): boolean {
  return value.getText() === '200';
}

function isStatus(node: ts.Expression, response: Response): boolean {
  return isMember(node, 'status', response) || isMember(node, 'statusCode', response);
}

/** `response.name`, or the name beside the response's own in the pattern that took both out. */
function isMember(node: ts.Expression, name: string, response: Response): boolean {
  const inner = unwrap(node);
  if (isAccess(inner))
    return accessName(inner) === name && unwrap(inner.expression).getText() === unwrap(response.node).getText();
  return ts.isIdentifier(inner) && inner.text === name && isTakenTogether(inner, response);
}

function isTakenTogether(name: ts.Identifier, { node, symbols }: Response): boolean {
  const [own, other] = [name, node].map((each) => symbols.declaration(each)?.parent);
  return own !== undefined && own === other && ts.isObjectBindingPattern(own);
}
