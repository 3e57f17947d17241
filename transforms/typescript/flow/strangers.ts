import { ts } from '../ts.js';
import type { Analysis } from '../analyse.js';
import { isAccess } from '../syntax.js';
import type { Callee } from './functions.js';
import { exportsOf } from './modules.js';

/**
 * Whether something of the same name may be this function although it is not seen to be: a member of an untyped value, an
 * import that leads nowhere, a property that is taken out of a module, another type's method that may stand for it.
 */
export function strangersTo(
  symbol: ts.Symbol,
  name: Callee['name'],
  analysis: Analysis,
  contract?: ts.Symbol,
): boolean {
  const { symbols } = analysis;
  const isMember = !ts.isFunctionDeclaration(name.parent) && !ts.isVariableDeclaration(name.parent);
  const spelled = new Set([name.text, ...symbols.references(symbol).map(({ text }) => text)]);
  for (const text of spelled) {
    for (const node of symbols.named(text)) {
      const own = symbols.of(node);
      if (own !== symbol && (!own || own !== contract) && isStranger(node, own, symbol, isMember, analysis))
        return true;
    }
  }
  return analysis.held.some((module) => exportsOf(module, analysis.view.checker).includes(symbol));
}

function isStranger(
  node: ts.Identifier,
  own: ts.Symbol | undefined,
  symbol: ts.Symbol,
  isMember: boolean,
  { view: { checker } }: Analysis,
): boolean {
  const { parent } = node;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent) || ts.isImportClause(parent))
    return !own || (own.declarations?.length ?? 0) === 0;
  if (ts.isBindingElement(parent) && ts.isObjectBindingPattern(parent.parent)) {
    const isKey = parent.propertyName === node || (!parent.propertyName && parent.name === node);
    return isKey && isProperty(parent.parent, node, symbol, checker);
  }
  if (isAccess(parent) && ts.isPropertyAccessExpression(parent) && parent.name === node) {
    if (!own) return (checker.getTypeAtLocation(parent.expression).flags & ts.TypeFlags.Any) !== 0;
    return (isMember || isShorthandOf(own, symbol, checker)) && isCallable(checker.getTypeAtLocation(parent), checker);
  }
  const isDeclared = ts.isMethodDeclaration(parent) || ts.isMethodSignature(parent) || ts.isPropertySignature(parent);
  return isMember && isDeclared && parent.name === node && isCallable(checker.getTypeAtLocation(parent), checker);
}

/** Whether a pattern takes out what is looked for, or something of which nothing is known. */
function isProperty(
  pattern: ts.ObjectBindingPattern,
  key: ts.Identifier,
  symbol: ts.Symbol,
  checker: ts.TypeChecker,
): boolean {
  const property = checker.getTypeAtLocation(pattern).getProperty(key.text);
  if (!property) return true;
  const target = property.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(property) : property;
  return target === symbol || isCallable(checker.getTypeOfSymbolAtLocation(property, pattern), checker);
}

/** Whether a value may be called; what is not known may be. */
function isCallable(type: ts.Type | undefined, checker: ts.TypeChecker): boolean {
  if (!type || type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return true;
  return checker.getSignaturesOfType(checker.getNonNullableType(type), ts.SignatureKind.Call).length > 0;
}

/** Whether a property was made by naming a function in a literal. */
function isShorthandOf(own: ts.Symbol, symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  return (own.declarations ?? []).some(
    (declaration) =>
      ts.isShorthandPropertyAssignment(declaration) &&
      checker.getShorthandAssignmentValueSymbol(declaration) === symbol,
  );
}
