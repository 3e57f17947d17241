import { ts } from './ts.js';

/** The expression inside parentheses, `as`, `satisfies`, `!` and type assertions. */
export function unwrap(node: ts.Expression): ts.Expression {
  let inner = node;
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isNonNullExpression(inner) ||
    ts.isTypeAssertionExpression(inner)
  ) {
    inner = inner.expression;
  }
  return inner;
}

/** The outermost expression that is only parentheses, casts or `!` around this one. */
export function wrapping(node: ts.Expression): ts.Expression {
  let outer: ts.Expression = node;
  for (;;) {
    const parent = outer.parent;
    const wraps =
      ts.isParenthesizedExpression(parent) ||
      ts.isAsExpression(parent) ||
      ts.isSatisfiesExpression(parent) ||
      ts.isNonNullExpression(parent) ||
      ts.isTypeAssertionExpression(parent);
    if (!wraps) return outer;
    outer = parent;
  }
}

/** The name of a property, member or element access as far as it is known before the program runs. */
export function staticName(name: ts.PropertyName | ts.BindingName | ts.Expression | undefined): string | undefined {
  if (!name) return undefined;
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) return name.text;
  if (ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return name.text;
  if (ts.isComputedPropertyName(name))
    return ts.isStringLiteralLike(name.expression) ? name.expression.text : undefined;
  return undefined;
}

export type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression;

export function isAccess(node: ts.Node): node is Access {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

/** The member that an access names: `x.name` or `x['name']`. */
export function accessName(node: Access): string | undefined {
  return ts.isPropertyAccessExpression(node) ? node.name.text : literalText(node.argumentExpression);
}

export function literalText(node: ts.Expression | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

export type FunctionNode = ts.FunctionLikeDeclaration & { readonly body: ts.Node };

/** The function, method or arrow that a node stands in; undefined at module level. */
export function enclosingFunction(node: ts.Node): FunctionNode | undefined {
  for (let at = node.parent as ts.Node | undefined; at; at = at.parent) {
    if (ts.isFunctionLike(at) && 'body' in at && at.body) return at as FunctionNode;
  }
  return undefined;
}

/** The statement that a node stands in, the nearest one that is an element of a block or file. */
export function enclosingStatement(node: ts.Node): ts.Statement {
  let at = node;
  while (!isInBlock(at)) at = at.parent;
  return at as ts.Statement;
}

function isInBlock(node: ts.Node): boolean {
  const { parent } = node;
  return (
    (ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isModuleBlock(parent) || ts.isCaseOrDefaultClause(parent)) &&
    ts.isStatement(node)
  );
}

/** Whether an expression statement begins with a node. */
export function beginsStatement(node: ts.Node): boolean {
  let at = node;
  while (!ts.isStatement(at) && at.parent.getStart() === node.getStart()) at = at.parent;
  return ts.isExpressionStatement(at) && at.getStart() === node.getStart();
}

/** Calls `visit` for a node and everything under it, parents first; stops below where it returns false. */
export function walk(node: ts.Node, visit: (node: ts.Node) => boolean | undefined): void {
  if (visit(node) === false) return;
  ts.forEachChild(node, (child) => {
    walk(child, visit);
  });
}

/** Whether an expression is the target of an assignment, `++`, `--` or `delete`. */
export function isWritten(node: ts.Expression): boolean {
  const outer = wrapping(node);
  const { parent } = outer;
  if (ts.isBinaryExpression(parent)) {
    return parent.left === outer && isAssignmentOperator(parent.operatorToken.kind);
  }
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) {
    return parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken;
  }
  return ts.isDeleteExpression(parent);
}

export function isAssignmentOperator(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** `target = value` as a statement of its own, or with `operator`. */
export function assignmentIn(
  statement: ts.Statement,
  operator: ts.SyntaxKind = ts.SyntaxKind.EqualsToken,
): ts.BinaryExpression | undefined {
  if (!ts.isExpressionStatement(statement)) return undefined;
  const { expression } = statement;
  return ts.isBinaryExpression(expression) && expression.operatorToken.kind === operator ? expression : undefined;
}

/** The single expression that a function gives back: an arrow's body or its only statement, a return. */
export function returnedExpression(node: ts.Node | undefined): ts.Expression | undefined {
  if (!node || !ts.isFunctionLike(node) || !('body' in node) || !node.body) return undefined;
  const body = node.body as ts.Node;
  if (!ts.isBlock(body)) return body as ts.Expression;
  const only = body.statements.length === 1 ? body.statements[0] : undefined;
  return only && ts.isReturnStatement(only) ? only.expression : undefined;
}

/** Whether a node stands inside another one of the same file, or is it. */
export function isInside(node: ts.Node, outer: ts.Node): boolean {
  return node.getSourceFile() === outer.getSourceFile() && outer.pos <= node.pos && node.end <= outer.end;
}

/** What a variable or member is made from. */
export function initializerOf(declaration: ts.Node | undefined): ts.Expression | undefined {
  const isMade =
    declaration !== undefined &&
    (ts.isVariableDeclaration(declaration) ||
      ts.isPropertyDeclaration(declaration) ||
      ts.isPropertyAssignment(declaration));
  return isMade ? declaration.initializer : undefined;
}

/** Whether a name only stands in an import or export, and nothing reads it there. */
export function isHandedOver({ parent }: ts.Node): boolean {
  return (
    ts.isImportSpecifier(parent) ||
    ts.isExportSpecifier(parent) ||
    ts.isImportClause(parent) ||
    ts.isExportAssignment(parent)
  );
}
