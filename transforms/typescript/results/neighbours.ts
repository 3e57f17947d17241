import { ts } from '../ts.js';
import { isAccess, walk, wrapping, type FunctionNode } from '../syntax.js';
import { usesOfName } from './reads-of.js';
import type { World } from './world.js';

/**
 * The places next to one that an answer may come from or go to: operands of an expression, reads and writes of a
 * declaration, results and calls of a function. Whether they hold an answer is asked when they are looked at.
 */
export function neighboursOf(node: ts.Node, world: World): readonly ts.Node[] {
  if (isFunction(node)) return [...resultsOf(node), ...usesOf(functionName(node), world)];
  if (ts.isBindingElement(node)) return [node.parent.parent, ...usesOf(node.name, world)];
  if (ts.isVariableDeclaration(node)) return [...sourceOf(node), ...usesOf(node.name, world)];
  if (ts.isParameter(node)) return [...argumentsFor(node, world), ...usesOf(node.name, world)];
  if (ts.isPropertyDeclaration(node))
    return [...(node.initializer ? [node.initializer] : []), ...usesOf(node.name, world)];
  return ts.isExpression(node) ? operandsOf(node) : [];
}

export function isFunction(node: ts.Node): node is FunctionNode {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
}

function operandsOf(node: ts.Expression): readonly ts.Node[] {
  const operands: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    if (ts.isSpreadElement(child)) operands.push(child.expression);
    else if (ts.isExpression(child)) operands.push(child);
  });
  return operands;
}

/** What a function gives back: an arrow's expression, and everything returned or yielded. */
export function resultsOf(fn: FunctionNode): readonly ts.Expression[] {
  if (!ts.isBlock(fn.body)) return [fn.body];
  const results: ts.Expression[] = [];
  walk(fn.body, (node) => {
    if ((ts.isReturnStatement(node) || ts.isYieldExpression(node)) && node.expression) results.push(node.expression);
    return !ts.isFunctionLike(node);
  });
  return results;
}

function functionName(fn: FunctionNode): ts.Node | undefined {
  return ts.isVariableDeclaration(fn.parent) ? fn.parent.name : fn.name;
}

/** Where a name is read, with the call or the assignment that it is part of. */
function usesOf(name: ts.Node | undefined, world: World): readonly ts.Node[] {
  if (!name) return [];
  if (ts.isObjectBindingPattern(name) || ts.isArrayBindingPattern(name))
    return name.elements.filter(ts.isBindingElement);
  return usesOfName(name, world).flatMap((held): readonly ts.Node[] => {
    const outer = wrapping(held);
    const { parent } = outer;
    if (ts.isCallExpression(parent) && parent.expression === outer) return [held, parent];
    if (isAccess(parent) && parent.expression === outer && ts.isCallExpression(parent.parent))
      return [held, ...parent.parent.arguments];
    return ts.isBinaryExpression(parent) && parent.left === outer ? [held, parent.right] : [held];
  });
}

function sourceOf(node: ts.VariableDeclaration): readonly ts.Node[] {
  if (node.initializer) return [node.initializer];
  const loop = node.parent.parent;
  return ts.isForOfStatement(loop) ? [loop.expression] : [];
}

/** What the seen calls of a function pass for a parameter, or what gives it to a function that is written in place. */
function argumentsFor(parameter: ts.ParameterDeclaration, world: World): readonly ts.Node[] {
  const fn = parameter.parent;
  if (!isFunction(fn)) return [];
  const calls = usesOf(functionName(fn), world).filter(ts.isCallExpression);
  const { parent } = ts.isExpression(fn) ? wrapping(fn) : fn;
  const around = ts.isCallExpression(parent) ? [parent] : [];
  return [...calls, ...around].flatMap((call) => [
    ...call.arguments,
    ...(isAccess(call.expression) ? [call.expression.expression] : []),
  ]);
}
