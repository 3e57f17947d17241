import { ts } from '../ts.js';
import type { Piece, Range } from '../../../src/edits/edit.js';
import type { RepeatPart } from '../../../src/prompt/parts.js';
import { functionOf, isFixed } from '../flow/functions.js';
import { isPure } from '../movable.js';
import { onlyDeclaration } from '../symbols.js';
import { accessName, isAccess, unwrap } from '../syntax.js';
import type { ExpressionHandle, Handle, IterationHandle } from './handle.js';
import type { LiftContext, Parts } from './context.js';
import { handleOf, substituted } from './handle-of.js';
import { liftElsewhere } from './elsewhere.js';
import { lift } from './lift.js';
import { choice, holdsMarkerText } from './parts.js';

type Callback = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration;

/** `data.map(callback)` whose elements hold markers, joined by `separator`; undefined when they hold none or cannot be read. */
export function liftMapped(call: ts.CallExpression, separator: string, context: LiftContext): Parts | undefined {
  const callee = unwrap(call.expression);
  const callback = call.arguments[0] && callbackOf(call.arguments[0], context);
  if (!isAccess(callee) || accessName(callee) !== 'map') return undefined;
  if (!callback) return liftMappedElsewhere(call, callee.expression, separator, context);
  const body = liftReturned(callback.body, context);
  if (!body || !holdsMarkerText(body)) return undefined;
  if (ts.isIdentifier(call.arguments[0] as ts.Expression))
    tellCallee(call.arguments[0] as ts.Identifier, body, context);
  return [repeat(callee.expression, callback.parameters, body, separator, context)];
}

/** The elements are turned by a function of another file. */
function liftMappedElsewhere(
  call: ts.CallExpression,
  data: ts.Expression,
  separator: string,
  context: LiftContext,
): Parts | undefined {
  const [argument, ...more] = call.arguments;
  const callee = argument && unwrap(argument);
  const name = callee && ts.isPropertyAccessExpression(callee) ? callee.name : callee;
  const symbol = name && ts.isIdentifier(name) ? context.symbols.of(name) : undefined;
  const found = symbol && functionOf(symbol);
  if (!callee || !found || more.length > 0 || !isFixed(found, context.symbols)) return undefined;
  const { fn } = found;
  if (fn.getSourceFile() === context.unit.tree) return undefined;
  if (fn.parameters.some(({ initializer, dotDotDotToken }) => initializer ?? dotDotDotToken)) return undefined;
  const body = liftElsewhere(fn, new Map(), context);
  if (!body) return undefined;
  tellCallee(callee, body, context);
  const before = fn.parameters.map((parameter) => parameter.name.getText()).join(', ');
  return [repeat(data, [], body, separator, context, { before, hidden: [], skips: [] })];
}

/** Says that a named function's text was taken over, so that it may go when nothing else calls it. */
export function tellCallee(callee: ts.Expression, parts: Parts, { symbols, onAssembly }: LiftContext): Parts {
  const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
  const symbol = symbols.of(name);
  const declaration = onlyDeclaration(symbol);
  if (symbol && declaration && (ts.isFunctionDeclaration(declaration) || ts.isVariableDeclaration(declaration))) {
    onAssembly({ symbol, declaration, parts, appends: [], isPieceMeal: false });
  }
  return parts;
}

/** `data.reduce((text, m) => text + turn(m), initial)`. */
export function liftReduced(call: ts.CallExpression, context: LiftContext): Parts | undefined {
  const callee = unwrap(call.expression);
  const [first, initial] = call.arguments;
  const callback = first && callbackOf(first, context);
  if (!isAccess(callee) || !callback || !initial) return undefined;
  const [accumulator, ...rest] = callback.parameters;
  const symbol = accumulator && ts.isIdentifier(accumulator.name) ? context.symbols.of(accumulator.name) : undefined;
  if (!symbol || rest.length === 0) return undefined;
  const soFar: ExpressionHandle = { kind: 'expression', pieces: [], isString: true };
  const bound = new Map(context.bound).set(symbol, soFar);
  const body = liftReturned(callback.body, { ...context, bound });
  const appended = body && withoutLeading(body, soFar);
  if (!appended || !holdsMarkerText(appended) || mentions(appended, soFar)) return undefined;
  return [...lift(initial, context), repeat(callee.expression, rest, appended, '', context)];
}

interface LoopHead {
  /** What a callback's parameters begin with. */
  readonly before: string;
  /** What declares names that the printed elements stand for. */
  readonly hidden: readonly ts.Node[];
  /** Tests that leave an element out. */
  readonly skips: readonly ts.Expression[];
}

export function repeat(
  data: ts.Expression,
  bindingNodes: readonly ts.Node[],
  body: Parts,
  separator: string,
  context: LiftContext,
  { before, hidden, skips }: LoopHead = { before: '', hidden: [], skips: [] },
): RepeatPart<Handle> {
  const binding = [before, ...spanOf(bindingNodes, context)];
  const kept = skips.flatMap((test) => ['.filter((', ...binding, ') => ', ...negated(test, context), ')']);
  const over: IterationHandle = {
    kind: 'iteration',
    data: [...arrayOf(data, context), ...kept],
    binding,
    dataNode: data,
    bindingNodes: [...bindingNodes, ...hidden],
    skips,
  };
  return { kind: 'repeat', over, body, separator };
}

/** The opposite of a test. */
function negated(test: ts.Expression, context: LiftContext): readonly Piece[] {
  const node = unwrap(test);
  const isNot = ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken;
  return isNot ? substituted(node.operand, context) : ['!(', ...substituted(test, context), ')'];
}

/** The data as something that has `map`: what is looped over need only be iterable. */
function arrayOf(data: ts.Expression, context: LiftContext): readonly Piece[] {
  const node = unwrap(data);
  const pieces = substituted(data, context);
  if (isAccess(data.parent) || isArray(context.checker.getTypeAtLocation(node), context.checker)) {
    const isPlain =
      ts.isIdentifier(data) ||
      isAccess(data) ||
      ts.isCallExpression(data) ||
      ts.isArrayLiteralExpression(data) ||
      ts.isParenthesizedExpression(data);
    return isPlain ? pieces : ['(', ...pieces, ')'];
  }
  return ['Array.from(', ...pieces, ')'];
}

function isArray(type: ts.Type, checker: ts.TypeChecker): boolean {
  return (
    checker.isArrayLikeType(type) || (type.isUnion() && type.types.every((member) => checker.isArrayLikeType(member)))
  );
}

function spanOf(nodes: readonly ts.Node[], { unit }: LiftContext): readonly Range[] {
  const first = nodes[0];
  const last = nodes.at(-1);
  return first && last ? [{ start: unit.range(first).start, end: unit.range(last).end }] : [];
}

/** The function that an argument is or names, when it stands in the same file and is synchronous. */
export function callbackOf(
  argument: ts.Expression,
  { symbols, unit }: LiftContext,
): (Callback & { readonly body: ts.ConciseBody }) | undefined {
  const node = unwrap(argument);
  const declaration = ts.isIdentifier(node) ? symbols.declaration(node) : undefined;
  const named =
    declaration && ts.isVariableDeclaration(declaration) && declaration.initializer
      ? unwrap(declaration.initializer)
      : declaration;
  const own = ts.isIdentifier(node) ? named : node;
  if (own?.getSourceFile() !== unit.tree) return undefined;
  if (!ts.isArrowFunction(own) && !ts.isFunctionExpression(own) && !ts.isFunctionDeclaration(own)) return undefined;
  const isPlain =
    !own.asteriskToken && !own.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword);
  return isPlain && own.body ? (own as Callback & { readonly body: ts.ConciseBody }) : undefined;
}

/** What a function body gives back: an expression, or statements that decide between returns. */
export function liftReturned(body: ts.ConciseBody, context: LiftContext): Parts | undefined {
  return ts.isBlock(body) ? liftReturns(body.statements, context) : lift(body, context);
}

function liftReturns(statements: readonly ts.Statement[], context: LiftContext): Parts | undefined {
  const [first, ...rest] = statements;
  if (!first) return undefined;
  if (ts.isReturnStatement(first)) return first.expression && lift(first.expression, context);
  if (ts.isVariableStatement(first)) return liftReturns(rest, withLocals([first], context));
  if (ts.isIfStatement(first)) {
    const then = liftReturns(statementsOf(first.thenStatement), context);
    const otherwise = liftReturns(first.elseStatement ? statementsOf(first.elseStatement) : rest, context);
    return then && otherwise && choice(first.expression, then, otherwise, context);
  }
  if (ts.isSwitchStatement(first)) return liftSwitch(first, context);
  return undefined;
}

/** A context in which the constants of some statements stand for what they are made from: they do not move along. */
export function withLocals(statements: readonly ts.Statement[], context: LiftContext): LiftContext {
  let inner = context;
  for (const statement of statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      const symbol = ts.isIdentifier(name) ? context.symbols.of(name) : undefined;
      if (!symbol || !initializer || context.symbols.isReassigned(symbol) || !isPure(initializer)) continue;
      inner = { ...inner, bound: new Map(inner.bound).set(symbol, handleOf(initializer, inner)) };
    }
  }
  return inner;
}

/** A switch each of whose clauses returns, the last one being the default. */
function liftSwitch(node: ts.SwitchStatement, context: LiftContext): Parts | undefined {
  const clauses = [...node.caseBlock.clauses];
  const last = clauses.pop();
  if (!last || !ts.isDefaultClause(last)) return undefined;
  const otherwise = liftReturns(last.statements, context);
  return clauses.reduceRight<Parts | undefined>((rest, clause) => {
    const then = ts.isCaseClause(clause) ? liftReturns(clause.statements, context) : undefined;
    if (!rest || !then || !ts.isCaseClause(clause)) return undefined;
    const pieces = [...substituted(node.expression, context), ' === ', ...substituted(clause.expression, context)];
    return [
      {
        kind: 'choice',
        test: { kind: 'expression', pieces, node: node.expression, isString: false },
        then,
        else: rest,
      },
    ];
  }, otherwise);
}

export function statementsOf(statement: ts.Statement): readonly ts.Statement[] {
  return ts.isBlock(statement) ? statement.statements : [statement];
}

function withoutLeading(parts: Parts, soFar: ExpressionHandle): Parts | undefined {
  const meaningful = parts.filter((part) => part.kind !== 'text' || part.text !== '');
  const [first, ...rest] = meaningful;
  if (first?.kind === 'hole' && first.value === soFar) return rest;
  if (first?.kind !== 'choice' || rest.length > 0) return undefined;
  const then = withoutLeading(first.then, soFar);
  const otherwise = withoutLeading(first.else, soFar);
  return then && otherwise && [{ ...first, then, else: otherwise }];
}

function mentions(parts: Parts, handle: ExpressionHandle): boolean {
  return parts.some((part) => {
    if (part.kind === 'hole') return part.value === handle;
    if (part.kind === 'choice') return mentions(part.then, handle) || mentions(part.else, handle);
    return part.kind === 'repeat' && mentions(part.body, handle);
  });
}
