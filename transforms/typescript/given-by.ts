import { ts } from './ts.js';
import { calleeOf } from './flow/functions.js';
import type { Symbols } from './symbols.js';
import {
  accessName,
  enclosingFunction,
  isAccess,
  isInside,
  isWritten,
  unwrap,
  walk,
  wrapping,
  type Access,
  type FunctionNode,
} from './syntax.js';

/** A function gives nothing but what one of its parameters gives when it is called. */
export interface GivenBy {
  /** Whether it gives a promise of it, whatever the parameter gives. */
  readonly isPromise: boolean;
}

/**
 * Follows what a parameter gives through its function, to where the function returns it. Undefined where anything else is
 * done with it, or where the function may return something of its own.
 */
export function followGiven(
  fn: FunctionNode,
  index: number,
  parameter: ts.Identifier,
  symbols: Symbols,
): GivenBy | undefined {
  /** Expressions that have what the parameter gave, or a promise of it. */
  const given = new Set<ts.Expression>();
  /** Expressions that have to be given, as what they are goes the same way. */
  const sinks: ts.Expression[] = [...returnsIn(fn)];
  const held = new Set<ts.Symbol>();
  const state = { isSeen: true, isReturned: false, isPromise: false };

  const usesOf = (name: ts.Identifier): readonly ts.Identifier[] => {
    const symbol = symbols.of(name);
    const uses: ts.Identifier[] = [];
    walk(fn.body, (node) => {
      if (ts.isIdentifier(node) && node.text === name.text && symbols.of(node) === symbol) uses.push(node);
      return undefined;
    });
    return uses;
  };

  const value = (node: ts.Expression): void => {
    const outer = wrapping(node);
    const { parent } = outer;
    if (given.has(unwrap(outer))) return;
    given.add(unwrap(outer));
    if (ts.isExpressionStatement(parent) || isTested(outer)) return;
    if (ts.isAwaitExpression(parent) || ts.isConditionalExpression(parent) || isEither(parent)) value(parent);
    else if (ts.isReturnStatement(parent)) returned(enclosingFunction(parent));
    else if (ts.isArrowFunction(parent)) returned(parent);
    else if (ts.isVariableDeclaration(parent)) name(parent.name);
    else if (ts.isBinaryExpression(parent) && parent.right === outer && isWritten(parent.left)) name(parent.left);
    else if (isAccess(parent)) chained(parent);
    else if (ts.isArrayLiteralExpression(parent)) raced(parent);
    else if (!ts.isCallExpression(parent) || !settles(parent.expression, 0)) state.isSeen = false;
  };

  /** Back from this function, or from one that a promise calls. */
  const returned = (by: FunctionNode | undefined): void => {
    if (by === fn) {
      state.isReturned = true;
      return;
    }
    const call = by && ts.isExpression(by) ? wrapping(by).parent : undefined;
    const callee = call && ts.isCallExpression(call) ? unwrap(call.expression) : undefined;
    if (by && call && callee && isAccess(callee) && /^(then|catch)$/.test(accessName(callee) ?? '')) {
      state.isPromise = true;
      sinks.push(...returnsIn(by));
      value(call as ts.CallExpression);
    } else state.isSeen = false;
  };

  /** Into a name of the function's own; whatever else is put there goes the same way. */
  const name = (target: ts.Node): void => {
    const declaration = ts.isIdentifier(target) ? symbols.declaration(target) : undefined;
    const symbol = symbols.of(target);
    const isOwn = declaration !== undefined && isInside(declaration, fn.body);
    if (!isOwn || !symbol || !(ts.isVariableDeclaration(declaration) || ts.isParameter(declaration))) {
      state.isSeen = false;
      return;
    }
    if (held.has(symbol)) return;
    held.add(symbol);
    if (declaration.initializer) sinks.push(declaration.initializer);
    for (const use of usesOf(target as ts.Identifier)) {
      if (use.parent === declaration) continue;
      if (isWritten(use)) sinks.push((use.parent as ts.BinaryExpression).right);
      else value(use);
    }
  };

  /** `.then(…)`, `.catch(…)` and `.finally(…)` */
  const chained = (access: Access): void => {
    const call = access.parent;
    const method = accessName(access) ?? '';
    if (!ts.isCallExpression(call) || call.expression !== access || !/^(then|catch|finally)$/.test(method)) {
      state.isSeen = false;
      return;
    }
    state.isPromise = true;
    const [first, second] = call.arguments;
    const reader = method === 'then' ? first : undefined;
    const failing = method === 'then' ? second : method === 'catch' ? first : undefined;
    if (failing) failed(failing);
    if (!reader) value(call);
    else if (isCallback(reader)) {
      if (reader.parameters[0]) name(reader.parameters[0].name);
    } else if (!settles(reader, 0)) state.isSeen = false;
  };

  /** What is called when a promise fails gives its own in place of the value. */
  const failed = (callback: ts.Expression): void => {
    if (isCallback(callback)) sinks.push(...returnsIn(callback));
    else if (!settles(callback, 1)) state.isSeen = false;
  };

  /** `Promise.race([value, …])`, against something that only fails. */
  const raced = (list: ts.ArrayLiteralExpression): void => {
    const call = list.parent;
    if (!ts.isCallExpression(call) || call.expression.getText() !== 'Promise.race') {
      state.isSeen = false;
      return;
    }
    state.isPromise = true;
    sinks.push(...list.elements.filter((element) => !onlyFails(element, symbols)));
    value(call);
  };

  /** Whether a name is a function that settles a promise which is made here: the first fulfils it, the second fails it. */
  const settles = (callee: ts.Expression, at: number): boolean => {
    const declaration = ts.isIdentifier(callee) ? symbols.declaration(callee) : undefined;
    const executor = declaration && ts.isParameter(declaration) ? declaration.parent : undefined;
    const made = executor && ts.isExpression(executor) ? wrapping(executor).parent : undefined;
    if (!made || !isPromiseMade(made) || executor?.parameters[at] !== declaration) return false;
    state.isPromise = true;
    if (at === 0 && !given.has(made)) {
      for (const use of usesOf(callee as ts.Identifier))
        if (ts.isCallExpression(use.parent) && use.parent.expression === use) sinks.push(...use.parent.arguments);
      value(made);
    }
    return true;
  };

  for (const use of usesOf(parameter)) {
    const outer = wrapping(use);
    const { parent } = outer;
    const isCalled = ts.isCallExpression(parent) && parent.expression === outer;
    const isAgain =
      ts.isCallExpression(parent) && parent.arguments.indexOf(outer) === index && calleeOf(parent, symbols)?.fn === fn;
    if (isCalled || isAgain) value(parent);
    else if (!isTested(outer)) state.isSeen = false;
  }

  const isGiven = (expression: ts.Expression): boolean => {
    const node = unwrap(expression);
    if (given.has(node) && !ts.isConditionalExpression(node) && !isEither(node)) return true;
    if (ts.isAwaitExpression(node)) return isGiven(node.expression);
    if (ts.isConditionalExpression(node)) return isGiven(node.whenTrue) && isGiven(node.whenFalse);
    if (isEither(node)) return isGiven(node.left) && isGiven(node.right);
    return isNothing(node);
  };
  return state.isSeen && state.isReturned && sinks.every(isGiven) ? { isPromise: state.isPromise } : undefined;
}

/** What a function returns, as far as it returns something. */
function returnsIn(fn: FunctionNode): readonly ts.Expression[] {
  if (!ts.isBlock(fn.body)) return ts.isExpression(fn.body) ? [fn.body] : [];
  const found: ts.Expression[] = [];
  walk(fn.body, (node) => {
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
    return !ts.isFunctionLike(node) && !ts.isClassLike(node);
  });
  return found;
}

/** Whether a promise can only fail: one that is made without what fulfils it, by itself or under a name that says so. */
function onlyFails(expression: ts.Expression, symbols: Symbols): boolean {
  const node = unwrap(expression);
  if (ts.isIdentifier(node)) {
    const declaration = symbols.declaration(node);
    const initial = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
    return initial !== undefined && onlyFails(initial, symbols);
  }
  if (ts.isCallExpression(node)) {
    const callee = unwrap(node.expression);
    return ts.isIdentifier(callee) && /time_?out|reject|abort/i.test(callee.text);
  }
  const executor = isPromiseMade(node) ? node.arguments?.[0] : undefined;
  if (!executor || !isCallback(executor)) return false;
  const fulfil = executor.parameters[0]?.name;
  let isUsed = false;
  walk(executor.body, (at) => {
    isUsed ||= ts.isIdentifier(at) && at.text === fulfil?.getText();
    return !isUsed;
  });
  return !isUsed;
}

function isPromiseMade(node: ts.Node): node is ts.NewExpression {
  return ts.isNewExpression(node) && node.expression.getText() === 'Promise';
}

function isCallback(node: ts.Expression): node is ts.ArrowFunction | ts.FunctionExpression {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}

function isEither(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && /^(\|\||\?\?)$/.test(node.operatorToken.getText());
}

function isNothing(node: ts.Expression): boolean {
  return node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === 'undefined');
}

/** Whether a value only decides which way to go. */
function isTested(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isConditionalExpression(parent)) return parent.condition === node;
  if (ts.isBinaryExpression(parent)) return /^[!=]==?$/.test(parent.operatorToken.getText());
  return (
    ts.isIfStatement(parent) ||
    ts.isWhileStatement(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    ts.isTypeOfExpression(parent)
  );
}
