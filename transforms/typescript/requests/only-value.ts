import { ts } from '../ts.js';
import type { Symbols } from '../symbols.js';
import { assignmentIn, enclosingFunction, initializerOf, isAccess, isWritten, unwrap, wrapping } from '../syntax.js';

/**
 * The only value that a variable or member ever has: what it is declared with, or what the constructor gives a member
 * that is declared without one. Undefined where there may be others.
 */
export function onlyValue(symbol: ts.Symbol, symbols: Symbols): ts.Expression | undefined {
  const initial = (symbol.declarations ?? []).flatMap((declaration) => initializerOf(declaration) ?? []);
  const writes = symbols.references(symbol).map(accessOf).filter(isWritten);
  const [first] = initial;
  if (first) return initial.length === 1 && writes.length === 0 ? unwrap(first) : undefined;
  const [only] = writes;
  const given = writes.length === 1 && only ? constructorAssignment(only) : undefined;
  return given && unwrap(given);
}

/** Whether a name stands where a constructor gives a member its only value. */
export function isGivenItsOnlyValue(reference: ts.Identifier, symbols: Symbols): boolean {
  const symbol = symbols.of(reference);
  const access = accessOf(reference);
  return symbol !== undefined && isWritten(access) && onlyValue(symbol, symbols) !== undefined;
}

/** `this.member = value` as a statement of the constructor's own. */
function constructorAssignment(target: ts.Expression): ts.Expression | undefined {
  const { parent } = wrapping(target).parent;
  const assignment = ts.isExpressionStatement(parent) ? assignmentIn(parent) : undefined;
  const own = enclosingFunction(target);
  const isMember = isAccess(target) && target.expression.kind === ts.SyntaxKind.ThisKeyword;
  return assignment && own && isMember && ts.isConstructorDeclaration(own) && parent.parent === own.body
    ? assignment.right
    : undefined;
}

/** The access whose member a name is, or the name itself. */
function accessOf(name: ts.Identifier): ts.Expression {
  return ts.isPropertyAccessExpression(name.parent) && name.parent.name === name ? name.parent : name;
}
