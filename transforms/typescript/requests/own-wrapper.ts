import { ts } from '../ts.js';
import { LEGACY_ONLY_PARAMETER } from '../../../src/api/parameters.js';
import { calleeOf, returnsOf } from '../flow/functions.js';
import type { Symbols } from '../symbols.js';
import { accessName, isAccess, isInside, staticName, unwrap, walk, wrapping, type FunctionNode } from '../syntax.js';
import { argumentsOf, boundValue, withArguments } from './bound.js';
import { legacyEndpoint, type Endpoint } from './endpoint.js';
import type { Headers } from './headers.js';
import { readHttpCall, type HttpCall } from './http-call.js';
import { readNodeRequest } from './node-request.js';
import { constantValue } from './options.js';
import { promisedText } from './promised-text.js';

/** A request that a function of the program sends for the call that gives it address and body. */
export interface WrappedCall extends HttpCall {
  /** Symbols that know what the call passes to the function. */
  readonly scope: Symbols;
  /** A type of the program's own that the function says its answer has. */
  readonly ownType: ts.TypeNode | undefined;
}

const DEEPEST = 3;

/**
 * Reads `request('/v1/complete', body)`, where a function of the program puts the address together and sends the body: the
 * call is what changes, and the function serves other calls as before.
 */
export function readWrappedCall(
  call: ts.CallExpression,
  checker: ts.TypeChecker,
  symbols: Symbols,
  outer: readonly FunctionNode[] = [],
): WrappedCall | undefined {
  const mayBe = outer.length > 0 || call.arguments.some((argument) => isTelling(argument, symbols));
  const fn = mayBe && outer.length < DEEPEST ? calleeOf(call, symbols)?.fn : undefined;
  // A function that calls itself passes itself its own parameters.
  if (!fn || outer.includes(fn) || isInside(call, fn) || readsAnswer(fn)) return undefined;
  const given = argumentsOf(call, fn, symbols);
  if (!given) return undefined;
  const scope = withArguments(symbols, given);
  const sent = requestsIn(fn, checker, scope, [...outer, fn]);
  const [only] = sent;
  if (!only || sent.length > 1) return undefined;
  const { inner, http } = only;
  const answer = only.isPromised ? http.answer : answerOf(fn, inner, http, scope);
  const body = boundValue(http.body, scope)?.value ?? http.body;
  if (answer === undefined || (outer.length === 0 && !isOfCall(http, body, call, fn, symbols))) return undefined;
  return {
    ...http,
    body,
    answer,
    scope: 'scope' in http ? http.scope : scope,
    ownType: ownReturnType(fn),
  };
}

/** Whether an argument, or what its variable holds, may be the address or the body of a legacy request. */
function isTelling(argument: ts.Expression, symbols: Symbols): boolean {
  const value = ts.isIdentifier(argument) ? constantValue(argument, symbols) : undefined;
  return [argument, value].some((node) => node && /complete|max_tokens_to_sample/i.test(node.getText()));
}

/** Whether the call says what is sent where: the function alone does not lead to the legacy API. */
function isOfCall(
  http: HttpCall,
  body: ts.Expression,
  call: ts.CallExpression,
  fn: FunctionNode,
  symbols: Symbols,
): boolean {
  const isGiven = !isInside(http.url, fn);
  return isInside(body, call) && (isGiven || legacyEndpoint(http.url, http.base, symbols) === undefined);
}

/** A function that looks into answers by itself would have to change too. */
function readsAnswer(fn: FunctionNode): boolean {
  return /\b(completion|stop_reason)\b/.test(fn.body.getText());
}

interface Sent {
  readonly inner: ts.CallExpression;
  readonly http: HttpCall | WrappedCall;
  /** Whether the function makes the promise that it gives. */
  readonly isPromised: boolean;
}

function requestsIn(
  fn: FunctionNode,
  checker: ts.TypeChecker,
  scope: Symbols,
  outer: readonly FunctionNode[],
): readonly Sent[] {
  const found: Sent[] = [];
  walk(fn.body, (node) => {
    if (!ts.isCallExpression(node)) return undefined;
    const http = readHttpCall(node, checker, scope) ?? readWrappedCall(node, checker, scope, outer);
    const promised = http ? undefined : readPromised(node, outer, checker, scope);
    if (http) found.push({ inner: node, http, isPromised: false });
    else if (promised) found.push({ inner: node, http: promised, isPromised: true });
    return http === undefined;
  });
  return found;
}

/** `https.request` in a function that makes a promise of the answer. */
function readPromised(
  call: ts.CallExpression,
  outer: readonly FunctionNode[],
  checker: ts.TypeChecker,
  scope: Symbols,
): HttpCall | undefined {
  const node = readNodeRequest(call, checker, scope);
  const fn = outer.at(-1);
  if (!node || !fn || node.problem !== undefined) return undefined;
  const promised = promisedText(fn, node.reads, scope);
  if (!promised) return undefined;
  const { address, body, endpoint, headers } = node;
  return {
    ...address,
    endpoint,
    body,
    headers,
    answer: promised === 'body' ? 'Promise<T>' : 'Promise<JsonText<T>>',
    mayBeError: true,
  };
}

type Kind = 'response' | 'body' | 'text';

/** What the function gives, as a type of the stub; undefined where it is not seen to be what the request gave. */
function answerOf(fn: FunctionNode, inner: ts.CallExpression, http: HttpCall, scope: Symbols): string | undefined {
  const returned = returnsOf(fn)?.filter((each) => !isRepeated(each, fn, scope));
  const kinds = new Set(returned?.map((each) => kindOf(each, inner, new Map(), scope)));
  const [kind] = kinds;
  if (kinds.size !== 1 || kind === undefined) return undefined;
  if ('scope' in http) return kind === 'response' ? http.answer : undefined;
  return kind === 'response' ? http.answer : kind === 'body' ? 'Promise<T>' : 'Promise<JsonText<T>>';
}

/** Whether a function gives what it gets from itself, on another try. */
function isRepeated(returned: ts.Expression, fn: FunctionNode, symbols: Symbols): boolean {
  const value = unwrap(returned);
  const call = ts.isAwaitExpression(value) ? unwrap(value.expression) : value;
  return ts.isCallExpression(call) && calleeOf(call, symbols)?.fn === fn;
}

function kindOf(
  expression: ts.Expression,
  inner: ts.CallExpression,
  known: ReadonlyMap<ts.Symbol, Kind>,
  symbols: Symbols,
): Kind | undefined {
  const node = unwrap(expression);
  const again = (each: ts.Expression): Kind | undefined => kindOf(each, inner, known, symbols);
  if (node === inner) return 'response';
  if (ts.isAwaitExpression(node)) return again(node.expression);
  if (ts.isIdentifier(node)) {
    const symbol = symbols.of(node);
    const told = symbol && known.get(symbol);
    const declaration = symbols.declaration(node);
    const value = constantValue(node, symbols);
    return (
      told ??
      (value
        ? again(value)
        : declaration && ts.isBindingElement(declaration)
          ? ofElement(declaration, again)
          : undefined)
    );
  }
  if (isAccess(node)) return isBody(accessName(node)) && again(node.expression) === 'response' ? 'body' : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  const [first] = node.arguments;
  const callee = unwrap(node.expression);
  if (callee.getText() === 'JSON.parse') return first && again(first) === 'text' ? 'body' : undefined;
  const receiver = isAccess(callee) ? again(callee.expression) : undefined;
  const method = isAccess(callee) ? accessName(callee) : undefined;
  if (receiver === undefined) return undefined;
  if (receiver === 'response' && method === 'json' && !node.typeArguments) return 'body';
  if (receiver === 'response' && method === 'text') return 'text';
  if (method === 'catch' || method === 'finally') return method === 'finally' ? receiver : undefined;
  return method === 'then' && first ? ofCallback(first, receiver, inner, known, symbols) : undefined;
}

function isBody(name: string | undefined): boolean {
  return name === 'data' || name === 'body';
}

/** `const { data } = await axios.post(…)` */
function ofElement(
  { name, parent, propertyName }: ts.BindingElement,
  again: (node: ts.Expression) => Kind | undefined,
): Kind | undefined {
  const holder = parent.parent;
  const value = ts.isVariableDeclaration(holder) ? holder.initializer : undefined;
  return value && isBody(staticName(propertyName ?? name)) && again(value) === 'response' ? 'body' : undefined;
}

/** `.then((response) => response.json())` */
function ofCallback(
  callback: ts.Expression,
  receiver: Kind,
  inner: ts.CallExpression,
  known: ReadonlyMap<ts.Symbol, Kind>,
  symbols: Symbols,
): Kind | undefined {
  const fn = unwrap(callback);
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return undefined;
  const name = fn.parameters[0]?.name;
  const symbol = name && ts.isIdentifier(name) ? symbols.of(name) : undefined;
  if (!symbol) return undefined;
  const kinds = new Set(
    returnsOf(fn)?.map((each) => kindOf(each, inner, new Map([...known, [symbol, receiver]]), symbols)),
  );
  const [kind] = kinds;
  return kinds.size === 1 ? kind : undefined;
}

/** The type that a function says it returns, where it is one of the program's own. */
function ownReturnType(fn: FunctionNode): ts.TypeNode | undefined {
  const { type } = fn;
  const [held] =
    type && ts.isTypeReferenceNode(type) && type.typeName.getText() === 'Promise' ? (type.typeArguments ?? []) : [];
  return held && !isLoose(held, fn) ? held : undefined;
}

/** Whether a type says nothing of an answer: `any`, a response, or what the caller wants. */
function isLoose(type: ts.TypeNode, { typeParameters }: FunctionNode): boolean {
  const text = type.getText();
  return (
    /^(any|unknown|object|Response|string|Record<string, (any|unknown)>)$/.test(text) ||
    (typeParameters ?? []).some(({ name }) => name.text === text)
  );
}

/** Why a call through a function of the program cannot move although everything is seen. */
export function problemOf(
  { body }: WrappedCall,
  { literals }: Endpoint,
  { plan }: Headers,
  call: ts.CallExpression,
  checker: ts.TypeChecker,
): string | undefined {
  const expected = checker.getContextualType(body);
  if (expected?.getProperty(LEGACY_ONLY_PARAMETER)) return 'a type of this program describes what is sent here';
  const passesHost = literals.some((literal) => literal.getText().includes('://'));
  return passesHost && plan.kind === 'added' && !isInside(plan.to, call)
    ? 'the function that sends it serves other hosts too, and none of the headers that the call gives it is anthropic-version'
    : undefined;
}

/** The argument of a call that its address comes from. */
export function addressIn(call: ts.CallExpression, body: ts.Expression): ts.Expression {
  const others = call.arguments.filter((argument) => wrapping(body) !== argument);
  return others.find((argument) => /complete/i.test(argument.getText())) ?? call.arguments[0] ?? call;
}
