import { ts } from '../ts.js';
import { returnsOf } from '../flow/functions.js';
import type { Symbols } from '../symbols.js';
import { accessName, isAccess, unwrap, wrapping, type FunctionNode } from '../syntax.js';

/** What a function gives of an answer: its body, or the text of it. */
export type Promised = 'body' | 'text';

/**
 * What the promise that a function makes is fulfilled with, of a text that is read in it: `resolve(JSON.parse(text))`.
 * Undefined where the text, or what is made of it, goes anywhere else than into errors.
 */
export function promisedText(
  fn: FunctionNode,
  reads: readonly ts.Expression[],
  symbols: Symbols,
): Promised | undefined {
  const [made, ...more] = (returnsOf(fn) ?? []).map(unwrap);
  const promise = made && ts.isAwaitExpression(made) ? unwrap(made.expression) : made;
  const executor = promise && ts.isNewExpression(promise) ? promise.arguments?.[0] : undefined;
  if (!executor || more.length > 0 || !(ts.isArrowFunction(executor) || ts.isFunctionExpression(executor)))
    return undefined;
  const [fulfil, fail] = executor.parameters.map(({ name }) => symbols.of(name));
  const isCallOf = (node: ts.Node, symbol: ts.Symbol | undefined): boolean =>
    symbol !== undefined && ts.isCallExpression(node) && symbols.of(unwrap(node.expression)) === symbol;

  /** Undefined for a use that is not known; nothing for one that only says what went wrong. */
  const fateOf = (node: ts.Expression, kind: Promised): Promised | 'none' | undefined => {
    const outer = wrapping(node);
    const { parent } = outer;
    if (isCallOf(parent, fulfil)) return kind;
    if (isOfError(outer, (at) => isCallOf(at, fail))) return 'none';
    if (kind === 'text' && ts.isCallExpression(parent) && parent.expression.getText() === 'JSON.parse')
      return fateOf(parent, 'body');
    if (kind === 'body' && isAccess(parent) && accessName(parent) === 'error') return 'none';
    const symbol = ts.isVariableDeclaration(parent) ? symbols.of(parent.name) : undefined;
    return symbol && !symbols.isReassigned(symbol)
      ? together(
          symbols
            .references(symbol)
            .filter((use) => use.parent !== parent)
            .map((use) => fateOf(use, kind)),
        )
      : undefined;
  };
  const fate = together(reads.map((read) => fateOf(read, 'text')));
  return fate === 'none' ? undefined : fate;
}

function together(fates: readonly (Promised | 'none' | undefined)[]): Promised | 'none' | undefined {
  const told = new Set(fates.filter((fate) => fate !== 'none'));
  const [only] = told;
  return told.size === 0 ? 'none' : told.size === 1 ? only : undefined;
}

/** Whether an expression is part of what an error says. */
function isOfError(node: ts.Node, isFail: (node: ts.Node) => boolean): boolean {
  for (let at = node.parent; !ts.isStatement(at) && !ts.isFunctionLike(at); at = at.parent) {
    if (isFail(at) || (ts.isNewExpression(at) && at.expression.getText().endsWith('Error'))) return true;
  }
  return false;
}
