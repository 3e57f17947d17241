import { ts } from '../ts.js';
import type { Part } from '../../../src/prompt/parts.js';
import { accessName, enclosingFunction, enclosingStatement, isAccess, isWritten, unwrap, walk } from '../syntax.js';
import type { Handle } from './handle.js';
import { callbackOf, liftMapped, repeat, statementsOf, withLocals } from './history.js';
import { joinElements } from './calls.js';
import type { LiftContext, Parts } from './context.js';
import { lift } from './lift.js';
import { choice, text } from './parts.js';
import { asText } from './text-loop.js';

/** How the text of one variable comes about: its declaration, and the statements that append to it before it is read. */
export interface Assembly {
  readonly symbol: ts.Symbol;
  readonly declaration: ts.VariableDeclaration | ts.FunctionDeclaration;
  readonly parts: Parts;
  /** The statements after the declaration that append; each of them does nothing else. */
  readonly appends: readonly ts.Statement[];
  /** Whether the text is put together by more than its declaration. */
  readonly isPieceMeal: boolean;
}

/**
 * Reads the text that a variable holds at `context.use`. With a `separator` the variable is an array that is joined.
 * Undefined when something else than reading and appending happens to it, or when order cannot be told.
 */
export function readAssembly(
  node: ts.Identifier,
  declaration: ts.VariableDeclaration,
  context: LiftContext,
  separator?: string,
): Assembly | undefined {
  const symbol = context.symbols.of(node);
  if (!symbol || !ts.isIdentifier(declaration.name)) return undefined;
  const reading: Reading = { symbol, separator, context };
  const changes = changesOf(reading);
  const isLocal = declaration.getSourceFile() === context.unit.tree;
  if (changes.length === 0) {
    if (!declaration.initializer) return undefined;
    const parts = initialParts(declaration.initializer, reading);
    const readable = parts && (isLocal || parts.every((part) => part.kind === 'text'));
    return readable ? { symbol, declaration, parts, appends: [], isPieceMeal: false } : undefined;
  }
  if (!isLocal || enclosingFunction(declaration) !== enclosingFunction(context.use)) return undefined;
  const start = enclosingStatement(declaration);
  const end = ancestorIn(start.parent, context.use);
  if (!end) return undefined;
  const siblings = (start.parent as ts.Block).statements;
  const between = siblings.slice(siblings.indexOf(start) + 1, siblings.indexOf(end));
  const appends = between.filter((statement) => changes.some((change) => holds(statement, change)));
  if (!changes.every((change) => appends.some((statement) => holds(statement, change)))) return undefined;
  const initial = declaration.initializer ? initialParts(declaration.initializer, reading) : [];
  const appended = initial && readStatements(appends, reading, initial.length > 0);
  return appended && { symbol, declaration, parts: [...initial, ...appended], appends, isPieceMeal: true };
}

interface Reading {
  readonly symbol: ts.Symbol;
  readonly separator: string | undefined;
  readonly context: LiftContext;
}

function initialParts(initializer: ts.Expression, { separator, context }: Reading): Parts | undefined {
  if (separator === undefined) return lift(initializer, context);
  const list = unwrap(initializer);
  if (ts.isCallExpression(list)) return liftMapped(list, separator, context);
  return ts.isArrayLiteralExpression(list) ? joinElements(list.elements, separator, context) : undefined;
}

/** Every place that changes the variable: assignments, and calls of methods that change an array. */
function changesOf({ symbol, separator, context }: Reading): readonly ts.Identifier[] {
  return context.symbols.references(symbol).filter((reference) => {
    if (isWritten(reference)) return true;
    const { parent } = reference;
    if (separator === undefined) return false;
    if (isAccess(parent) && parent.expression === reference)
      return !/^(join|length|map|filter|slice)$/.test(accessName(parent) ?? '');
    return !ts.isVariableDeclaration(parent);
  });
}

function holds(outer: ts.Node, inner: ts.Node): boolean {
  return outer.pos <= inner.pos && inner.end <= outer.end;
}

/** The ancestor of a node that is a child statement of `block`. */
function ancestorIn(block: ts.Node, node: ts.Node): ts.Statement | undefined {
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
    if (at.parent === block) return at as ts.Statement;
  }
  return undefined;
}

function readStatements(statements: readonly ts.Statement[], reading: Reading, hasText: boolean): Parts | undefined {
  const parts: Part<Handle>[] = [];
  for (const statement of statements) {
    const more = readStatement(statement, reading, hasText || parts.length > 0);
    if (!more) return undefined;
    parts.push(...more);
  }
  return parts;
}

function readStatement(statement: ts.Statement, reading: Reading, hasText: boolean): Parts | undefined {
  const { context } = reading;
  if (ts.isIfStatement(statement)) {
    const then = readStatements(statementsOf(statement.thenStatement), reading, hasText);
    const otherwise = statement.elseStatement
      ? readStatements(statementsOf(statement.elseStatement), reading, hasText)
      : [];
    return then && otherwise && choice(statement.expression, then, otherwise, context);
  }
  if (
    ts.isForOfStatement(statement) &&
    !statement.awaitModifier &&
    ts.isVariableDeclarationList(statement.initializer)
  ) {
    const variable = statement.initializer.declarations[0];
    if (!variable) return undefined;
    return readLoop(statement.expression, [variable.name], statementsOf(statement.statement), reading, hasText);
  }
  if (ts.isForStatement(statement)) return readCountedLoop(statement, reading, hasText);
  const each = forEachCall(statement);
  if (each) {
    const callback = each.arguments[0] && callbackOf(each.arguments[0], context);
    const data = (unwrap(each.expression) as ts.PropertyAccessExpression).expression;
    if (!callback) return undefined;
    const body = ts.isBlock(callback.body) ? callback.body.statements : undefined;
    if (body) return readLoop(data, callback.parameters, body, reading, hasText);
    const parts = readAppend(callback.body as ts.Expression, reading, false);
    return parts && [repeat(data, callback.parameters, parts, reading.separator ?? '', context)];
  }
  return ts.isExpressionStatement(statement) ? readAppend(statement.expression, reading, hasText) : undefined;
}

/** `for (let i = 0; i < data.length; i++)`, whose body names its element by the index. */
function readCountedLoop(statement: ts.ForStatement, reading: Reading, hasText: boolean): Parts | undefined {
  const { initializer, condition, incrementor } = statement;
  const variable = initializer && ts.isVariableDeclarationList(initializer) ? initializer.declarations[0] : undefined;
  if (variable?.initializer?.getText() !== '0' || !condition || !ts.isBinaryExpression(condition)) return undefined;
  const length = condition.right;
  const counts = incrementor && /^(\+\+\s*\w+|\w+\s*\+\+|\w+\s*\+=\s*1)$/.test(incrementor.getText());
  if (
    !counts ||
    condition.operatorToken.kind !== ts.SyntaxKind.LessThanToken ||
    condition.left.getText() !== variable.name.getText()
  )
    return undefined;
  if (!ts.isPropertyAccessExpression(length) || length.name.text !== 'length') return undefined;
  return readIndexed(length.expression, variable.name, statementsOf(statement.statement), reading, hasText);
}

/** The elements get a name where the index is only used to reach them. */
function readIndexed(
  data: ts.Expression,
  index: ts.BindingName,
  body: readonly ts.Statement[],
  reading: Reading,
  hasText: boolean,
): Parts | undefined {
  const { unit, symbols } = reading.context;
  const symbol = symbols.of(index);
  const source = unit.source(data);
  const uses = symbol
    ? symbols.references(symbol).filter((reference) => body.some((statement) => holds(statement, reference)))
    : [];
  const reachesElement = ({ parent }: ts.Identifier): boolean =>
    ts.isElementAccessExpression(parent) && unit.source(parent.expression) === source;
  const name = ['turn', 'entry', 'item', 'element'].find(
    (candidate) => !new RegExp(`\\b${candidate}\\b`).test(unit.text),
  );
  if (!symbol || !name || !uses.every(reachesElement)) return readLoop(data, [index], body, reading, hasText, '_, ');
  const context = { ...reading.context, element: { data: source, index: symbol, name } };
  return readLoop(data, [], body, { ...reading, context }, hasText, name, [index]);
}

function forEachCall(statement: ts.Statement): ts.CallExpression | undefined {
  if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression)) return undefined;
  const callee = unwrap(statement.expression.expression);
  return ts.isPropertyAccessExpression(callee) && callee.name.text === 'forEach' ? statement.expression : undefined;
}

function readLoop(
  data: ts.Expression,
  binding: readonly ts.Node[],
  body: readonly ts.Statement[],
  reading: Reading,
  hasText: boolean,
  before = '',
  hidden: readonly ts.Node[] = [],
): Parts | undefined {
  const { symbol, separator } = reading;
  const context = withLocals(body, reading.context);
  const skips = skipsOf(body);
  const steps = body
    .slice(skips.length)
    .filter((statement) => !ts.isVariableStatement(statement) || mentionsSymbol(statement, symbol, context));
  if (steps.some(leavesLoop)) return undefined;
  const parts = readStatements(steps, { ...reading, context }, false);
  if (!parts) return undefined;
  const loop = repeat(data, binding, parts, separator ?? '', reading.context, { before, hidden, skips });
  const plain = !separator || hasText ? asText(loop, separator ?? '', reading.context) : undefined;
  if (plain) return [plain];
  return separator && hasText ? [text(separator), loop] : [loop];
}

/** The tests of `if (test) continue;` at the beginning of a loop. */
function skipsOf(body: readonly ts.Statement[]): readonly ts.Expression[] {
  const tests: ts.Expression[] = [];
  for (const statement of body) {
    if (!ts.isIfStatement(statement) || statement.elseStatement) break;
    const [only, ...more] = statementsOf(statement.thenStatement);
    if (!only || more.length > 0 || !ts.isContinueStatement(only) || only.label) break;
    tests.push(statement.expression);
  }
  return tests;
}

function mentionsSymbol(node: ts.Node, symbol: ts.Symbol, { symbols }: LiftContext): boolean {
  let found = false;
  walk(node, (at) => {
    found ||= ts.isIdentifier(at) && symbols.of(at) === symbol;
    return !found;
  });
  return found;
}

function leavesLoop(statement: ts.Statement): boolean {
  let found = false;
  walk(statement, (node) => {
    found ||= ts.isBreakOrContinueStatement(node) || ts.isReturnStatement(node) || ts.isAwaitExpression(node);
    return !found;
  });
  return found;
}

/** `t += x`, `t = t + x`, `` t = `${t}x` ``, `t = t.concat(x)` and `list.push(x)`. */
function readAppend(expression: ts.Expression, reading: Reading, hasText: boolean): Parts | undefined {
  const { symbol, separator, context } = reading;
  const node = unwrap(expression);
  if (separator !== undefined) {
    const callee = ts.isCallExpression(node) ? unwrap(node.expression) : undefined;
    if (!ts.isCallExpression(node) || !callee || !isAccess(callee) || accessName(callee) !== 'push') return undefined;
    const parts = joinElements(node.arguments, separator, context);
    return parts && hasText ? [text(separator), ...parts] : parts;
  }
  if (!ts.isBinaryExpression(node) || !ts.isIdentifier(node.left) || context.symbols.of(node.left) !== symbol)
    return undefined;
  if (node.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken) return lift(node.right, context);
  if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const soFar = { kind: 'expression', pieces: [], isString: true } as const;
  const [first, ...rest] = lift(node.right, { ...context, bound: new Map(context.bound).set(symbol, soFar) }).filter(
    (part) => part.kind !== 'text' || part.text !== '',
  );
  return first?.kind === 'hole' && first.value === soFar ? rest : undefined;
}
