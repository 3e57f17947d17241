import { ts } from '../ts.js';
import type { Symbols } from '../symbols.js';
import { accessName, isAccess, unwrap, wrapping } from '../syntax.js';
import { isExportedSymbol } from '../values.js';

/**
 * The literal of the constant that options are held in before they are passed: one that is passed once, and whose member
 * by this key nobody reads or sets.
 */
export function heldOptions(
  options: ts.Expression,
  key: string,
  symbols: Symbols,
): ts.ObjectLiteralExpression | undefined {
  const node = unwrap(options);
  const declaration = ts.isIdentifier(node) ? symbols.declaration(node) : undefined;
  const isConstant = declaration && ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name);
  const symbol = isConstant ? symbols.of(declaration.name) : undefined;
  const literal = isConstant && declaration.initializer ? unwrap(declaration.initializer) : undefined;
  if (!symbol || !literal || !ts.isObjectLiteralExpression(literal) || isExportedSymbol(symbol, symbols))
    return undefined;
  const uses = symbols.references(symbol).filter((reference) => reference.parent !== declaration);
  const [whole, ...more] = uses.filter((use) => !isOtherMember(use, key));
  return whole === node && more.length === 0 && !symbols.isReassigned(symbol) ? literal : undefined;
}

/** Whether only another member is read or set. */
function isOtherMember(use: ts.Identifier, key: string): boolean {
  const outer = wrapping(use);
  const { parent } = outer;
  if (!isAccess(parent) || parent.expression !== outer) return false;
  const name = accessName(parent);
  return name !== undefined && name !== key;
}

/** The constants that are declared to be options of a type, where that is all that a reference to it says. */
export function heldWithType(reference: ts.Identifier): ts.VariableDeclaration | undefined {
  const type = reference.parent;
  const holder = ts.isTypeReferenceNode(type) ? type.parent : undefined;
  return holder && ts.isVariableDeclaration(holder) && holder.type === type ? holder : undefined;
}
