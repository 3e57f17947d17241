import { ts } from '../ts.js';
import { accessName, isAccess, staticName, unwrap, wrapping } from '../syntax.js';
import type { World } from './world.js';

const READERS = /^(getReader|pipeThrough|on|once|setEncoding)$/;
const DEEPEST = 4;

/** Whether a stream is read by code that is seen: a reader, a listener, a loop, or a function of the program that has one. */
export function isTakenApart(stream: ts.Expression, world: World, depth = 0): boolean {
  const outer = wrapping(stream);
  const { parent } = outer;
  if (depth > DEEPEST) return false;
  if (isAccess(parent) && parent.expression === outer) return READERS.test(accessName(parent) ?? '');
  if (ts.isForOfStatement(parent) || ts.isPrefixUnaryExpression(parent) || ts.isIfStatement(parent)) return true;
  if (isOrNothing(parent) && parent.left === outer) return isTakenApart(parent, world, depth + 1);
  if (ts.isPropertyAssignment(parent)) return staticName(parent.name) === 'input';
  if (ts.isVariableDeclaration(parent)) return isNameTakenApart(parent.name, world, depth);
  return ts.isCallExpression(parent) && isParameterTakenApart(parent, outer, world, depth);
}

/** `stream || []`: what to read where there is none. */
function isOrNothing(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && /^(\|\||\?\?)$/.test(node.operatorToken.getText());
}

/** Whether everything that reads a name takes the stream apart that it holds. */
export function isNameTakenApart(name: ts.BindingName, world: World, depth = 0): boolean {
  const symbol = ts.isIdentifier(name) ? world.symbols.of(name) : undefined;
  const reads = symbol ? world.symbols.references(symbol).filter((reference) => reference !== name) : [];
  return symbol !== undefined && reads.every((read) => isTakenApart(read, world, depth + 1));
}

function isParameterTakenApart(call: ts.CallExpression, stream: ts.Expression, world: World, depth: number): boolean {
  const callee = unwrap(call.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
  const declaration = ts.isIdentifier(name) ? world.symbols.declaration(name) : undefined;
  const value = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : declaration;
  const fn = value && ts.isExpression(value) ? unwrap(value) : value;
  if (!fn || !ts.isFunctionLike(fn)) return false;
  const parameter = fn.parameters[call.arguments.indexOf(stream)];
  return parameter !== undefined && isNameTakenApart(parameter.name, world, depth);
}
