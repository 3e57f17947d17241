import { ts } from '../ts.js';
import { isAccess, accessName, unwrap, walk } from '../syntax.js';
import type { Insertion, Unit } from '../unit.js';

/**
 * What to put around `: any` and `as any` in the analysis's copy of a file that sends requests by itself: they hide from
 * the checker what a request gives, and say nothing of it. There they become comments.
 */
export function dropLooseTypes({ offset, range, text, tree }: Unit): readonly Insertion[] {
  const found: Insertion[] = [];
  const comment = (start: number, end: number): void => {
    if (!/\/[*/]/.test(text.slice(start, end))) found.push({ at: start, text: '/*' }, { at: end, text: '*/' });
  };
  walk(tree, (node) => {
    if (ts.isVariableDeclaration(node) && isAny(node.type) && node.initializer && readsBody(node.initializer))
      comment(offset(node.name.end), range(node.type).end);
    if (ts.isAsExpression(node) && isAny(node.type) && readsBody(node.expression))
      comment(offset(node.expression.end), range(node).end);
    return undefined;
  });
  return found;
}

function isAny(type: ts.TypeNode | undefined): type is ts.TypeNode {
  return type?.kind === ts.SyntaxKind.AnyKeyword;
}

/** `await response.json()`, `JSON.parse(text)`, `response.data` */
function readsBody(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (ts.isAwaitExpression(node)) return readsBody(node.expression);
  if (isAccess(node)) return /^(data|body)$/.test(accessName(node) ?? '');
  if (!ts.isCallExpression(node)) return false;
  const callee = unwrap(node.expression);
  return isAccess(callee) && (accessName(callee) === 'json' || callee.getText() === 'JSON.parse');
}
