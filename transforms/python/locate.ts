import { LEGACY_ONLY_PARAMETER } from '../../src/api/parameters.js';
import { OLD_PYTHON_METHODS, type OldPythonMethod } from '../../src/api/python-names.js';
import { answerOf } from './answers/coroutines.js';
import { evidenceOf } from './evidence.js';
import { argumentsOf, attributeName, descendants, field, keyword, textOf, unwrap, type Node } from './node.js';
import type { Origins } from './origin.js';
import type { Program } from './program.js';
import type { BedrockCall } from './requests/bedrock-call.js';
import type { Endpoint } from './requests/endpoint.js';
import type { Headers } from './requests/headers.js';
import type { ResponseReads } from './requests/response.js';
import type { Unit } from './unit.js';

/** One legacy call. */
export interface Site {
  /** `path:offset` of the call. */
  readonly id: string;
  readonly unit: Unit;
  readonly call: Node;
  readonly request: Request;
  /** The expression that the client is. */
  readonly client: Node;
  readonly isAsync: boolean;
  readonly isBedrock: boolean;
  /** The expressions that give all of an answer. */
  readonly answers: readonly Node[];
  /** What tells whose call it is where it is not seen where the client comes from, as a clause for a person. */
  readonly evidence: string | undefined;
}

/** What a site sends as JSON by itself; undefined where its parameters are the arguments of its call. */
export function bodyOf({ request }: Site): Node | undefined {
  return request.kind === 'http' || request.kind === 'bedrock' ? request.body : undefined;
}

export type Request = CreateRequest | OldRequest | HttpRequest | BedrockRequest;

/** A request that the program sends by itself. */
export interface HttpRequest {
  readonly kind: 'http';
  readonly url: Node;
  /** What is sent as JSON. */
  readonly body: Node;
  readonly endpoint: Endpoint;
  readonly headers: Headers;
  /** Whether what is read may be the body of an error. */
  readonly mayBeError: boolean;
  readonly response: ResponseReads;
}

/** A body that goes to Amazon Bedrock. */
export interface BedrockRequest extends BedrockCall {
  readonly kind: 'bedrock';
  readonly response: ResponseReads;
}

/** `client.completions.create(...)` of SDK 0.3 and newer. */
export interface CreateRequest {
  readonly kind: 'create';
  /** The name `completions`. */
  readonly resource: Node;
  /** Whether the HTTP response is asked for in place of its content. */
  readonly wrapper: 'with_raw_response' | 'with_streaming_response' | undefined;
}

/** `client.completion(...)` and the like of SDK 0.2 and older. */
export interface OldRequest {
  readonly kind: 'old';
  readonly method: OldPythonMethod;
  /** The name of the method. */
  readonly name: Node;
}

/** Finds every legacy call of the program, in the order of files and places. */
export function locate({ units }: Program, origins: Origins): readonly Site[] {
  return units.flatMap((unit) => descendants(unit.root, 'call').flatMap((call) => siteOf(call, unit, origins) ?? []));
}

function siteOf(call: Node, unit: Unit, origins: Origins): Site | undefined {
  const callee = unwrap(field(call, 'function') as Node);
  if (callee.type !== 'attribute') return undefined;
  return createSite(call, callee, unit, origins) ?? oldSite(call, callee, unit, origins);
}

function createSite(call: Node, callee: Node, unit: Unit, origins: Origins): Site | undefined {
  if (attributeName(callee) !== 'create') return undefined;
  const inner = unwrap(field(callee, 'object') as Node);
  const last = attributeName(inner);
  const isWrapper = last === 'with_raw_response' || last === 'with_streaming_response';
  const named = isWrapper ? unwrap(field(inner, 'object') as Node) : inner;
  const resource = resourceOf(named, unit, origins);
  if (!resource) return undefined;
  const { client, name } = resource;
  const known = origins.client(client, unit);
  const evidence = known ? undefined : evidenceOf(call, unit);
  if (!known && evidence === undefined) return undefined;
  return {
    id: `${unit.path}:${String(call.start)}`,
    unit,
    call,
    request: { kind: 'create', resource: name, wrapper: isWrapper ? last : undefined },
    client,
    isAsync: known?.isAsync ?? isAwaited(call),
    isBedrock: known?.isBedrock ?? false,
    answers: [answerOf(call)],
    evidence,
  };
}

/** `client.completions`, or a name that it is assigned to. */
function resourceOf(
  node: Node,
  unit: Unit,
  origins: Origins,
): { readonly client: Node; readonly name: Node } | undefined {
  if (node.type === 'attribute' && attributeName(node) === 'completions')
    return { client: field(node, 'object') as Node, name: field(node, 'attribute') as Node };
  if (node.type !== 'identifier') return undefined;
  const [only, ...more] = origins.valuesOf(node, unit);
  if (!only || more.length > 0 || only.unit !== unit) return undefined;
  const value = unwrap(only.node);
  return value.type === 'attribute' ? resourceOf(value, unit, origins) : undefined;
}

function oldSite(call: Node, callee: Node, unit: Unit, origins: Origins): Site | undefined {
  const method = OLD_PYTHON_METHODS.find((name) => name === attributeName(callee));
  if (method === undefined) return undefined;
  const client = field(callee, 'object') as Node;
  const known = origins.client(client, unit);
  const evidence = known || !keyword(call, LEGACY_ONLY_PARAMETER) ? undefined : evidenceOf(call, unit);
  if (!known && evidence === undefined) return undefined;
  return {
    id: `${unit.path}:${String(call.start)}`,
    unit,
    call,
    request: { kind: 'old', method, name: field(callee, 'attribute') as Node },
    client,
    isAsync: method.startsWith('a'),
    isBedrock: false,
    answers: [answerOf(call)],
    evidence,
  };
}

export function isAwaited(call: Node): boolean {
  let at = call.parent;
  while (at?.type === 'parenthesized_expression') at = at.parent;
  return at?.type === 'await';
}

/** Whether a call is given nothing but keywords and `**` mappings; the old API took no positional parameters. */
export function hasPositional(call: Node): boolean {
  return argumentsOf(call).some(({ type }) => type !== 'keyword_argument' && type !== 'dictionary_splat');
}

/** The name of an argument given by keyword. */
export function keywordName(argument: Node): string | undefined {
  const name = argument.type === 'keyword_argument' ? field(argument, 'name') : undefined;
  return name && textOf(name);
}
