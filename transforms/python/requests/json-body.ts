import { argumentsOf, calledMethod, field, textOf, unwrap, type Node } from '../node.js';
import { firstArgument, type Origins } from '../origin.js';
import { reachingDefinition } from '../reaching.js';
import type { Unit } from '../unit.js';

/** What `json.dumps` is given to make a body of, whether the body is its text or the bytes of that. */
export function dumpedValue(expression: Node, unit: Unit, origins: Origins): Node | undefined {
  const node = unwrap(expression);
  if (node.type === 'identifier') {
    const binding = unit.scopes.bindingOf(node);
    const definition = binding && reachingDefinition(node, binding);
    return definition?.kind === 'assignment' && definition.value
      ? dumpedValue(definition.value, unit, origins)
      : undefined;
  }
  if (node.type !== 'call') return undefined;
  const callee = field(node, 'function') as Node;
  if (isDump(callee, unit, origins)) return firstArgument(node);
  const method = calledMethod(node);
  if (method?.name === 'encode') return dumpedValue(method.object, unit, origins);
  const [first] = argumentsOf(node);
  return first && /^(bytes|str)$/.test(textOf(callee)) ? dumpedValue(first, unit, origins) : undefined;
}

function isDump(callee: Node, unit: Unit, origins: Origins): boolean {
  return /^(json|simplejson|ujson|orjson)\.dumps$/.test(origins.fullName(callee, unit) ?? '');
}

/** Whether a function makes a value of the text of a JSON document, or of a file with one. */
export function isLoad(callee: Node, unit: Unit, origins: Origins): boolean {
  return /^(json|simplejson|ujson|orjson)\.loads?$/.test(origins.fullName(callee, unit) ?? '');
}

/** The only dictionary that an expression is or that its name holds. */
export function dictionaryBehind(expression: Node, unit: Unit): Node | undefined {
  const node = unwrap(expression);
  if (node.type === 'dictionary') return node;
  const binding = node.type === 'identifier' ? unit.scopes.bindingOf(node) : undefined;
  const definition = binding && reachingDefinition(node, binding);
  const value = definition?.kind === 'assignment' && definition.value ? unwrap(definition.value) : undefined;
  return value?.type === 'dictionary' ? value : undefined;
}
