import { OLD_PYTHON_METHODS, type OldPythonMethod } from '../../src/api/python-names.js';
import { classesOf } from './classes.js';
import { callsOfMethod, type MethodCall } from './deferred.js';
import { evidenceOf } from './evidence.js';
import type { Callers } from './flow/callers.js';
import { attributeName, descendants, field, unwrap, type Node } from './node.js';
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
  /** The arguments that say what it asks for: those of `call`, and of the calls that bound some before. */
  readonly args: readonly Node[];
  /** The expressions that give all of an answer. */
  readonly answers: readonly Node[];
  /** Whether `answers` are futures, which are awaited elsewhere. */
  readonly isFuture: boolean;
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

/** What locating sites looks at. */
interface Search {
  readonly unit: Unit;
  readonly origins: Origins;
  readonly callers: Callers;
}

/** Finds every legacy call of the program, in the order of files and places. */
export function locate({ units }: Program, origins: Origins, callers: Callers): readonly Site[] {
  return units.flatMap((unit) =>
    descendants(unit.root, 'attribute')
      .flatMap((method) => {
        const search = { unit, origins, callers };
        return [...createSites(method, search), ...oldSites(method, search)];
      })
      .sort((a, b) => a.call.start - b.call.start),
  );
}

function createSites(method: Node, search: Search): readonly Site[] {
  if (attributeName(method) !== 'create') return [];
  const inner = unwrap(field(method, 'object') as Node);
  const last = attributeName(inner);
  const isWrapper = last === 'with_raw_response' || last === 'with_streaming_response';
  const named = isWrapper ? unwrap(field(inner, 'object') as Node) : inner;
  const resource = resourceOf(named, search);
  if (!resource) return [];
  const { client, name } = resource;
  const known = search.origins.client(client, search.unit);
  return callsOfMethod(method, search).flatMap((made) => {
    const evidence = known ? undefined : evidenceIn(made, search.unit);
    if (!known && evidence === undefined) return [];
    return {
      ...placed(made, search.unit),
      request: { kind: 'create', resource: name, wrapper: isWrapper ? last : undefined },
      client,
      isAsync: known?.isAsync ?? (!made.isInThread && isAwaited(made.call)),
      isBedrock: known?.isBedrock ?? false,
      evidence,
    };
  });
}

function placed(made: MethodCall, unit: Unit): Omit<MethodCall, 'isInThread'> & Pick<Site, 'id' | 'unit'> {
  const { call, args, answers, isFuture } = made;
  return { id: `${unit.path}:${String(call.start)}`, unit, call, args, answers, isFuture };
}

/** What the calls say that hand a method its arguments. */
function evidenceIn({ call, args }: MethodCall, unit: Unit): string | undefined {
  const holders = args.flatMap(({ parent }) => (parent?.parent?.type === 'call' ? parent.parent : []));
  return [...new Set([call, ...holders])].flatMap((holder) => evidenceOf(holder, unit) ?? [])[0];
}

/** `client.completions`, or a name that it is assigned to. */
function resourceOf(node: Node, search: Search): { readonly client: Node; readonly name: Node } | undefined {
  if (node.type === 'attribute' && attributeName(node) === 'completions')
    return { client: field(node, 'object') as Node, name: field(node, 'attribute') as Node };
  if (node.type !== 'identifier') return undefined;
  const [only, ...more] = search.origins.valuesOf(node, search.unit);
  if (!only || more.length > 0 || only.unit !== search.unit) return undefined;
  const value = unwrap(only.node);
  return value.type === 'attribute' ? resourceOf(value, search) : undefined;
}

function oldSites(node: Node, search: Search): readonly Site[] {
  const method = OLD_PYTHON_METHODS.find((name) => name === attributeName(node));
  if (method === undefined) return [];
  const client = field(node, 'object') as Node;
  const known = search.origins.client(client, search.unit);
  // A method of the program's own that is called so.
  if (!known && classesOf(client, search.unit, search.origins).length > 0) return [];
  return callsOfMethod(node, search).flatMap((made) => {
    const evidence = known ? undefined : evidenceIn(made, search.unit);
    if (!known && evidence === undefined) return [];
    return {
      ...placed(made, search.unit),
      request: { kind: 'old', method, name: field(node, 'attribute') as Node },
      client,
      isAsync: method.startsWith('a'),
      isBedrock: false,
      evidence,
    };
  });
}

export function isAwaited(call: Node): boolean {
  let at = call.parent;
  while (at?.type === 'parenthesized_expression') at = at.parent;
  return at?.type === 'await';
}
