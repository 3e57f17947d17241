import ts from 'typescript';
import { importedName } from '../imported-name.js';
import type { Symbols } from '../symbols.js';
import { isAccess, unwrap } from '../syntax.js';
import { optionsIn, stringified } from './options.js';

/** A call that sends an HTTP request with a JSON body, whatever it is sent to. */
export interface HttpCall {
  readonly url: ts.Expression;
  /** What the URL is relative to. */
  readonly base: ts.Expression | undefined;
  /** The value that the body is made from. */
  readonly body: ts.Expression;
  /** Everything that sets headers, the nearest to the call first. */
  readonly headers: readonly ts.Expression[];
  /** What the call gives, as a type of the stub; `T` stands for what the body of the answer holds. */
  readonly answer: string;
}

type Reader = (call: ts.CallExpression, method: string | undefined, symbols: Symbols) => HttpCall | undefined;

/** Reads a call of a client that is known; undefined for every other call, and for requests without a body. */
export function readHttpCall(call: ts.CallExpression, checker: ts.TypeChecker, symbols: Symbols): HttpCall | undefined {
  const callee = unwrap(call.expression);
  const receiver = isAccess(callee) ? unwrap(callee.expression) : callee;
  const method = ts.isPropertyAccessExpression(callee) ? callee.name.text : undefined;
  if (!ts.isIdentifier(receiver)) return undefined;
  const from = importedName(receiver, checker);
  if (from) return CLIENTS.get(from.module)?.(call, method ?? from.name, symbols);
  const isGlobal = (symbols.of(receiver)?.declarations ?? []).length === 0;
  const isFetch = method === undefined ? receiver.text === 'fetch' : method === 'fetch' && GLOBALS.test(receiver.text);
  return isGlobal && isFetch ? readFetch(call, method, symbols) : undefined;
}

const GLOBALS = /^(globalThis|window|self|global)$/;

/** `fetch(url, { headers, body: JSON.stringify(…) })` */
const readFetch: Reader = (call, _method, symbols) => {
  const [url, init] = call.arguments;
  const options = optionsIn(init, symbols);
  const body = options && stringified(options.get('body'), symbols);
  if (!url || !body) return undefined;
  return { url, base: undefined, body, headers: present(options.get('headers')), answer: 'Promise<HttpResponse<T>>' };
};

/** The clients that are known, by their packages. */
const CLIENTS: ReadonlyMap<string, Reader> = new Map([
  ['node-fetch', readFetch],
  ['cross-fetch', readFetch],
  ['isomorphic-fetch', readFetch],
  ['isomorphic-unfetch', readFetch],
]);

function present<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}
