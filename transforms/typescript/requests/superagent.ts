import { ts } from '../ts.js';
import type { Symbols } from '../symbols.js';
import { unwrap, wrapping } from '../syntax.js';
import type { ClientOf, HttpCall } from './http-call.js';
import { stringified } from './options.js';

/** Calls that only add to a request; the others may change what it sends or gives. */
const BUILDS = /^(set|send|type|accept|retry|timeout|ok|buffer|redirects|withCredentials|auth)$/;
const SENDS = /^(post|put)$/;
const READS = /^(then|catch|finally|end)$/;

/** Reads `superagent.post(url).set(name, value).send(body)`, whose answer the last of these calls gives. */
export function readSuperagent(call: ts.CallExpression, clientOf: ClientOf, symbols: Symbols): HttpCall | undefined {
  if (isBuiltOn(call)) return undefined;
  const chain = chainOf(call);
  const later = laterCalls(call, symbols);
  const [first, ...built] = [...chain, ...(later ?? [])];
  const [url, second] = first?.arguments ?? [];
  if (!first || !later || !isRequest(first, clientOf)) return undefined;
  const sent = built.filter((each) => nameOf(each) === 'send').map(({ arguments: [value] }) => value);
  const [body] = [...sent, ...(ts.isPropertyAccessExpression(first.expression) ? [second] : [])];
  if (!url || !body || sent.length > 1) return undefined;
  return {
    url: isWord(url) ? (second ?? url) : url,
    base: undefined,
    body: stringified(body, symbols) ?? body,
    headers: [],
    chain: [first, ...built.filter((each) => BUILDS.test(nameOf(each) ?? ''))],
    answer: later.length > 0 ? 'SuperagentBuild<T>' : 'SuperagentRequest<T>',
    mayBeError:
      built.some((each) => /^(ok|end)$/.test(nameOf(each) ?? '')) || nameOf(wrapping(call).parent.parent) === 'end',
  };
}

/**
 * The calls that go on building a request which is kept in a variable, and those that read its answer; undefined where
 * something else is done with it.
 */
function laterCalls(call: ts.CallExpression, symbols: Symbols): readonly ts.CallExpression[] | undefined {
  const { parent } = wrapping(call);
  const symbol = ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? symbols.of(parent.name) : undefined;
  if (!symbol) return [];
  const found: ts.CallExpression[] = [];
  const isSeen = symbols.references(symbol).every((use) => {
    if (use.parent === parent || ts.isAwaitExpression(wrapping(use).parent)) return true;
    const calls = chainFrom(use);
    found.push(...calls);
    return calls.length > 0 && calls.every((each) => BUILDS.test(nameOf(each) ?? '') || READS.test(nameOf(each) ?? ''));
  });
  return isSeen ? found : undefined;
}

/** `request.set(…).send(…)`: what is called on a request, and on what these calls give, up to where its answer is read. */
function chainFrom(node: ts.Expression): readonly ts.CallExpression[] {
  const access = wrapping(node).parent;
  if (!ts.isPropertyAccessExpression(access) || !ts.isCallExpression(access.parent)) return [];
  return READS.test(access.name.text) ? [access.parent] : [access.parent, ...chainFrom(access.parent)];
}

/** `superagent.post(url)` and `superagent('POST', url)` */
function isRequest({ arguments: [first], expression }: ts.CallExpression, clientOf: ClientOf): boolean {
  const callee = unwrap(expression);
  const isMember = ts.isPropertyAccessExpression(callee);
  const client = clientOf(isMember ? unwrap(callee.expression) : callee);
  if (client?.module !== 'superagent') return false;
  return isMember ? SENDS.test(callee.name.text) : SENDS.test(client.name) || (first !== undefined && isWord(first));
}

function isWord(node: ts.Expression): boolean {
  return ts.isStringLiteralLike(node) && SENDS.test(node.text.toLowerCase());
}

/** The calls of a chain, the first one first; empty where one of them is not known. */
function chainOf(call: ts.CallExpression): readonly ts.CallExpression[] {
  const callee = unwrap(call.expression);
  if (!ts.isPropertyAccessExpression(callee)) return [call];
  const before = unwrap(callee.expression);
  if (!ts.isCallExpression(before)) return [call];
  const chain = BUILDS.test(callee.name.text) ? chainOf(before) : [];
  return chain.length === 0 ? [] : [...chain, call];
}

/** Whether another call of the chain follows. */
function isBuiltOn({ parent }: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(parent) && ts.isCallExpression(parent.parent) && !READS.test(parent.name.text);
}

function nameOf(node: ts.Node): string | undefined {
  const callee = ts.isCallExpression(node) ? unwrap(node.expression) : undefined;
  return callee && ts.isPropertyAccessExpression(callee) ? callee.name.text : undefined;
}
