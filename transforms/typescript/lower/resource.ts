import { ts } from '../ts.js';
import type { Changes } from '../changes.js';
import { isResourceAccess, valuesPutInto } from '../resource-holder.js';
import { onlyDeclaration, type Symbols } from '../symbols.js';
import { isAccess, unwrap } from '../syntax.js';
import type { Unit } from '../unit.js';

/** `X.completions` becomes `X.messages`: at the call, or where the resource was taken from the client. */
export function lowerResource(resource: ts.Expression, unit: Unit, symbols: Symbols, changes: Changes): void {
  const inner = unwrap(resource);
  if (isAccess(inner)) {
    const member = ts.isPropertyAccessExpression(inner) ? inner.name : inner;
    if (isResourceAccess(inner, symbols)) renameAccess(inner, unit, changes);
    else lowerHolder(symbols.of(member), unit, symbols, changes);
    return;
  }
  if (ts.isIdentifier(inner)) lowerHolder(symbols.of(inner), unit, symbols, changes);
}

function renameAccess(
  access: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  unit: Unit,
  changes: Changes,
): void {
  if (ts.isPropertyAccessExpression(access)) {
    changes.replace(unit, unit.range(access.name), ['messages']);
    return;
  }
  const { start, end } = unit.range(access.argumentExpression);
  changes.replace(unit, { start: start + 1, end: end - 1 }, ['messages']);
}

/** A variable, binding or field that holds the resource: what it is made from changes, its name stays unless it was the resource's. */
function lowerHolder(symbol: ts.Symbol | undefined, unit: Unit, symbols: Symbols, changes: Changes): void {
  const declaration = onlyDeclaration(symbol);
  if (!symbol || declaration?.getSourceFile() !== unit.tree) return;
  if (ts.isBindingElement(declaration)) {
    lowerBinding(declaration, symbol, unit, symbols, changes);
    return;
  }
  for (const value of valuesPutInto(symbol, symbols)) {
    const access = unwrap(value);
    if (isAccess(access)) renameAccess(access, unit, changes);
  }
  if (ts.isVariableDeclaration(declaration) && symbol.name === 'completions' && isFree('messages', unit))
    renameAll(symbol, unit, symbols, changes);
}

function isFree(name: string, unit: Unit): boolean {
  return !new RegExp(`\\b${name}\\b`).test(unit.text);
}

function renameAll(symbol: ts.Symbol, unit: Unit, symbols: Symbols, changes: Changes): void {
  for (const reference of symbols.references(symbol)) changes.replace(unit, unit.range(reference), ['messages']);
}

/** `const { completions } = client`: the new name where it is free, else `messages: completions`. */
function lowerBinding(
  declaration: ts.BindingElement,
  symbol: ts.Symbol,
  unit: Unit,
  symbols: Symbols,
  changes: Changes,
): void {
  if (declaration.propertyName) {
    changes.replace(unit, unit.range(declaration.propertyName), ['messages']);
    return;
  }
  if (isFree('messages', unit)) renameAll(symbol, unit, symbols, changes);
  else changes.replace(unit, unit.range(declaration.name), ['messages: ', unit.source(declaration.name)]);
}
