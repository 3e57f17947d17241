import { RESPONSE_FIELDS } from '../../../src/api/parameters.js';
import { constantText } from '../literals.js';
import type { Site } from '../locate.js';
import { above, field, namedChildren, type Node } from '../node.js';
import type { FieldRead } from './reads.js';

/** How one entry of an answer that was parsed from JSON is read: in a way that can be rewritten, of no account, or why not. */
export type JsonRead = Omit<FieldRead, 'unit'> | 'aside' | { readonly why: string };

/** Fields that keep their key, and what they say. */
const KEPT = new Set(['id', 'model']);

/** `answer["key"]` */
export function keyRead(access: Node, object: Node): JsonRead {
  const key = constantText(field(access, 'subscript') ?? access);
  if (key === undefined) return { why: 'it is used in a way that cannot be followed' };
  return entryRead(key, access, object, undefined);
}

/** `answer.get(key)`, which gives something else where the answer is the body of an error. */
export function getRead(call: Node, object: Node, { request }: Site): JsonRead {
  const mayBeError = request.kind === 'http' && request.mayBeError;
  const [key, given] = namedChildren(field(call, 'arguments') as Node);
  const name = key && constantText(key);
  if (name === undefined) return { why: 'it is used in a way that cannot be followed' };
  const fallback = mayBeError ? (given ?? 'None') : undefined;
  const isNamed = object.type === 'identifier' && !isInFormat(call);
  const isEmpty = given !== undefined && constantText(given) === '' && !isInFormat(call);
  if (name === 'completion' && mayBeError && !isNamed && !isEmpty) return { why: 'it may be the body of an error' };
  return entryRead(name, call, object, name === 'stop_reason' ? (given ?? 'None') : fallback);
}

function entryRead(key: string, node: Node, object: Node, fallback: FieldRead['fallback']): JsonRead {
  if (!RESPONSE_FIELDS.has(key) || KEPT.has(key)) return 'aside';
  const isMapped = key === 'completion' || (key === 'stop_reason' && !isInFormat(node));
  if (!isMapped) return { why: `"${key}" of the answer is read` };
  return { field: key, node, object, ...(fallback === undefined ? {} : { fallback }) };
}

/** `"completion" in answer` */
export function membership(comparison: Node, answer: Node): JsonRead {
  const [key, holder] = namedChildren(comparison);
  const name = key && holder === answer ? constantText(key) : undefined;
  if (!key || name === undefined || !RESPONSE_FIELDS.has(name) || KEPT.has(name) || name === 'stop_reason')
    return 'aside';
  return name === 'completion'
    ? { field: 'in', node: key, object: answer }
    : { why: `"${name}" of the answer is looked for` };
}

/** Inside of an f-string quotes would end the string before Python 3.12. */
function isInFormat(node: Node): boolean {
  return above(node, ({ type }) => type === 'interpolation') !== undefined;
}
