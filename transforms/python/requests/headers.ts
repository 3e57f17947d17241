import { KEY_HEADER, OLDEST_VERSION, VERSION_HEADER } from '../../../src/api/http.js';
import { constantText } from '../literals.js';
import { argumentsOf, calledMethod, field, namedChildren, nameOf, textOf, unwrap, walk, type Node } from '../node.js';
import type { Origins, Placed } from '../origin.js';
import type { Unit } from '../unit.js';
import { constantsOf } from '../values.js';

/** What has to change in the headers of a request. */
export type HeaderPlan =
  | { readonly kind: 'kept' }
  /** The version goes into this dictionary. */
  | { readonly kind: 'added'; readonly to: Placed }
  /** These literals name the version of before. */
  | { readonly kind: 'raised'; readonly values: readonly Placed[] }
  | { readonly kind: 'unseen' };

/** What the headers of a request say. */
export interface Headers {
  readonly plan: HeaderPlan;
  /** The token that is sent where the API documents a key. */
  readonly bearer: Placed | undefined;
}

interface Found {
  readonly origins: Origins;
  /** The dictionary that stands outermost. */
  literal: Placed | undefined;
  readonly versions: Placed[];
  /** The names that are set, in lower case, with what sets them. */
  readonly named: Map<string, Placed>;
  /** Whether there may be headers that are not seen. */
  isOpen: boolean;
  readonly seen: Set<Node>;
}

/** Reads the headers of a request from everything that sets some of them, the nearest to the call first. */
export function readHeaders(sources: readonly Placed[], setters: readonly Placed[], origins: Origins): Headers {
  const found: Found = { origins, literal: undefined, versions: [], named: new Map(), isOpen: false, seen: new Set() };
  for (const source of sources) read(source, found);
  for (const setter of setters) readSetter(setter, found);
  const authorization = found.named.get('authorization');
  const isBearer =
    authorization !== undefined && !found.named.has(KEY_HEADER) && /\bBearer\b/i.test(textOf(authorization.node));
  return { plan: planVersion(found), bearer: isBearer ? authorization : undefined };
}

function planVersion({ versions, isOpen, literal, origins }: Found): HeaderPlan {
  if (versions.length > 0) {
    const leaves = versions.flatMap(({ node, unit }) => constantsOf(node, unit, origins).leaves);
    const values = leaves.filter(({ node }) => constantText(node) === OLDEST_VERSION);
    return values.length > 0 ? { kind: 'raised', values } : { kind: 'kept' };
  }
  return isOpen || !literal ? { kind: 'unseen' } : { kind: 'added', to: literal };
}

function read({ node: expression, unit }: Placed, found: Found): void {
  const node = unwrap(expression);
  if (found.seen.has(node)) return;
  found.seen.add(node);
  const again = (next: Node): void => {
    read({ node: next, unit }, found);
  };
  if (node.type === 'dictionary') readDictionary(node, unit, found);
  else if (node.type === 'identifier' || node.type === 'attribute') readNamed(node, unit, found);
  else if (node.type === 'call') readCall(node, unit, found);
  else if (node.type === 'conditional_expression') {
    const [then, , otherwise] = namedChildren(node);
    if (then) again(then);
    if (otherwise) again(otherwise);
  } else found.isOpen = true;
}

function readDictionary(node: Node, unit: Unit, found: Found): void {
  found.literal ??= { node, unit };
  for (const pair of namedChildren(node)) {
    const [inner] = namedChildren(pair);
    if (pair.type === 'dictionary_splat' && inner) {
      read({ node: inner, unit }, found);
      continue;
    }
    const key = field(pair, 'key');
    const value = field(pair, 'value');
    if (key && value) readEntry(key, value, unit, found);
    else found.isOpen = true;
  }
}

function readEntry(key: Node, value: Node, unit: Unit, found: Found): void {
  const { leaves, isComplete } = constantsOf(key, unit, found.origins);
  const names = leaves.flatMap((leaf) => constantText(leaf.node)?.toLowerCase() ?? []);
  if (!isComplete) found.isOpen = true;
  for (const name of names) {
    found.named.set(name, { node: value, unit });
    if (name === VERSION_HEADER) found.versions.push({ node: value, unit });
  }
}

/** A variable or member: what it is made from, and what is set on it later. */
function readNamed(node: Node, unit: Unit, found: Found): void {
  const values = found.origins.valuesOf(node, unit);
  if (values.length === 0) found.isOpen = true;
  for (const value of values) read(value, found);
  for (const holder of new Set([unit, ...values.map((value) => value.unit)])) readLater(textOf(node), holder, found);
}

/** `headers["anthropic-version"] = value`, `headers.update({...})` and `headers.setdefault(name, value)`. */
function readLater(name: string, unit: Unit, found: Found): void {
  walk(unit.root, (at) => {
    const left = at.type === 'assignment' ? field(at, 'left') : undefined;
    const value = at.type === 'assignment' ? field(at, 'right') : undefined;
    const key = left?.type === 'subscript' ? field(left, 'subscript') : undefined;
    const holder = left && field(left, 'value');
    if (left && value && key && holder && textOf(holder) === name) readEntry(key, value, unit, found);
    const method = calledMethod(at);
    if (method && textOf(method.object) === name) readSetter({ node: at, unit }, found);
    return undefined;
  });
}

/** A call that sets headers: `x.update(headers)`, `x.add_header(name, value)`, `x.setdefault(name, value)`. */
function readSetter({ node, unit }: Placed, found: Found): void {
  const [first, second] = argumentsOf(node);
  const name = calledMethod(node)?.name;
  if (name === 'update' && first) read({ node: first, unit }, found);
  else if (/^(add_header|add_unredirected_header|setdefault|add)$/.test(name ?? '') && first && second)
    readEntry(first, second, unit, found);
}

/** `dict(...)`, `base.copy()`, or a function of the program that gives headers by its only return. */
function readCall(node: Node, unit: Unit, found: Found): void {
  const callee = field(node, 'function') as Node;
  const method = calledMethod(node);
  if (method?.name === 'copy') {
    read({ node: method.object, unit }, found);
    return;
  }
  if (textOf(callee) === 'dict') {
    for (const argument of argumentsOf(node)) {
      const [inner] = namedChildren(argument);
      if (argument.type === 'keyword_argument')
        found.named.set((nameOf(argument) ?? '').toLowerCase(), { node: argument, unit });
      else read({ node: argument.type === 'dictionary_splat' && inner ? inner : argument, unit }, found);
    }
    return;
  }
  const functions = [...found.origins.definitionsOf(callee, unit), ...ownMethod(callee, unit)].filter(
    ({ definition }) => definition.kind === 'function',
  );
  const [only, ...more] = functions;
  const returned = only?.definition.value && more.length === 0 ? onlyReturn(only.definition.value) : undefined;
  if (only && returned) read({ node: returned, unit: only.unit }, found);
  else found.isOpen = true;
}

/** `self._headers()`: the method of the same file that is called so. */
function ownMethod(callee: Node, unit: Unit): ReturnType<Origins['definitionsOf']> {
  const object = callee.type === 'attribute' ? field(callee, 'object') : undefined;
  const name = callee.type === 'attribute' ? field(callee, 'attribute') : undefined;
  if (!object || !name || !/^(self|cls)$/.test(textOf(object))) return [];
  const found: { definition: ReturnType<Origins['definitionsOf']>[number]['definition']; unit: Unit }[] = [];
  walk(unit.root, (node) => {
    if (node.type === 'function_definition' && nameOf(node) === textOf(name))
      found.push({ definition: { kind: 'function', name: field(node, 'name') as Node, value: node }, unit });
    return undefined;
  });
  return found;
}

function onlyReturn(definition: Node): Node | undefined {
  const returns: Node[] = [];
  walk(definition, (node) => {
    if (node.type === 'return_statement') returns.push(node);
    return node === definition || (node.type !== 'function_definition' && node.type !== 'lambda');
  });
  const [only, ...more] = returns;
  return only && more.length === 0 ? namedChildren(only)[0] : undefined;
}
