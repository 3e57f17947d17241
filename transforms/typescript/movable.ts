import { ts } from './ts.js';
import type { Symbols } from './symbols.js';
import { enclosingFunction, isAccess, isAssignmentOperator, isInside, unwrap, walk } from './syntax.js';

const PURE_GLOBALS = new Set(['String', 'Number', 'JSON', 'Math', 'encodeURIComponent', 'Object', 'Array']);
/** Methods that only read what they are called on. */
const PURE_METHODS =
  /^(trim|trimStart|trimEnd|to(Lower|Upper)Case|toString|toFixed|slice|substring|substr|replace|replaceAll|split|join|concat|map|filter|flatMap|at|charAt|padStart|padEnd|repeat|includes|indexOf|startsWith|endsWith|stringify|entries|keys|values|from|flat|reverse|normalize|toISOString|toLocaleString|toLocaleDateString)$/;
const CHANGES_RECEIVER = /^(reverse|sort)$/;

export interface Move {
  readonly symbols: Symbols;
  /** Where the expression would stand. */
  readonly target: ts.Node;
  /** Statements that do not count as happening in between: they go, or only append to the text that is taken apart. */
  readonly ignored: readonly ts.Node[];
  /** Names that come along: what a loop binds, parameters that were replaced. */
  readonly bound: (symbol: ts.Symbol) => boolean;
}

/** Whether an expression, read at `move.target` instead of where it stands, has the same value and no second effect. */
export function canMove(expression: ts.Expression, move: Move): boolean {
  return isPure(expression) && rootsOf(expression).every((root) => isSettled(root, expression, move));
}

/** Whether evaluating an expression twice, or elsewhere, does nothing more than evaluating it once. */
export function isPure(expression: ts.Node): boolean {
  let pure = true;
  walk(expression, (node) => {
    if (ts.isCallExpression(node)) pure &&= isPureCall(node);
    else if (ts.isAwaitExpression(node) || ts.isYieldExpression(node) || ts.isNewExpression(node)) pure = false;
    else if (ts.isBinaryExpression(node)) pure &&= !isAssignmentOperator(node.operatorToken.kind);
    else if (ts.isPrefixUnaryExpression(node))
      pure &&= node.operator !== ts.SyntaxKind.PlusPlusToken && node.operator !== ts.SyntaxKind.MinusMinusToken;
    else if (ts.isPostfixUnaryExpression(node) || ts.isDeleteExpression(node) || ts.isTaggedTemplateExpression(node))
      pure = false;
    return pure;
  });
  return pure;
}

function isPureCall(node: ts.CallExpression): boolean {
  const callee = unwrap(node.expression);
  if (ts.isIdentifier(callee)) return PURE_GLOBALS.has(callee.text);
  if (!ts.isPropertyAccessExpression(callee) || !PURE_METHODS.test(callee.name.text)) return false;
  return !CHANGES_RECEIVER.test(callee.name.text) || ts.isCallExpression(unwrap(callee.expression));
}

/** The names that an expression reads, without those that it binds itself. */
function rootsOf(expression: ts.Expression): readonly (ts.Identifier | ts.Node)[] {
  const roots: ts.Node[] = [];
  walk(expression, (node) => {
    if (node.kind === ts.SyntaxKind.ThisKeyword) roots.push(node);
    if (ts.isIdentifier(node) && isValueName(node)) roots.push(node);
    return !ts.isTypeNode(node);
  });
  return roots;
}

function isValueName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  return !ts.isBindingElement(parent) && !ts.isParameter(parent);
}

/** Whether every name that an expression reads means the same at `move.target`; its value is not asked for. */
export function isInScope(expression: ts.Expression, { symbols, target, bound }: Move): boolean {
  return rootsOf(expression).every((root) => {
    const symbol = ts.isIdentifier(root) ? symbols.of(root) : undefined;
    const declaration = symbol?.declarations?.[0];
    if (!symbol || !declaration || isInside(declaration, expression) || bound(symbol)) return true;
    return declaration.getSourceFile() !== target.getSourceFile() || isVisible(declaration, target);
  });
}

function isSettled(root: ts.Node, expression: ts.Expression, move: Move): boolean {
  const between = statementsBetween(expression, move);
  if (!ts.isIdentifier(root)) {
    return (
      enclosingFunction(expression) === enclosingFunction(move.target) && !between.some((node) => touchesThis(node))
    );
  }
  if (PURE_GLOBALS.has(root.text) || root.text === 'undefined') return true;
  const symbol = move.symbols.of(root);
  const declaration = symbol?.declarations?.[0];
  if (!symbol || !declaration) return root.text === 'process';
  if (isInside(declaration, expression) || move.bound(symbol)) return true;
  if (!isVisible(declaration, move.target)) return false;
  const isWhole = !isAccess(root.parent) || root.parent.expression !== root;
  if (move.symbols.isReassigned(symbol)) {
    return (
      enclosingFunction(expression) === enclosingFunction(move.target) &&
      !between.some((node) => mentions(node, symbol, move))
    );
  }
  return (isWhole && isPrimitiveUse(root)) || !between.some((node) => mayChange(node, symbol, move));
}

/** Whether only the value of a name is used: the template or concatenation prints it. */
function isPrimitiveUse(root: ts.Identifier): boolean {
  const { parent } = root;
  return (
    ts.isTemplateSpan(parent) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.PlusToken)
  );
}

/** Whether a declaration is in scope at a place of the same file. */
export function isVisible(declaration: ts.Node, place: ts.Node): boolean {
  if (declaration.getSourceFile() !== place.getSourceFile()) return false;
  if (ts.isImportClause(declaration) || ts.isImportSpecifier(declaration) || ts.isNamespaceImport(declaration))
    return true;
  let scope = declaration.parent as ts.Node | undefined;
  while (scope && !isScope(scope)) scope = scope.parent;
  return !scope || (scope.pos <= place.pos && place.end <= scope.end);
}

function isScope(node: ts.Node): boolean {
  return (
    ts.isSourceFile(node) ||
    ts.isBlock(node) ||
    ts.isFunctionLike(node) ||
    ts.isForOfStatement(node) ||
    ts.isForStatement(node) ||
    ts.isForInStatement(node) ||
    ts.isModuleBlock(node) ||
    ts.isCaseBlock(node) ||
    ts.isCatchClause(node) ||
    ts.isClassLike(node)
  );
}

/** The statements of the function that run after the expression and before the target, as far as text order tells. */
function statementsBetween(expression: ts.Expression, { target, ignored }: Move): readonly ts.Node[] {
  const own = enclosingFunction(target) ?? target.getSourceFile();
  const found: ts.Node[] = [];
  walk(own, (node) => {
    if (ignored.includes(node)) return false;
    if (node.pos >= target.pos || node.end <= expression.end) return node === own;
    if (node.pos >= expression.end && node.end <= target.pos) {
      found.push(node);
      return false;
    }
    return true;
  });
  return found;
}

function mentions(node: ts.Node, symbol: ts.Symbol, { symbols }: Move): boolean {
  let found = false;
  walk(node, (at) => {
    found ||= ts.isIdentifier(at) && at.text === symbol.name && symbols.of(at) === symbol;
    return !found;
  });
  return found;
}

/** Whether a statement may change what a name's value holds: a call on it or with it, or an assignment to a member. */
function mayChange(node: ts.Node, symbol: ts.Symbol, { symbols }: Move): boolean {
  let found = false;
  walk(node, (at) => {
    if (ts.isIdentifier(at) && at.text === symbol.name && symbols.of(at) === symbol) found ||= isHandedOn(at);
    return !found;
  });
  return found;
}

function isHandedOn(node: ts.Identifier): boolean {
  let at: ts.Node = node;
  while (isAccess(at.parent) && at.parent.expression === at) at = at.parent;
  const { parent } = at;
  if (ts.isCallExpression(parent))
    return (
      !parent.expression.getText().startsWith('console.') &&
      !(parent.expression === at && ts.isPropertyAccessExpression(at) && PURE_METHODS.test(at.name.text))
    );
  if (ts.isBinaryExpression(parent)) return parent.left === at && isAssignmentOperator(parent.operatorToken.kind);
  return (
    ts.isPrefixUnaryExpression(parent) ||
    ts.isPostfixUnaryExpression(parent) ||
    ts.isDeleteExpression(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isShorthandPropertyAssignment(parent)
  );
}

/** Whether a statement may change a member of `this`: a call that has it in hand, or an assignment to one. */
function touchesThis(node: ts.Node): boolean {
  let found = false;
  walk(node, (at) => {
    const isCall = ts.isCallExpression(at) || ts.isNewExpression(at);
    const isChange = ts.isBinaryExpression(at) && isAssignmentOperator(at.operatorToken.kind);
    found ||= (isCall && mentionsThis(at)) || (isChange && mentionsThis(at.left)) || ts.isDeleteExpression(at);
    return !found;
  });
  return found;
}

function mentionsThis(node: ts.Node): boolean {
  let found = false;
  walk(node, (at) => {
    found ||= at.kind === ts.SyntaxKind.ThisKeyword;
    return !found;
  });
  return found;
}
