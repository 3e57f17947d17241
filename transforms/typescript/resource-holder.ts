import { ts } from './ts.js';
import { onlyDeclaration, type Symbols } from './symbols.js';
import { accessName, initializerOf, isAccess, staticName, unwrap } from './syntax.js';

/** The expressions that are put into a variable or member: its initializer and what is assigned to it. */
export function valuesPutInto(symbol: ts.Symbol, symbols: Symbols): readonly ts.Expression[] {
  const initial = initializerOf(onlyDeclaration(symbol));
  const assigned = symbols.references(symbol).flatMap((reference) => assignedValue(reference) ?? []);
  return initial ? [initial, ...assigned] : assigned;
}

function assignedValue(reference: ts.Identifier): ts.Expression | undefined {
  const target =
    ts.isPropertyAccessExpression(reference.parent) && reference.parent.name === reference
      ? reference.parent
      : reference;
  const { parent } = target;
  return ts.isBinaryExpression(parent) &&
    parent.left === target &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
    ? parent.right
    : undefined;
}

/** Whether a name holds a client's `completions`, and nothing but that. */
export function holdsResource(symbol: ts.Symbol, symbols: Symbols): boolean {
  const declaration = onlyDeclaration(symbol);
  if (declaration && ts.isBindingElement(declaration))
    return staticName(declaration.propertyName ?? declaration.name) === 'completions';
  const values = valuesPutInto(symbol, symbols);
  return values.length > 0 && values.every((value) => isResourceAccess(unwrap(value), symbols));
}

/** Whether an expression is the member `completions` of a client, and not a name of the program's own. */
export function isResourceAccess(node: ts.Expression, symbols: Symbols): boolean {
  if (!isAccess(node) || accessName(node) !== 'completions') return false;
  const member = ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression;
  return symbols.of(member) === undefined || symbols.sdkName(member) === 'completions';
}
