import { ts } from '../ts.js';
import { exportedAs, isExportedName } from '../commonjs.js';
import type { Symbols } from '../symbols.js';
import { onlyDeclaration } from '../symbols.js';
import { isWritten, unwrap, walk, type FunctionNode } from '../syntax.js';

/** A function that a call runs, whatever it is declared as. */
export interface Callee {
  readonly symbol: ts.Symbol;
  readonly fn: FunctionNode;
  readonly name: ts.Identifier | ts.PrivateIdentifier;
}

/** The function that an expression names, if there is exactly one; none that is chosen, bound, overloaded or optional. */
export function calleeOf(call: ts.CallExpression, symbols: Symbols): Callee | undefined {
  const callee = unwrap(call.expression);
  if (call.questionDotToken || (ts.isPropertyAccessExpression(callee) && callee.questionDotToken)) return undefined;
  const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
  const symbol = ts.isIdentifier(name) || ts.isPrivateIdentifier(name) ? symbols.of(name) : undefined;
  return symbol && functionOf(symbol);
}

/** A function of a module, and not of an object or class, that nothing replaces; what it does is known where it is called. */
export function isFixed({ symbol, fn }: Callee, symbols: Symbols): boolean {
  if (
    ts.isMethodDeclaration(fn) ||
    ts.isPropertyAssignment(fn.parent) ||
    isAsync(fn) ||
    ('asteriskToken' in fn && fn.asteriskToken)
  )
    return false;
  return !symbols.references(symbol).some((reference) => !isExportedName(reference) && isWritten(accessOf(reference)));
}

/** A name with what it is a member of. */
export function accessOf(reference: ts.Identifier): ts.Expression {
  const { parent } = reference;
  return ts.isPropertyAccessExpression(parent) && parent.name === reference ? parent : reference;
}

/** The function that a symbol is declared as. */
export function functionOf(symbol: ts.Symbol): Callee | undefined {
  const declaration = onlyDeclaration(symbol);
  if (!declaration) return exportedFunction(symbol);
  if (ts.isFunctionDeclaration(declaration) || ts.isMethodDeclaration(declaration)) {
    const { name } = declaration;
    return name && isName(name) && hasBody(declaration) ? { symbol, fn: declaration, name } : undefined;
  }
  if (!ts.isVariableDeclaration(declaration) && !ts.isPropertyAssignment(declaration)) return undefined;
  // A type of its own says what the function is; a variable that is set again may be another one.
  const isFixed =
    ts.isPropertyAssignment(declaration) ||
    (declaration.type === undefined && (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0);
  const { name, initializer } = declaration;
  const value = initializer && isFixed ? initializer : undefined;
  const isFunction = value !== undefined && (ts.isArrowFunction(value) || ts.isFunctionExpression(value));
  return isFunction && isName(name) ? { symbol, fn: value, name } : undefined;
}

/** `exports.name = (…) => …`, when nothing else is put there. */
function exportedFunction(symbol: ts.Symbol): Callee | undefined {
  const [target, ...more] = symbol.declarations ?? [];
  const name = target && more.length === 0 ? exportedAs(target.parent) : undefined;
  const value = name ? (name.parent.parent as ts.BinaryExpression).right : undefined;
  return name && value && (ts.isArrowFunction(value) || ts.isFunctionExpression(value))
    ? { symbol, fn: value, name }
    : undefined;
}

function isName(node: ts.Node): node is ts.Identifier | ts.PrivateIdentifier {
  return ts.isIdentifier(node) || ts.isPrivateIdentifier(node);
}

function hasBody(node: ts.FunctionDeclaration | ts.MethodDeclaration): node is typeof node & FunctionNode {
  return node.body !== undefined;
}

/** What a function returns; undefined where it returns nothing at some place, or is a generator. */
export function returnsOf(fn: FunctionNode): readonly ts.Expression[] | undefined {
  if ('asteriskToken' in fn && fn.asteriskToken) return undefined;
  if (!ts.isBlock(fn.body)) return [fn.body];
  const found: (ts.Expression | undefined)[] = [];
  walk(fn.body, (node) => {
    if (ts.isReturnStatement(node)) found.push(node.expression);
    return !ts.isFunctionLike(node) && !ts.isClassLike(node);
  });
  const expressions = found.filter((expression) => expression !== undefined);
  return expressions.length === found.length && found.length > 0 ? expressions : undefined;
}

export function isAsync(fn: FunctionNode): boolean {
  return (ts.getCombinedModifierFlags(fn) & ts.ModifierFlags.Async) !== 0;
}

/** Whether a function is known to return text, or a promise of it, and says nothing else of it in its types. */
export function returnsText(fn: FunctionNode, checker: ts.TypeChecker): boolean {
  const signature = checker.getSignatureFromDeclaration(fn);
  const type = signature && checker.getReturnTypeOfSignature(signature);
  const value = type && isAsync(fn) ? checker.getAwaitedType(type) : type;
  if (!value || !isText(value)) return false;
  return fn.type === undefined || isTextType(isAsync(fn) ? promised(fn.type) : fn.type);
}

function isText(type: ts.Type): boolean {
  return type.isUnion() ? type.types.every(isText) : (type.flags & ts.TypeFlags.StringLike) !== 0;
}

/** `string`, written out. */
export function isTextType(node: ts.TypeNode | undefined): boolean {
  return node?.kind === ts.SyntaxKind.StringKeyword;
}

/** `T` of `Promise<T>`. */
export function promised(node: ts.TypeNode): ts.TypeNode | undefined {
  const isPromise = ts.isTypeReferenceNode(node) && node.typeName.getText() === 'Promise';
  return isPromise ? node.typeArguments?.[0] : undefined;
}
