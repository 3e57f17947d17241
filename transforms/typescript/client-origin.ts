import { ts } from './ts.js';
import { calleeOf, returnsOf } from './flow/functions.js';
import { valuesPutInto } from './resource-holder.js';
import type { Symbols } from './symbols.js';
import { unwrap } from './syntax.js';

/**
 * Whether an expression without a type of its own is seen to hold a client of the SDK: through what is put into its
 * variable, or what the function that is called gives back. `isClient` tells of an expression by its type.
 */
export function leadsToClient(
  expression: ts.Expression,
  symbols: Symbols,
  isClient: (node: ts.Expression) => boolean,
  seen = new Set<ts.Node>(),
): boolean {
  const node = unwrap(expression);
  if (seen.has(node)) return false;
  seen.add(node);
  if (isClient(node)) return true;
  const leads = (next: ts.Expression): boolean => leadsToClient(next, symbols, isClient, seen);
  if (ts.isAwaitExpression(node)) return leads(node.expression);
  if (ts.isConditionalExpression(node)) return leads(node.whenTrue) || leads(node.whenFalse);
  if (ts.isBinaryExpression(node)) return leads(node.right) || leads(node.left);
  if (ts.isCallExpression(node)) {
    const called = calleeOf(node, symbols);
    return called !== undefined && (returnsOf(called.fn) ?? []).some(leads);
  }
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return false;
  const symbol = symbols.of(ts.isIdentifier(node) ? node : node.name);
  return symbol !== undefined && valuesPutInto(symbol, symbols).some(leads);
}
