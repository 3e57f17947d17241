import { attributeName, field, namedChildren, textOf, wrapping, type Node } from '../node.js';
import type { Site } from '../locate.js';

/** What a raw response tells of the exchange, which has nothing to do with what was asked. */
const OF_EXCHANGE = new Set([
  'headers',
  'status_code',
  'url',
  'method',
  'http_version',
  'elapsed',
  'request_id',
  'retries_taken',
  'is_closed',
  'cookies',
]);

/** The calls of `.parse()` that give the answer in a raw response; undefined where something else of its content is read. */
export function parsesOf({ answers: [response, ...others], unit }: Site): readonly Node[] | undefined {
  if (!response || others.length > 0) return undefined;
  const parses: Node[] = [];
  const isRead = (expression: Node): boolean => {
    const node = wrapping(expression);
    const { parent } = node;
    if (parent?.type === 'expression_statement') return true;
    if (parent?.type !== 'attribute') return false;
    const name = attributeName(parent) ?? '';
    const call = parent.parent?.type === 'call' && parent.field === 'function' ? parent.parent : undefined;
    if (name !== 'parse' || !call) return !call && OF_EXCHANGE.has(name);
    parses.push(call.parent?.type === 'await' ? call.parent : call);
    return true;
  };
  const target = nameOfResponse(wrapping(response));
  const binding = target?.type === 'identifier' ? unit.scopes.bindingOf(target) : undefined;
  if (!target) return isRead(response) ? parses : undefined;
  if (binding?.definitions.length !== 1 || textOf(target) !== binding.name) return undefined;
  return binding.reads.every(isRead) ? parses : undefined;
}

/** `raw = ...`, or `with ... as raw`. */
function nameOfResponse(response: Node): Node | undefined {
  const holder = response.parent;
  if (holder?.type === 'as_pattern' && holder.parent?.type === 'with_item') {
    const alias = field(holder, 'alias');
    return alias && (namedChildren(alias)[0] ?? alias);
  }
  return holder?.type === 'assignment' && holder.parent?.type === 'expression_statement'
    ? field(holder, 'left')
    : undefined;
}
