import { ts } from '../ts.js';
import type { Symbols } from '../symbols.js';
import { boundValue } from './bound.js';
import { isAccess, staticName, unwrap } from '../syntax.js';

/** The values that an object literal gives its keys. */
export type Options = ReadonlyMap<string, ts.Expression>;

/** The options of an object literal, or of a variable that holds one; undefined where there is no literal to see. */
export function optionsIn(expression: ts.Expression | undefined, symbols: Symbols): Options | undefined {
  const literal = expression && literalBehind(expression, symbols);
  if (!literal) return undefined;
  const options = new Map<string, ts.Expression>();
  for (const property of literal.properties) {
    const name = staticName(property.name);
    if (ts.isPropertyAssignment(property) && name !== undefined) options.set(name, property.initializer);
    else if (ts.isShorthandPropertyAssignment(property)) options.set(property.name.text, property.name);
    else if (ts.isSpreadAssignment(property)) {
      const passed = boundValue(property.expression, symbols);
      const spread = passed ? passed.value : property.expression;
      for (const [key, value] of optionsIn(spread, symbols) ?? []) options.set(key, value);
    }
  }
  return options;
}

/** The object literal that an expression is, or that its variable holds. */
export function literalBehind(expression: ts.Expression, symbols: Symbols): ts.ObjectLiteralExpression | undefined {
  const passed = boundValue(expression, symbols);
  if (passed) return passed.value && literalBehind(passed.value, symbols);
  const node = unwrap(expression);
  if (ts.isObjectLiteralExpression(node)) return node;
  const initial = ts.isIdentifier(node) ? constantValue(node, symbols) : undefined;
  return initial && ts.isObjectLiteralExpression(initial) ? initial : undefined;
}

/** What `JSON.stringify` is given to make a body of, whether the body is its text or the bytes of that. */
export function stringified(expression: ts.Expression | undefined, symbols: Symbols): ts.Expression | undefined {
  if (!expression) return undefined;
  const passed = boundValue(expression, symbols);
  if (passed) return stringified(passed.value, symbols);
  const node = unwrap(expression);
  // `body ? JSON.stringify(body) : undefined`, where there is one.
  if (ts.isConditionalExpression(node)) {
    const [first, second] = [node.whenTrue, node.whenFalse].filter((each) => each.getText() !== 'undefined');
    return second ? undefined : stringified(first, symbols);
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken)
    return stringified(node.right, symbols);
  const value = ts.isIdentifier(node) ? constantValue(node, symbols) : node;
  if (!value || !ts.isCallExpression(value)) return undefined;
  const [first] = value.arguments;
  if (value.expression.getText() === 'JSON.stringify') return first;
  return isEncoding(value.expression) ? stringified(first, symbols) : undefined;
}

/** `Buffer.from` and `new TextEncoder().encode` */
function isEncoding(callee: ts.Expression): boolean {
  const node = unwrap(callee);
  if (!isAccess(node)) return false;
  return node.getText() === 'Buffer.from' || /\bencode$/i.test(node.getText());
}

/** The value of a variable that is declared once and never assigned to again. */
export function constantValue(node: ts.Identifier, symbols: Symbols): ts.Expression | undefined {
  const symbol = symbols.of(node);
  const declaration = symbols.declaration(node);
  if (!symbol || !declaration || !ts.isVariableDeclaration(declaration) || symbols.isReassigned(symbol))
    return undefined;
  return declaration.initializer && unwrap(declaration.initializer);
}
