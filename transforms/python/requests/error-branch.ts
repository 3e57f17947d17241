import { above, enclosingStatement, field, isInside, textOf, type Node } from '../node.js';

const FAILED =
  /\b(?:status_code|status|code)\s*(?:!=|>=|>)|\bnot\s+[\w.]+\.(?:ok|is_success)\b|\.is_error\b|\bnot in \(?\[?20/;
const WENT_WELL =
  /\b(?:status_code|status|code)\s*(?:==\s*(?:200|requests\.codes\.ok|HTTPStatus\.OK)|<\s*[34]00)|\.ok\b|\.is_success\b/;

/** Whether code runs only where a request failed: in a branch that says so, or to raise an exception. */
export function isAfterError(node: Node): boolean {
  if (above(node, ({ type }) => type === 'raise_statement' || type === 'except_clause' || type === 'assert_statement'))
    return true;
  for (let at = enclosingStatement(node); at.parent; at = at.parent) {
    const holder = at.parent;
    if (holder.type !== 'if_statement' && holder.type !== 'elif_clause' && holder.type !== 'else_clause') continue;
    const test = field(holder, 'condition');
    if (test && FAILED.test(textOf(test)) && !isInside(node, test)) return true;
    if (holder.type !== 'else_clause' || !holder.parent) continue;
    const first = field(holder.parent, 'condition');
    if (first && WENT_WELL.test(textOf(first)) && !FAILED.test(textOf(first))) return true;
  }
  return false;
}
