import { constantText } from '../literals.js';
import { argumentsOf, calledMethod, field, keyword, textOf, unwrap, walk, type Node } from '../node.js';
import { firstArgument, type Origins, type Placed } from '../origin.js';
import { reachingDefinition } from '../reaching.js';
import type { Unit } from '../unit.js';
import { dumpedValue } from './json-body.js';

/** A request by one of the HTTP clients of Python, as it is written. */
export interface HttpCall {
  readonly url: Node;
  /** What stands before the URL. */
  readonly base: Placed | undefined;
  /** What is sent as JSON. */
  readonly body: Node;
  /** Everything that gives headers, the nearest to the call first. */
  readonly headers: readonly Placed[];
  /** Calls that set headers one by one. */
  readonly setters: readonly Placed[];
  /** Whether an answer that tells of an error is thrown before anybody reads it. */
  readonly raises: boolean;
}

/** Functions of modules that send a request. */
const FUNCTIONS = /^(?:requests|requests\.api|httpx)\.(post|request|stream)$/;
/** Classes of clients, whose options hold for all of their requests. */
const CLIENTS =
  /^(?:requests\.(?:[sS]ession|Session|sessions\.Session)|httpx\.(?:Async)?Client|aiohttp\.ClientSession)$/;
const METHODS = new Set(['post', 'request', 'stream']);

/** Reads a call that sends a request with a JSON body. */
export function readHttpCall(call: Node, unit: Unit, origins: Origins): HttpCall | undefined {
  const callee = unwrap(field(call, 'function') as Node);
  if (origins.fullName(callee, unit) === 'urllib.request.urlopen') return readUrlopen(call, unit, origins);
  const ofModule = FUNCTIONS.exec(origins.fullName(callee, unit) ?? '')?.[1];
  const method = calledMethod(call);
  const name = ofModule ?? (method && METHODS.has(method.name) ? method.name : undefined);
  if (name === undefined) return undefined;
  const positional = argumentsOf(call).filter(({ type }) => type !== 'keyword_argument' && type !== 'dictionary_splat');
  const isNamed = name !== 'post';
  const verb = isNamed ? (keyword(call, 'method') ?? positional[0]) : undefined;
  if (isNamed && (!verb || constantText(verb)?.toUpperCase() !== 'POST')) return undefined;
  const rest = isNamed && !keyword(call, 'method') ? positional.slice(1) : positional;
  const url = keyword(call, 'url') ?? rest[0];
  const data = keyword(call, 'data') ?? keyword(call, 'content') ?? rest[1];
  const body = keyword(call, 'json') ?? rest[2] ?? (data && dumpedValue(data, unit, origins));
  if (!url || !body) return undefined;
  const own = keyword(call, 'headers');
  const options = ofModule === undefined && method ? optionsOf(method.object, unit, origins) : NO_OPTIONS;
  return {
    url,
    base: options.base,
    body,
    headers: [...(own ? [{ node: own, unit }] : []), ...options.headers],
    setters: options.setters,
    raises: options.raises,
  };
}

interface Options {
  readonly base: Placed | undefined;
  readonly headers: readonly Placed[];
  readonly setters: readonly Placed[];
  readonly raises: boolean;
}

const NO_OPTIONS: Options = { base: undefined, headers: [], setters: [], raises: false };

/** What a client is made with, and the headers that it is given later. */
function optionsOf(client: Node, unit: Unit, origins: Origins): Options {
  const made = origins
    .definitionsOf(client, unit)
    .flatMap(({ definition, unit: holder }) =>
      definition.kind === 'with' && definition.value ? [{ node: definition.value, unit: holder }] : [],
    );
  const all: readonly Placed[] = [{ node: client, unit }, ...origins.valuesOf(client, unit), ...made];
  const calls = all
    .map(({ node, unit: holder }) => ({ node: unwrap(node), unit: holder }))
    .filter(({ node, unit: holder }) => isClient(node, holder, origins));
  const [only, ...more] = calls;
  if (!only || more.length > 0) return NO_OPTIONS;
  const option = (name: string): readonly Placed[] => {
    const value = keyword(only.node, name);
    return value ? [{ node: value, unit: only.unit }] : [];
  };
  const later = headersOf(textOf(client), unit);
  return {
    base: option('base_url')[0],
    headers: [...option('headers'), ...later.filter(({ node }) => node.type !== 'call')],
    setters: later.filter(({ node }) => node.type === 'call'),
    raises: option('raise_for_status').some(({ node }) => textOf(node) === 'True'),
  };
}

function isClient(node: Node, unit: Unit, origins: Origins): boolean {
  return node.type === 'call' && CLIENTS.test(origins.fullName(field(node, 'function') as Node, unit) ?? '');
}

/** `client.headers.update(...)`, and what is assigned to `client.headers`. */
function headersOf(client: string, unit: Unit): readonly Placed[] {
  const found: Placed[] = [];
  walk(unit.root, (node) => {
    const method = calledMethod(node);
    if (method && textOf(method.object) === `${client}.headers`) found.push({ node, unit });
    const left = node.type === 'assignment' ? field(node, 'left') : undefined;
    const right = node.type === 'assignment' ? field(node, 'right') : undefined;
    if (left && right && textOf(left) === `${client}.headers`) found.push({ node: right, unit });
    return undefined;
  });
  return found;
}

/** `urlopen(Request(url, data=json.dumps(body).encode(), headers=headers))`; what answers with an error is thrown. */
function readUrlopen(call: Node, unit: Unit, origins: Origins): HttpCall | undefined {
  const given = firstArgument(call);
  const request = given && requestOf(given, unit);
  if (!request || origins.fullName(field(request.call, 'function') as Node, unit) !== 'urllib.request.Request')
    return undefined;
  const positional = argumentsOf(request.call).filter(({ type }) => type !== 'keyword_argument');
  const url = keyword(request.call, 'url') ?? positional[0];
  const data = keyword(request.call, 'data') ?? positional[1] ?? keyword(call, 'data');
  const body = data && dumpedValue(data, unit, origins);
  const headers = keyword(request.call, 'headers') ?? positional[2];
  if (!url || !body) return undefined;
  return {
    url,
    base: undefined,
    body,
    headers: headers ? [{ node: headers, unit }] : [],
    setters: request.setters,
    raises: true,
  };
}

/** The call that makes a request, and what its name is called for. */
function requestOf(given: Node, unit: Unit): { readonly call: Node; readonly setters: readonly Placed[] } | undefined {
  const node = unwrap(given);
  if (node.type === 'call') return { call: node, setters: [] };
  const binding = node.type === 'identifier' ? unit.scopes.bindingOf(node) : undefined;
  const definition = binding && reachingDefinition(node, binding);
  const value = definition?.kind === 'assignment' && definition.value ? unwrap(definition.value) : undefined;
  if (!binding || value?.type !== 'call') return undefined;
  const setters = binding.reads.flatMap((read) => {
    const access = read.parent;
    const call = access?.type === 'attribute' && access.parent?.type === 'call' ? access.parent : undefined;
    return call && calledMethod(call)?.object === read ? [{ node: call, unit }] : [];
  });
  return { call: value, setters };
}
