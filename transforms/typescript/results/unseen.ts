import { ts } from '../ts.js';
import { accessName, isAccess, isWritten, staticName, walk, wrapping, type FunctionNode } from '../syntax.js';
import { isExportedSymbol } from '../values.js';
import { callTarget } from './call-target.js';
import { usesOfName } from './reads-of.js';
import { isForeign, isPrivate } from './sources.js';
import type { World } from './world.js';

/**
 * Whether a declaration or function can hold an answer of the legacy shape that no edge shows: code that is not seen
 * gives it or takes it, or the program writes to the answer itself.
 */
export function isUnseen(node: ts.Node, world: World, from: ReadonlySet<ts.Node>): boolean {
  if (world.siteOf(node)) return false;
  if (world.answerOf(node)?.kind === 'chunk') return true;
  if (ts.isVariableDeclaration(node)) return isUnseenVariable(node, world, from);
  if (ts.isBindingElement(node)) {
    return (
      from.size === 0 || (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Export) !== 0 || isMutated(node, world)
    );
  }
  if (ts.isParameter(node)) return isUnseenParameter(node, world);
  if (ts.isPropertyDeclaration(node))
    return isForeignInitial(node.initializer, world) || isMutated(node, world) || isReachedByName(node);
  return isFunction(node) && (isExposedFunction(node, world) || isReachedByName(node));
}

function isUnseenVariable(node: ts.VariableDeclaration, world: World, from: ReadonlySet<ts.Node>): boolean {
  const loop = node.parent.parent;
  if (ts.isForOfStatement(loop)) return from.size === 0 || isMutated(node, world);
  const symbol = symbolOf(node, world);
  const isShared = symbol !== undefined && isExportedSymbol(symbol, world.symbols);
  return isShared || isForeignInitial(node.initializer, world) || isMutated(node, world);
}

function isForeignInitial(initial: ts.Expression | undefined, world: World): boolean {
  return initial !== undefined && isForeign(initial, world);
}

/** Whether something foreign is assigned to a declaration, or the answer in it is changed. */
function isMutated(node: ts.Declaration, world: World): boolean {
  const name = ts.getNameOfDeclaration(node);
  return (
    name !== undefined &&
    usesOfName(name, world).some((held) => {
      const outer = wrapping(held);
      const { parent } = outer;
      if (isAccess(parent) && parent.expression === outer)
        return isWritten(parent) && world.answerOf(held)?.wrapper === 'none';
      if (ts.isCallExpression(parent) && parent.arguments[0] === outer)
        return /^Object\.(assign|defineProperty)$/.test(parent.expression.getText());
      return (
        ts.isBinaryExpression(parent) && parent.left === outer && isWritten(held) && isForeign(parent.right, world)
      );
    })
  );
}

/** Whether a private member is also reached by a pattern or a string, which no reference shows. */
function isReachedByName(node: ts.Declaration): boolean {
  if (!ts.isClassLike(node.parent)) return false;
  const name = staticName((node as ts.ClassElement).name);
  if (name === undefined) return false;
  let reached = false;
  walk(node.getSourceFile(), (at) => {
    if (ts.isBindingElement(at))
      reached ||= ts.isObjectBindingPattern(at.parent) && staticName(at.propertyName ?? at.name) === name;
    else if (ts.isElementAccessExpression(at))
      reached ||=
        accessName(at) === name || (accessName(at) === undefined && at.expression.kind === ts.SyntaxKind.ThisKeyword);
    return !reached;
  });
  return reached;
}

function isUnseenParameter(node: ts.ParameterDeclaration, world: World): boolean {
  const fn = node.parent;
  if (!isFunction(fn) || node.dotDotDotToken || ts.isParameterPropertyDeclaration(node, fn) || ts.isSetAccessor(fn))
    return true;
  if (isForeignInitial(node.initializer, world) || isMutated(node, world) || isOverloaded(fn, world)) return true;
  const index = fn.parameters.indexOf(node);
  const name = nameOf(fn);
  const symbol = name && world.symbols.of(name);
  if (!name || !symbol) return !isCarrierArgument(fn, world);
  const isContainer = world.answerOf(node)?.wrapper === 'container';
  if (isContainer && isExposedFunction(fn, world)) return true;
  return world.symbols.references(symbol).some((reference) => {
    const isMember = ts.isPropertyAccessExpression(reference.parent) && reference.parent.name === reference;
    const outer = wrapping(isMember ? reference.parent : reference);
    const { parent } = outer;
    if (
      reference === name ||
      ts.isImportSpecifier(parent) ||
      ts.isExportSpecifier(parent) ||
      ts.isImportClause(parent) ||
      ts.isTypeQueryNode(parent)
    )
      return false;
    if (!ts.isCallExpression(parent) || parent.expression !== outer) return !isCarrierArgument(outer, world);
    const argument = parent.arguments[index];
    return parent.arguments.some(ts.isSpreadElement) || (argument !== undefined && isForeign(argument, world));
  });
}

/** Whether a function is handed to a method of a promise or an array, which gives it what it holds. */
function isCarrierArgument(node: ts.Node, world: World): boolean {
  const outer = ts.isExpression(node) ? wrapping(node) : node;
  const { parent } = outer;
  return ts.isCallExpression(parent) && parent.expression !== outer && callTarget(parent, world).kind === 'carrier';
}

function isExposedFunction(fn: FunctionNode, world: World): boolean {
  if (isOverloaded(fn, world)) return true;
  if (ts.isFunctionDeclaration(fn)) {
    const symbol = fn.name && world.symbols.of(fn.name);
    return !symbol || isExportedSymbol(symbol, world.symbols);
  }
  if (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) {
    const variable = ts.isVariableDeclaration(fn.parent) ? symbolOf(fn.parent, world) : undefined;
    return variable !== undefined && isExportedSymbol(variable, world.symbols);
  }
  return !ts.isClassLike(fn.parent) || !isPrivate(fn);
}

function isOverloaded(fn: FunctionNode, world: World): boolean {
  const name = ts.getNameOfDeclaration(fn);
  return ((name && world.view.checker.getSymbolAtLocation(name))?.declarations?.length ?? 1) > 1;
}

function nameOf(fn: FunctionNode): ts.Identifier | undefined {
  const name = ts.isVariableDeclaration(fn.parent) ? fn.parent.name : fn.name;
  return name && ts.isIdentifier(name) && !ts.isObjectLiteralExpression(fn.parent) ? name : undefined;
}

function symbolOf(node: ts.Declaration, world: World): ts.Symbol | undefined {
  const name = ts.getNameOfDeclaration(node);
  return name && ts.isIdentifier(name) ? world.symbols.of(name) : name && world.view.checker.getSymbolAtLocation(name);
}

function isFunction(node: ts.Node): node is FunctionNode {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
}
