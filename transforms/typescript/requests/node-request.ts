import { ts } from '../ts.js';
import { importedName } from '../imported-name.js';
import type { Symbols } from '../symbols.js';
import { accessName, isAccess, literalText, unwrap, wrapping } from '../syntax.js';
import { boundValue } from './bound.js';
import { legacyEndpoint, type Endpoint } from './endpoint.js';
import { gatheredFrom } from './gathered-text.js';
import { constantValue, optionsIn, stringified } from './options.js';

/** A request by `https.request` or `http.request` of Node that goes to the legacy API. */
export interface NodeRequest {
  /** The URL, or the options that have it in parts. */
  readonly url: ts.Expression;
  /** The path and the host, or all of the URL. */
  readonly address: { readonly url: ts.Expression; readonly base: ts.Expression | undefined };
  readonly endpoint: Endpoint;
  readonly headers: readonly ts.Expression[];
  readonly body: ts.Expression;
  /** Where the text of the answer is read, all chunks together. */
  readonly reads: readonly ts.Expression[];
  /** Why the answer cannot be followed. */
  readonly problem: string | undefined;
}

/** Reads `https.request(options, (res) => …)` with the body that is written to it. */
export function readNodeRequest(
  call: ts.CallExpression,
  checker: ts.TypeChecker,
  symbols: Symbols,
): NodeRequest | undefined {
  const [url, second] = call.arguments;
  if (!url || !isNodeRequest(unwrap(call.expression), checker)) return undefined;
  const parts = optionsIn(url, symbols);
  const options = parts ?? optionsIn(second, symbols);
  const path = parts?.get('path') ?? parts?.get('pathname');
  const host = parts?.get('hostname') ?? parts?.get('host');
  const address = parts ? path && host && { url: path, base: host } : { url, base: undefined };
  const endpoint = address && legacyEndpoint(address.url, address.base, symbols);
  const uses = endpoint ? usesOf(call, symbols) : [];
  const [body, ...more] = uses.flatMap(writtenBy);
  const value = stringified(body, symbols);
  if (!endpoint || !value || more.length > 0) return undefined;
  const given = unwrap(boundValue(url, symbols)?.value ?? url);
  const holder = parts && ts.isIdentifier(given) ? symbols.declaration(given) : undefined;
  const headers = options?.get('headers');
  return {
    url,
    address,
    endpoint: { ...endpoint, holders: [...endpoint.holders, ...(holder ? [holder] : [])] },
    headers: headers ? [headers] : [],
    body: value,
    ...answerOf([...call.arguments.slice(1), ...uses.flatMap(listenerOf)], symbols),
  };
}

/** `https.request`, `request` imported from `https`, and those of `follow-redirects`, which are the same. */
function isNodeRequest(callee: ts.Expression, checker: ts.TypeChecker): boolean {
  const isMember = ts.isPropertyAccessExpression(callee);
  if (isMember && callee.name.text !== 'request') return false;
  const holder = isMember ? unwrap(callee.expression) : callee;
  if (ts.isCallExpression(holder)) return /^require\(\s*['"](node:)?https?['"]\s*\)$/.test(holder.getText());
  const from = ts.isIdentifier(holder) ? importedName(holder, checker) : undefined;
  if (from?.module === 'follow-redirects') return isMember && /^https?$/.test(from.name);
  return (
    /^https?$/.test(from?.module ?? '') &&
    (isMember ? /^(default|\*)$/.test(from?.name ?? '') : from?.name === 'request')
  );
}

/** The calls of methods of a request, on its variable or one after the other. */
function usesOf(request: ts.CallExpression, symbols: Symbols): readonly ts.CallExpression[] {
  const outer = wrapping(request);
  const { parent } = outer;
  if (isAccess(parent) && parent.expression === outer) return chainFrom(outer);
  const symbol = ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? symbols.of(parent.name) : undefined;
  if (!symbol || constantValue((parent as ts.VariableDeclaration).name as ts.Identifier, symbols) === undefined)
    return [];
  return symbols.references(symbol).flatMap(chainFrom);
}

/** `request.on(…).end(…)`: what is called on an expression, and on what these calls give. */
function chainFrom(node: ts.Expression): readonly ts.CallExpression[] {
  const outer = wrapping(node);
  const access = outer.parent;
  if (!isAccess(access) || access.expression !== outer || !ts.isCallExpression(access.parent)) return [];
  return [access.parent, ...chainFrom(access.parent)];
}

function methodOf(call: ts.CallExpression): string | undefined {
  const callee = unwrap(call.expression);
  return isAccess(callee) ? accessName(callee) : undefined;
}

/** What `write` and `end` send. */
function writtenBy(call: ts.CallExpression): readonly ts.Expression[] {
  const [first] = call.arguments;
  const isWrite = /^(write|end)$/.test(methodOf(call) ?? '');
  return isWrite && first && !ts.isFunctionLike(unwrap(first)) ? [first] : [];
}

/** `request.on('response', listener)` */
function listenerOf(call: ts.CallExpression): readonly ts.Expression[] {
  const [event, listener] = call.arguments;
  const isResponse = /^(on|once)$/.test(methodOf(call) ?? '') && literalText(event) === 'response';
  return isResponse && listener ? [listener] : [];
}

function answerOf(candidates: readonly ts.Expression[], symbols: Symbols): Pick<NodeRequest, 'reads' | 'problem'> {
  const unseen = { reads: [], problem: 'what reads its response cannot be seen' };
  const functions = candidates.filter((each) => optionsIn(each, symbols) === undefined).map(unwrap);
  const [listener, ...more] = functions;
  if (!listener) return { reads: [], problem: undefined };
  if (more.length > 0 || !(ts.isArrowFunction(listener) || ts.isFunctionExpression(listener))) return unseen;
  const response = listener.parameters[0]?.name;
  if (!response) return { reads: [], problem: undefined };
  const reads = ts.isIdentifier(response) ? gatheredFrom(response, symbols) : undefined;
  return reads ? { reads, problem: undefined } : unseen;
}
