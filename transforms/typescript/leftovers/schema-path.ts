import { ts } from '../ts.js';
import { staticName, unwrap } from '../syntax.js';

/** The keys that lead to a property of a schema, as `llm.max_tokens_to_sample`; undefined where its value is sent and not described. */
export function schemaPath(node: ts.Node): string | undefined {
  if (!ts.isPropertyAssignment(node) || !isDescription(unwrap(node.initializer))) return undefined;
  const keys: string[] = [];
  for (let at: ts.Node = node; !ts.isStatement(at); at = at.parent) {
    const key = ts.isPropertyAssignment(at) ? staticName(at.name) : undefined;
    if (key !== undefined && key !== 'properties') keys.unshift(key);
  }
  return keys.join('.');
}

/** `z.number()`, with whatever follows, or `{ type: 'integer' }`. */
function isDescription(value: ts.Expression): boolean {
  if (ts.isObjectLiteralExpression(value)) return value.properties.some(({ name }) => staticName(name) === 'type');
  let at = value;
  while (ts.isCallExpression(at) || ts.isPropertyAccessExpression(at)) {
    const callee: ts.Expression = ts.isCallExpression(at) ? unwrap(at.expression) : at.expression;
    if (ts.isPropertyAccessExpression(callee) && /^(number|int|integer|Number|Integer)$/.test(callee.name.text))
      return true;
    at = callee;
  }
  return false;
}
