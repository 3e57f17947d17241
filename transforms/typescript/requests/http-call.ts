import { ts } from '../ts.js';
import { importedName } from '../imported-name.js';
import type { Symbols } from '../symbols.js';
import { isAccess, literalText, unwrap } from '../syntax.js';
import type { Endpoint } from './endpoint.js';
import { isIntercepted } from './interceptors.js';
import { onlyValue } from './only-value.js';
import { optionsIn, stringified, type Options } from './options.js';
import {
  readRequest,
  readRequestPromise,
  REQUEST_PACKAGES,
  REQUEST_PROMISE_PACKAGES,
  type Listened,
} from './request-package.js';
import { readSuperagent } from './superagent.js';

/** A call that sends an HTTP request with a JSON body, whatever it is sent to. */
export interface HttpCall {
  readonly url: ts.Expression;
  /** What the URL is relative to. */
  readonly base: ts.Expression | undefined;
  /** What is seen of where it goes, if that is more than these say. */
  readonly endpoint?: Endpoint;
  /** The value that the body is made from. */
  readonly body: ts.Expression;
  /** Everything that sets headers, the nearest to the call first. */
  readonly headers: readonly ts.Expression[];
  /** The calls that build the request one on the other, where there are several: some of them may set headers too. */
  readonly chain?: readonly ts.CallExpression[];
  /** What the call gives, as a type of the stub; `T` stands for what the body of the answer holds. */
  readonly answer: string;
  /** Whether an error of the API comes as an answer, and is not thrown. */
  readonly mayBeError: boolean;
  /** Whether the client reads streams and nothing else. */
  readonly isStream?: boolean;
  /** The parameters that a callback is given the answer in, where the call itself does not give it. */
  readonly listened?: readonly Listened[];
}

/** What a client was made with; nothing for the client that a package gives. */
interface Defaults {
  readonly base: ts.Expression | undefined;
  readonly headers: readonly ts.Expression[];
}

export type Reader = (
  call: ts.CallExpression,
  method: string | undefined,
  own: Defaults,
  symbols: Symbols,
) => HttpCall | undefined;

const NONE: Defaults = { base: undefined, headers: [] };
const GLOBALS = /^(globalThis|window|self|global)$/;

/** Reads a call of a client that is known; undefined for every other call, and for requests without a body. */
export function readHttpCall(call: ts.CallExpression, checker: ts.TypeChecker, symbols: Symbols): HttpCall | undefined {
  const callee = unwrap(call.expression);
  const method = ts.isPropertyAccessExpression(callee) ? callee.name.text : undefined;
  const receiver = method !== undefined && isAccess(callee) ? unwrap(callee.expression) : callee;
  const client = clientOf(receiver, checker, symbols) ?? clientOf(callee, checker, symbols);
  // What its calls build on has no package, but for the first one.
  if (!client || client.module === 'superagent') {
    const chained = readSuperagent(call, (node) => clientOf(node, checker, symbols), symbols);
    if (chained) return chained;
  }
  if (client) return CLIENTS.get(client.module)?.(call, method ?? client.name, client, symbols);
  if (!ts.isIdentifier(receiver) || (symbols.of(receiver)?.declarations ?? []).length > 0) return undefined;
  const isFetch = method === undefined ? receiver.text === 'fetch' : method === 'fetch' && GLOBALS.test(receiver.text);
  return isFetch ? readFetch(call, method, NONE, symbols) : undefined;
}

interface Client extends Defaults {
  readonly module: string;
  readonly name: string;
}

/** Tells whose client an expression is, if it is one. */
export type ClientOf = (node: ts.Expression) => Client | undefined;

const MAKERS = /^(create|extend)$/;
/** Its clients sign what they send to AWS, and give what `fetch` gives. */
const SIGNER = 'aws4fetch';

/** The package of a client: imported, or made by `axios.create` and the like and kept in a variable or member. */
function clientOf(node: ts.Expression, checker: ts.TypeChecker, symbols: Symbols): Client | undefined {
  const from = ts.isIdentifier(node) ? importedName(node, checker) : undefined;
  if (from) return { ...from, ...NONE };
  const value = madeFrom(node, symbols);
  const made = value && ts.isNewExpression(value) && ts.isIdentifier(value.expression) ? value.expression : undefined;
  const signer = made && importedName(made, checker);
  if (signer?.module === SIGNER) return { ...signer, ...NONE };
  const maker = value && ts.isCallExpression(value) ? unwrap(value.expression) : undefined;
  if (!value || !ts.isCallExpression(value) || !maker || !ts.isPropertyAccessExpression(maker)) return undefined;
  if (!MAKERS.test(maker.name.text) || !ts.isIdentifier(maker.expression)) return undefined;
  const origin = importedName(maker.expression, checker);
  const options = optionsIn(value.arguments[0], symbols);
  if (!origin || !options || isIntercepted(node, symbols)) return undefined;
  return {
    ...origin,
    base: options.get('baseURL') ?? options.get('prefixUrl'),
    headers: present(options.get('headers')),
  };
}

function madeFrom(node: ts.Expression, symbols: Symbols): ts.Expression | undefined {
  const symbol = symbols.of(ts.isPropertyAccessExpression(node) ? node.name : node);
  return symbol && onlyValue(symbol, symbols);
}

/** `fetch(url, { headers, body: JSON.stringify(…) })` */
const readFetch: Reader = (call, _method, _own, symbols) => {
  const [url, init] = call.arguments;
  const options = optionsIn(init, symbols);
  const body = options && stringified(options.get('body'), symbols);
  if (!url || !body) return undefined;
  const headers = present(options.get('headers'));
  return { url, base: undefined, body, headers, answer: 'Promise<HttpResponse<T>>', mayBeError: true };
};

/** `axios.post(url, data, config)`, `axios(config)`, `axios(url, config)`, `axios.request(config)` */
const readAxios: Reader = (call, method, own, symbols) => {
  const [first, second, third] = call.arguments;
  const isPost = method === 'post' || method === 'put';
  if (!isPost && method !== 'request' && method !== 'default' && method !== 'axios') return undefined;
  const config = optionsIn(isPost ? third : (second ?? first), symbols);
  const url = isPost || second ? first : config?.get('url');
  const data = isPost ? second : config?.get('data');
  if (!url || !data || config?.has('transformResponse') || config?.has('transformRequest')) return undefined;
  return {
    url,
    base: config?.get('baseURL') ?? own.base,
    body: stringified(data, symbols) ?? data,
    headers: [...present(config?.get('headers')), ...own.headers],
    answer: 'Promise<AxiosResponse<T>>',
    mayBeError: config?.has('validateStatus') === true,
  };
};

/** `got.post(url, { json, headers })` and `got(url, { method, json })` */
const readGot: Reader = (call, method, own, symbols) => {
  const options = optionsIn(call.arguments[1], symbols);
  const isJson = literalText(options?.get('responseType')) === 'json';
  const answer = isJson ? 'GotRequest<T, T>' : 'GotRequest<T, JsonText<T>>';
  return method === 'post' || method === 'default' || method === 'got'
    ? readJson(call, options, answer, own, symbols)
    : undefined;
};

/** `ky.post(url, { json, headers })` and `ky(url, { method, json })` */
const readKy: Reader = (call, method, own, symbols) =>
  method === 'post' || method === 'default' || method === 'ky'
    ? readJson(call, optionsIn(call.arguments[1], symbols), 'KyRequest<T>', own, symbols)
    : undefined;

function readJson(
  { arguments: [url] }: ts.CallExpression,
  options: Options | undefined,
  answer: string,
  own: Defaults,
  symbols: Symbols,
): HttpCall | undefined {
  const body = options && (options.get('json') ?? stringified(options.get('body'), symbols));
  if (!url || !body) return undefined;
  const mayBeError = options.get('throwHttpErrors') !== undefined;
  return {
    url,
    base: own.base,
    body,
    headers: [...present(options.get('headers')), ...own.headers],
    answer,
    mayBeError,
  };
}

/** `request(url, { method, headers, body: JSON.stringify(…) })` and the `fetch` of undici */
const readUndici: Reader = (call, method, own, symbols) => {
  const read = readFetch(call, method, own, symbols);
  if (method === 'fetch') return read;
  return method === 'request' && read ? { ...read, answer: 'Promise<UndiciResponse<T>>' } : undefined;
};

/** `fetchEventSource(url, { headers, body, onmessage })`, which gives events to a callback and nothing back */
const readEventSource: Reader = (call, method, own, symbols) => {
  const read = readFetch(call, method, own, symbols);
  return read && { ...read, answer: 'Promise<void>', isStream: true };
};

/** The clients that are known, by their packages. */
const CLIENTS: ReadonlyMap<string, Reader> = new Map([
  ['node-fetch', readFetch],
  ['cross-fetch', readFetch],
  ['isomorphic-fetch', readFetch],
  ['isomorphic-unfetch', readFetch],
  [SIGNER, (call, method, own, symbols) => (method === 'fetch' ? readFetch(call, method, own, symbols) : undefined)],
  ['@microsoft/fetch-event-source', readEventSource],
  ['axios', readAxios],
  ['got', readGot],
  ['ky', readKy],
  ['undici', readUndici],
  ...REQUEST_PACKAGES.map((name) => [name, readRequest] as const),
  ...REQUEST_PROMISE_PACKAGES.map((name) => [name, readRequestPromise] as const),
]);

function present<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}
