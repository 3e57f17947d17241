import { ts } from '../ts.js';
import type { Analysis } from '../analyse.js';
import { isExportedName } from '../commonjs.js';
import { isWritten, type FunctionNode } from '../syntax.js';
import type { Contract } from './contract.js';
import { accessOf, type Callee } from './functions.js';
import { isPublished } from './published.js';

/** Whether only its own class can call a method. */
export function isPrivateMember(fn: ts.MethodDeclaration): boolean {
  return (ts.getCombinedModifierFlags(fn) & ts.ModifierFlags.Private) !== 0;
}

/**
 * Whether a call by this name may run something else than this function: it is set again, overridden, or may be where
 * nobody sees. A contract that only this function fulfils is no other.
 */
export function isReplaceable({ symbol, name, fn }: Callee, analysis: Analysis, contract?: Contract): boolean {
  const { symbols, outside } = analysis;
  const written = symbols
    .references(symbol)
    .filter((reference) => reference !== name && isWritten(accessOf(reference)));
  // What is exported under a name is put there once.
  if (!written.every(isExportedName) || new Set(written.map(({ text }) => text)).size < written.length) return true;
  const isMember = ts.isMethodDeclaration(fn) || ts.isPropertyAssignment(fn.parent);
  if (isMember && !ts.isClassLike(fn.parent)) return closedHolder(fn, analysis) === undefined;
  if (!ts.isMethodDeclaration(fn) || !ts.isClassLike(fn.parent) || ts.isPrivateIdentifier(name)) return false;
  if (isOverridable(fn, analysis, contract)) return true;
  return (
    !isPrivateMember(fn) &&
    (outside.reach !== 'all' || isPublished(fn, analysis) || isOverridden(name.text, fn.parent, analysis))
  );
}

/** Whether a class below this one has a member of the same name. */
function isOverridden(name: string, owner: ts.ClassLikeDeclaration, { symbols, view: { checker } }: Analysis): boolean {
  const type = checker.getTypeAtLocation(owner);
  return symbols.named(name).some(({ parent }) => {
    const holder = ts.isClassElement(parent) ? parent.parent : undefined;
    if (!holder || !ts.isClassLike(holder) || holder === owner) return false;
    const bases = holder.heritageClauses?.flatMap(({ types }) => [...types]) ?? [];
    return bases.some((base) => {
      const above = checker.getTypeAtLocation(base);
      return (above.flags & ts.TypeFlags.Any) !== 0 || checker.isTypeAssignableTo(above, type);
    });
  });
}

/** Whether a base, an interface or a decorator says what a method is. */
function isOverridable(fn: FunctionNode, { view: { checker } }: Analysis, contract: Contract | undefined): boolean {
  if (!ts.isMethodDeclaration(fn) || !ts.isClassLike(fn.parent)) return false;
  const flags = ts.getCombinedModifierFlags(fn);
  if (flags & ts.ModifierFlags.Abstract || (flags & ts.ModifierFlags.Override && !contract)) return true;
  if ((ts.getDecorators(fn)?.length ?? 0) > 0) return true;
  const name = fn.name.getText();
  const bases = fn.parent.heritageClauses?.flatMap(({ types }) => [...types]) ?? [];
  return bases.some((base) => {
    const type = checker.getTypeAtLocation(base);
    const member = type.getProperty(name);
    return (type.flags & ts.TypeFlags.Any) !== 0 || (member !== undefined && member !== contract?.symbol);
  });
}

/** The constant that holds an object literal, if its members are only reached by their names through it. */
export function closedHolder(fn: FunctionNode, { symbols }: Analysis): ts.Symbol | undefined {
  const member = ts.isMethodDeclaration(fn) ? fn : fn.parent;
  const literal = member.parent;
  const holder = ts.isObjectLiteralExpression(literal) ? withoutConst(literal).parent : undefined;
  if (!holder || !ts.isVariableDeclaration(holder) || holder.type || !ts.isIdentifier(holder.name)) return undefined;
  const symbol = symbols.of(holder.name);
  const isClosed =
    symbol?.declarations !== undefined &&
    symbols.references(symbol).every((reference) => {
      const { parent } = reference;
      if (reference === holder.name || ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return true;
      if (ts.isImportClause(parent) || ts.isExportAssignment(parent)) return true;
      return ts.isPropertyAccessExpression(parent) && parent.expression === reference;
    });
  return isClosed ? symbol : undefined;
}

function withoutConst(literal: ts.ObjectLiteralExpression): ts.Expression {
  const { parent } = literal;
  return ts.isAsExpression(parent) && parent.type.getText() === 'const' ? parent : literal;
}
