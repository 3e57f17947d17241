import { ts } from '../ts.js';
import type { Symbols } from '../symbols.js';
import { RESPONSE_HEAD } from '../results/response-body.js';
import { staticName, unwrap } from '../syntax.js';
import type { Reader } from './http-call.js';
import { optionsIn, stringified, type Options } from './options.js';

/** What a callback is given: the response, and the body of it. */
export interface Listened {
  readonly parameter: ts.ParameterDeclaration;
  /** What it holds, as a type of the stub; `T` stands for what the body of the answer holds. */
  readonly type: string;
}

/** The package `request` and those that do as it does: they give the answer to a callback. */
export const REQUEST_PACKAGES = ['request', 'postman-request', '@cypress/request'];
/** Those that give a promise of the body. */
export const REQUEST_PROMISE_PACKAGES = ['request-promise', 'request-promise-native'];

/** `request.post({ url, headers, json: body }, (error, response, body) => …)` */
export const readRequest: Reader = (call, method, own, symbols) => {
  const sent = readSent(call, method, symbols);
  const callback = call.arguments.map(unwrap).find((each) => ts.isArrowFunction(each) || ts.isFunctionExpression(each));
  if (!sent || !callback || call.arguments.length < 2) return undefined;
  const [, response, body] = callback.parameters;
  const listened: Listened[] = [];
  if (response && !isHead(response.name)) listened.push({ parameter: response, type: `GotResponse<${sent.held}>` });
  if (body) listened.push({ parameter: body, type: sent.held });
  const isSeen = listened.every(({ parameter: { name, type } }) => ts.isIdentifier(name) && isLoose(type));
  return isSeen
    ? { ...sent.http, headers: [...sent.http.headers, ...own.headers], answer: 'any', mayBeError: true, listened }
    : undefined;
};

/** `await request({ method, uri, headers, body, json: true })` */
export const readRequestPromise: Reader = (call, method, own, symbols) => {
  const sent = readSent(call, method, symbols);
  const isWhole = sent?.options.get('resolveWithFullResponse');
  const isKnown = !isWhole || isWhole.kind === ts.SyntaxKind.TrueKeyword || isWhole.kind === ts.SyntaxKind.FalseKeyword;
  if (!sent || !isKnown || sent.options.has('transform')) return undefined;
  const answer =
    isWhole?.kind === ts.SyntaxKind.TrueKeyword ? `Promise<GotResponse<${sent.held}>>` : `Promise<${sent.held}>`;
  return {
    ...sent.http,
    headers: [...sent.http.headers, ...own.headers],
    answer,
    mayBeError: sent.options.has('simple'),
  };
};

interface Sent {
  readonly options: Options;
  readonly http: {
    readonly url: ts.Expression;
    readonly base: ts.Expression | undefined;
    readonly body: ts.Expression;
    readonly headers: readonly ts.Expression[];
  };
  /** What the body of the answer is: parsed, or text. */
  readonly held: string;
}

const SENDS = /^(post|put|default|request|rp)$/;

function readSent(
  { arguments: [first, second] }: ts.CallExpression,
  method: string | undefined,
  symbols: Symbols,
): Sent | undefined {
  const whole = optionsIn(first, symbols);
  const options = whole ?? optionsIn(second, symbols);
  const url = whole ? (whole.get('url') ?? whole.get('uri')) : first;
  const json = options?.get('json');
  if (!options || !url || !SENDS.test(method ?? 'default')) return undefined;
  const isFlag = json?.kind === ts.SyntaxKind.TrueKeyword;
  const isOff = json === undefined || json.kind === ts.SyntaxKind.FalseKeyword;
  const given = options.get('body');
  const body = isOff ? stringified(given, symbols) : isFlag ? given : json;
  if (!body) return undefined;
  const headers = options.get('headers');
  const http = { url, base: options.get('baseUrl'), body, headers: headers ? [headers] : [] };
  return { options, http, held: isOff ? 'JsonText<T>' : 'T' };
}

/** `{ statusCode }`: a pattern that takes nothing of what a response brings. */
function isHead(name: ts.BindingName): boolean {
  return (
    ts.isObjectBindingPattern(name) &&
    name.elements.every(
      (element) =>
        !element.dotDotDotToken && RESPONSE_HEAD.test(staticName(element.propertyName ?? element.name) ?? ''),
    )
  );
}

function isLoose(type: ts.TypeNode | undefined): boolean {
  return type === undefined || type.kind === ts.SyntaxKind.AnyKeyword;
}
