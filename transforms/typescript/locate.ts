import { ts } from './ts.js';
import { leadsToClient } from './client-origin.js';
import type { Insertion, Unit } from './unit.js';
import type { Symbols } from './symbols.js';
import type { View } from './program.js';
import type { Endpoint } from './requests/endpoint.js';
import type { Headers } from './requests/headers.js';
import { accessName, isAccess, staticName, unwrap, walk } from './syntax.js';

/** `create` of the completions resource, or what the client of SDK 0.4 and older had in its place. */
export type Method = 'create' | 'complete' | 'completeStream';

/** A call of the legacy API. */
export interface Site {
  /** `path:offset`, stable within a run. */
  readonly id: string;
  readonly unit: Unit;
  /** What sends the request, or makes what is sent. */
  readonly call: ts.CallExpression | ts.NewExpression;
  /** The object with the prompt, the limit and the rest; undefined where the call has none that can be seen. */
  readonly parameters: ts.Expression | undefined;
  /** What else of the call has to change. */
  readonly request: SdkRequest | HttpRequest | BedrockRequest;
  readonly bedrock: boolean;
  /** The expressions that the call's answer comes out of: the call itself, and casts around it. */
  readonly answers: ReadonlySet<ts.Node>;
  /** Whether the client's origin was seen; otherwise the parameters decided. */
  readonly originSeen: boolean;
  /** Whether the program's own types say nothing of the client, so that its answer is `any` to the compiler. */
  readonly isUntyped: boolean;
}

/** A request that the SDK sends. */
export interface SdkRequest {
  readonly kind: 'sdk';
  readonly call: ts.CallExpression;
  readonly method: Method;
  /** `X.completions`, or the bare name that was destructured from a client; for the oldest client, the client itself. */
  readonly resource: ts.Expression;
  readonly options: ts.Expression | undefined;
}

/** Whether a call is one of the client of SDK 0.4 and older. */
export function usesOldClient({ request }: Site): boolean {
  return request.kind === 'sdk' && request.method !== 'create';
}

/** A request that the program sends by itself. */
export interface HttpRequest {
  readonly kind: 'http';
  readonly url: ts.Expression;
  readonly endpoint: Endpoint;
  readonly headers: Headers;
  /** The types of the program's own that the call says its answer has. */
  readonly answerTypes: readonly ts.TypeNode[];
  /** Whether an error of the API comes as an answer, and is not thrown. */
  readonly mayBeError: boolean;
  /** Whether the answer is a stream, which the program takes apart by itself. */
  readonly streams: boolean;
  /** Whether a type of the program's own describes the answer, which is given the legacy form where it comes out. */
  readonly isTurned: boolean;
  /** Why it cannot move whatever its address, headers and body are. */
  readonly problem: string | undefined;
}

/** Whether a call's answer is a stream that the program takes apart by itself. */
export function streamsByItself({ request }: Site): boolean {
  return request.kind !== 'sdk' && request.streams;
}

/** Whether what is read of a call's answer may be an error of the API. */
export function mayAnswerError({ request }: Site): boolean {
  return request.kind !== 'sdk' && request.mayBeError;
}

/** Whether a type of the program's own says what a call's answer is. */
export function hasOwnType({ request }: Site): boolean {
  return request.kind === 'http' && request.answerTypes.length > 0;
}

/** A request to Amazon Bedrock, by a command or signed by the program itself, whose body is a legacy one. */
export interface BedrockRequest {
  readonly kind: 'bedrock';
  readonly modelId: ts.Expression;
  readonly streams: boolean;
  /** Whether an error of the API comes as an answer, and is not thrown. */
  readonly mayBeError: boolean;
  /** Why it cannot move whatever its body is. */
  readonly problem: string | undefined;
}

/** Calls of `completions.create` whose client comes from the SDK: by import, constructor or type, never by name alone. */
export function locateSites(
  units: readonly Unit[],
  view: View,
  untyped: ReadonlyMap<string, { readonly originSeen: boolean }>,
): readonly Site[] {
  const sites: Site[] = [];
  for (const unit of units) {
    walk(unit.tree, (node) => {
      const method = ts.isCallExpression(node) ? sdkMethod(node, view.checker) : undefined;
      const resource = calledOn(node);
      if (!resource || !ts.isCallExpression(node) || !method) return undefined;
      const id = `${unit.path}:${String(unit.range(node).start)}`;
      sites.push({
        id,
        unit,
        call: node,
        parameters: parametersOf(node),
        request: { kind: 'sdk', call: node, method, resource, options: node.arguments[1] },
        answers: new Set([node]),
        bedrock: isBedrock(resource, view.checker),
        originSeen: untyped.get(id)?.originSeen ?? true,
        isUntyped: untyped.has(id),
      });
      return undefined;
    });
  }
  return sites;
}

/** The first argument of a call; what is spread into its arguments cannot be seen. */
function parametersOf({ arguments: [first] }: ts.CallExpression): ts.Expression | undefined {
  return first && !ts.isSpreadElement(first) ? first : undefined;
}

/** What the method of a call belongs to. */
function calledOn(node: ts.Node): ts.Expression | undefined {
  const callee = ts.isCallExpression(node) ? unwrap(node.expression) : undefined;
  return callee && isAccess(callee) ? callee.expression : undefined;
}

const OWNERS: ReadonlyMap<string, string> = new Map([
  ['create', 'Completions'],
  ['complete', 'Client'],
  ['completeStream', 'Client'],
]);

function sdkMethod(call: ts.CallExpression, checker: ts.TypeChecker): Method | undefined {
  const callee = unwrap(call.expression);
  const name = isAccess(callee) ? accessName(callee) : undefined;
  const owner = name === undefined ? undefined : OWNERS.get(name);
  if (owner === undefined || !isAccess(callee)) return undefined;
  return typeNames(checker.getTypeAtLocation(callee.expression)).has(owner) ? (name as Method) : undefined;
}

/** The names of the SDK classes that a type is, with `null` and `undefined` left out. */
function typeNames(type: ts.Type): ReadonlySet<string> {
  const members = type.isUnion() ? type.types : [type];
  return new Set(
    members.flatMap((member) => {
      const { symbol } = member as { readonly symbol?: ts.Symbol };
      return symbol && isSdkSymbol(symbol) ? [symbol.name] : [];
    }),
  );
}

function isSdkSymbol(symbol: ts.Symbol): boolean {
  return (symbol.declarations ?? []).some((declaration) => declaration.getSourceFile().fileName.startsWith('/.sdk/'));
}

function isBedrock(resource: ts.Expression, checker: ts.TypeChecker): boolean {
  const inner = unwrap(resource);
  return isAccess(inner) && typeNames(checker.getTypeAtLocation(inner.expression)).has('AnthropicBedrock');
}

/** Calls that only look like a site: the client's type is not known, so the parameters decide. */
export interface UntypedCall {
  readonly unit: Unit;
  readonly call: ts.CallExpression;
  readonly parameters: ts.Expression | undefined;
  readonly resource: ts.Expression;
  /** `max_tokens_to_sample` is Anthropic's alone. */
  readonly isLegacy: boolean;
  /** Whether the client is seen to be the SDK's after all: through a cast, or by what is assigned to its variable. */
  readonly originSeen: boolean;
}

/** Calls of `<any>.completions.create`, or of an untyped `completions.create`. */
export function untypedCalls(units: readonly Unit[], view: View, symbols: Symbols): readonly UntypedCall[] {
  const calls: UntypedCall[] = [];
  for (const unit of units) {
    walk(unit.tree, (node) => {
      const resource = calledOn(node);
      if (!resource || !ts.isCallExpression(node) || !isNamedCompletions(resource)) return undefined;
      if (!isCreate(node)) return undefined;
      const type = view.checker.getTypeAtLocation(resource);
      if (!(type.flags & ts.TypeFlags.Any)) return undefined;
      const originSeen = isSdkClient(resource, view.checker, symbols);
      calls.push({
        unit,
        call: node,
        parameters: parametersOf(node),
        resource,
        originSeen,
        isLegacy: originSeen || sendsLegacyLimit(node.arguments[0], symbols),
      });
      return undefined;
    });
  }
  return calls;
}

function isCreate({ expression }: ts.CallExpression): boolean {
  const callee = unwrap(expression);
  return isAccess(callee) && accessName(callee) === 'create';
}

function isSdkClient(resource: ts.Expression, checker: ts.TypeChecker, symbols: Symbols): boolean {
  const inner = unwrap(resource);
  const isClient = (node: ts.Expression): boolean => isClientType(checker.getTypeAtLocation(node));
  return isAccess(inner) && leadsToClient(inner.expression, symbols, isClient);
}

function isClientType(type: ts.Type): boolean {
  const names = typeNames(type);
  return names.has('Anthropic') || names.has('AnthropicBedrock');
}

function isNamedCompletions(resource: ts.Expression): boolean {
  const inner = unwrap(resource);
  return isAccess(inner) ? accessName(inner) === 'completions' : ts.isIdentifier(inner) && inner.text === 'completions';
}

const LEGACY_LIMIT = 'max_tokens_to_sample';

/** Whether an argument is seen to carry `max_tokens_to_sample`: in a literal, a variable's literal, or a spread one. */
export function sendsLegacyLimit(argument: ts.Expression | undefined, symbols: Symbols): boolean {
  if (!argument) return false;
  const value = unwrap(argument);
  if (ts.isObjectLiteralExpression(value)) {
    return value.properties.some((property) =>
      ts.isSpreadAssignment(property)
        ? sendsLegacyLimit(property.expression, symbols)
        : staticName(property.name) === LEGACY_LIMIT,
    );
  }
  if (!ts.isIdentifier(value)) return false;
  const symbol = symbols.of(value);
  const declaration = symbols.declaration(value);
  if (!symbol || !declaration) return false;
  const initial = ts.isVariableDeclaration(declaration) && declaration.initializer;
  if (initial && ts.isObjectLiteralExpression(unwrap(initial)) && sendsLegacyLimit(initial, symbols)) return true;
  return symbols.references(symbol).some(({ parent }) => isAccess(parent) && accessName(parent) === LEGACY_LIMIT);
}

/**
 * What to put into the analysis's copy of a file so that an untyped client has its type there.
 * The checker then follows the call's result as it does everywhere else.
 */
export function castToSdk({ unit, resource }: UntypedCall): readonly Insertion[] {
  const { start, end } = unit.range(resource);
  return unit.isTypeScript
    ? [
        { at: start, text: '(' },
        { at: end, text: ' as any as import("@anthropic-ai/sdk").Completions)' },
      ]
    : [
        { at: start, text: '(/** @type {import("@anthropic-ai/sdk").Completions} */(' },
        { at: end, text: '))' },
      ];
}
