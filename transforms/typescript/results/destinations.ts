import { ts } from '../ts.js';
import {
  accessName,
  enclosingFunction,
  isAccess,
  isAssignmentOperator,
  isWritten,
  unwrap,
  wrapping,
  type Access,
} from '../syntax.js';
import { shownAs } from '../only-shown.js';
import { addArgument } from './arguments.js';
import { addMember } from './member-uses.js';
import type { FlowBuilder } from './flow.js';
import { addPattern } from './patterns.js';
import { isOfError } from './error-branch.js';
import { holderOf, holds } from './holders.js';
import { isPrivate } from './sources.js';
import { readsEvents } from './stream-loop.js';
import type { World } from './world.js';

const COMPARISONS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.InstanceOfKeyword,
  ts.SyntaxKind.PlusToken,
]);

/** Where does the answer in this expression go, by what stands around it? */
export function addDestinations(node: ts.Expression, world: World, builder: FlowBuilder): void {
  const { parent } = node;
  const moveTo = (target: ts.Node): void => {
    if (world.answerOf(target)) builder.edge(node, target);
    else builder.use(node, { kind: 'out' });
  };
  if (isHarmless(node, parent) || isFailure(node, world)) return;
  if (!ts.isForOfStatement(parent) && shownAs(node, world.symbols) === 'log') {
    builder.use(node, { kind: 'log' });
    return;
  }
  if (isAccess(parent) && parent.expression === node) addMember(node, parent, world, builder);
  else if (isThrough(parent)) {
    const access = oldFieldOf(parent);
    if (access && !world.answerOf(parent)) builder.use(node, { kind: 'field', access });
    else moveTo(parent);
  } else if (ts.isBinaryExpression(parent)) addOperand(node, parent, world, builder);
  else if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
    if (parent.expression !== node) addArgument(node, parent, world, builder);
  } else if (ts.isSpreadElement(parent)) {
    if (ts.isArrayLiteralExpression(parent.parent)) moveTo(parent.parent);
    else addArgument(node, parent.parent, world, builder);
  } else if (ts.isVariableDeclaration(parent) || ts.isBindingElement(parent) || ts.isParameter(parent)) {
    addDeclared(node, parent, world, builder);
  } else if (ts.isPropertyDeclaration(parent) && isPrivate(parent)) {
    moveTo(parent);
  } else if (
    ts.isReturnStatement(parent) ||
    ts.isYieldExpression(parent) ||
    (ts.isArrowFunction(parent) && parent.body === node)
  ) {
    const fn = ts.isArrowFunction(parent) ? parent : enclosingFunction(parent);
    if (fn) moveTo(fn);
  } else if (ts.isForOfStatement(parent)) addLoop(node, parent, world, builder);
  else builder.use(node, { kind: 'out' });
}

/** `(answer as any).stop`: a field that the types never had. */
function oldFieldOf(cast: ts.Expression): Access | undefined {
  const outer = wrapping(cast);
  const { parent } = outer;
  const isField =
    isAccess(parent) &&
    parent.expression === outer &&
    /^(stop|log_id|truncated|exception)$/.test(accessName(parent) ?? '');
  return isField && !isWritten(parent) ? parent : undefined;
}

function isThrough(parent: ts.Node): parent is ts.Expression {
  return (
    ts.isParenthesizedExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isSatisfiesExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    ts.isTypeAssertionExpression(parent) ||
    ts.isAwaitExpression(parent) ||
    ts.isConditionalExpression(parent) ||
    ts.isArrayLiteralExpression(parent)
  );
}

/** Whether the value is not looked into: a condition, a statement's dropped value, the target of a write. */
function isHarmless(node: ts.Expression, parent: ts.Node): boolean {
  if (isWritten(node)) return true;
  if (ts.isConditionalExpression(parent)) return parent.condition === node;
  if (isAccess(parent)) return parent.expression !== node;
  return (
    ts.isExpressionStatement(parent) ||
    ts.isIfStatement(parent) ||
    ts.isWhileStatement(parent) ||
    ts.isDoStatement(parent) ||
    ts.isForStatement(parent) ||
    ts.isSwitchStatement(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    ts.isTypeOfExpression(parent) ||
    ts.isVoidExpression(parent) ||
    (ts.isTemplateSpan(parent) && !ts.isTaggedTemplateExpression(parent.parent.parent)) ||
    ts.isComputedPropertyName(parent) ||
    ts.isCaseClause(parent)
  );
}

/** Whether what is read of a response is an error: where it is known to be one, or where it becomes what an error says. */
function isFailure(node: ts.Expression, world: World): boolean {
  const kind = world.answerOf(node)?.kind;
  if (kind === 'http') return isOfError(node, world.symbols);
  const { parent } = wrapping(node);
  return kind === 'json' && ts.isNewExpression(parent) && parent.expression.getText().endsWith('Error');
}

function addOperand(node: ts.Expression, parent: ts.BinaryExpression, world: World, builder: FlowBuilder): void {
  const { kind } = parent.operatorToken;
  const isRight = parent.right === node;
  if (kind === ts.SyntaxKind.InKeyword) {
    if (isRight) builder.use(node, { kind: 'in', key: parent.left });
  } else if (isAssignmentOperator(kind)) {
    if (isRight) addAssigned(node, parent, world, builder);
  } else if (
    COMPARISONS.has(kind) ||
    (!isRight && (kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.CommaToken))
  ) {
    return;
  } else if (world.answerOf(parent)) builder.edge(node, parent);
  else builder.use(node, { kind: 'out' });
}

function addAssigned(node: ts.Expression, assignment: ts.BinaryExpression, world: World, builder: FlowBuilder): void {
  const target = unwrap(assignment.left);
  const owner = ts.isElementAccessExpression(target) ? unwrap(target.expression) : target;
  const holder = holderOf(owner, world);
  if (holder) builder.edge(node, holder);
  else builder.use(node, { kind: 'out' });
  if (!world.answerOf(assignment)) return;
  if (holder) builder.edge(holder, assignment);
  else builder.unseen(assignment);
}

type Declared = ts.VariableDeclaration | ts.BindingElement | ts.ParameterDeclaration;

function addDeclared(node: ts.Expression, declaration: Declared, world: World, builder: FlowBuilder): void {
  if (ts.isIdentifier(declaration.name)) {
    if (holds(declaration, world)) builder.edge(node, declaration);
    else builder.use(node, { kind: 'out' });
    return;
  }
  builder.edge(node, declaration);
  addPattern(declaration.name, declaration, world, builder);
}

function addLoop(node: ts.Expression, statement: ts.ForOfStatement, world: World, builder: FlowBuilder): void {
  const answer = world.answerOf(node);
  if (answer?.wrapper === 'none' && (answer.kind === 'stream' || answer.kind === 'either')) {
    builder.use(node, { kind: 'loop', statement });
    if (readsEvents(statement, world)) return;
  }
  const declaration = ts.isVariableDeclarationList(statement.initializer)
    ? statement.initializer.declarations[0]
    : undefined;
  if (!declaration) builder.use(node, { kind: 'out' });
  else addDeclared(node, declaration, world, builder);
}
