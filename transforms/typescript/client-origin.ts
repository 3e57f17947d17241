import { ts } from './ts.js';
import { valuesPutInto } from './resource-holder.js';
import type { Symbols } from './symbols.js';
import { unwrap, walk, type FunctionNode } from './syntax.js';

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
  if (ts.isCallExpression(node)) return resultsOf(calledFunction(node, symbols)).some(leads);
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return false;
  const symbol = symbols.of(ts.isIdentifier(node) ? node : node.name);
  return symbol !== undefined && valuesPutInto(symbol, symbols).some(leads);
}

/** The function of the program that a call runs, where its name says so. */
function calledFunction({ expression }: ts.CallExpression, symbols: Symbols): FunctionNode | undefined {
  const callee = unwrap(expression);
  const name = ts.isIdentifier(callee) ? callee : ts.isPropertyAccessExpression(callee) ? callee.name : undefined;
  const declaration = name && symbols.declaration(name);
  const own =
    declaration && (ts.isVariableDeclaration(declaration) || ts.isPropertyAssignment(declaration)) && declaration.initializer
      ? unwrap(declaration.initializer)
      : declaration;
  return own && ts.isFunctionLike(own) && 'body' in own && own.body ? (own as FunctionNode) : undefined;
}

function resultsOf(fn: FunctionNode | undefined): readonly ts.Expression[] {
  if (!fn) return [];
  if (ts.isExpression(fn.body) && !ts.isBlock(fn.body)) return [fn.body];
  const results: ts.Expression[] = [];
  walk(fn.body, (node) => {
    if (ts.isReturnStatement(node) && node.expression) results.push(node.expression);
    return !ts.isFunctionLike(node);
  });
  return results;
}
