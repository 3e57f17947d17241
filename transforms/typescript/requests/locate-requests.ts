import { ts } from '../ts.js';
import { streamingOf } from '../cast-parameters.js';
import { sendsLegacyLimit, type HttpRequest, type Site } from '../locate.js';
import type { View } from '../program.js';
import type { Symbols } from '../symbols.js';
import { beginsStatement, walk, wrapping } from '../syntax.js';
import type { Insertion, Unit } from '../unit.js';
import { answerTypesOf, castResponseType } from './answer-types.js';
import { readBedrockCommand } from './bedrock-command.js';
import { legacyEndpoint, type Endpoint } from './endpoint.js';
import { readHeaders, type Headers } from './headers.js';
import { readHttpCall } from './http-call.js';
import { addressIn, problemOf, readWrappedCall } from './own-wrapper.js';
import type { Listened } from './request-package.js';
import { readNodeRequest } from './node-request.js';
import { readSignedRequest } from './signed-request.js';

/** A site whose request the program sends by itself, with the type that its answer has in the analysis's copy. */
export interface RequestSite extends Site {
  /** The calls that give the answer, or where its text is read. */
  readonly gives: readonly ts.Expression[];
  readonly answerType: string;
  readonly listened: readonly Listened[];
}

/** Requests to the legacy API that no SDK sends: those whose URL is seen, and says whose it is or has a body that does. */
export function locateRequests(units: readonly Unit[], { checker }: View, symbols: Symbols): readonly RequestSite[] {
  const sites: RequestSite[] = [];
  const files = new Set(units.map(({ tree }) => tree));
  for (const unit of units) {
    if (!/complete|[Ii]nvokeModel|max_tokens_to_sample/.test(unit.text)) continue;
    walk(unit.tree, (node) => {
      if (ts.isCallExpression(node))
        sites.push(
          ...httpSite(node, unit, files, checker, symbols),
          ...nodeSite(node, unit, checker, symbols),
          ...signedSite(node, unit, checker, symbols),
        );
      if (ts.isNewExpression(node) || ts.isCallExpression(node))
        sites.push(...bedrockSite(node, unit, checker, symbols));
      return undefined;
    });
  }
  return sites;
}

function httpSite(
  call: ts.CallExpression,
  unit: Unit,
  files: ReadonlySet<ts.SourceFile>,
  checker: ts.TypeChecker,
  symbols: Symbols,
): readonly RequestSite[] {
  const wrapped = readWrappedCall(call, checker, symbols);
  const http = wrapped ?? readHttpCall(call, checker, symbols);
  const scope = wrapped?.scope ?? symbols;
  const endpoint = http?.endpoint ?? (http && legacyEndpoint(http.url, http.base, scope));
  if (!http || !endpoint || !(endpoint.namesAnthropic || sendsLegacyLimit(http.body, symbols))) return [];
  const isStream = http.isStream ?? streamingOf(http.body, checker, symbols, new Set()) === 'yes';
  const headers = readHeaders(http.headers, scope, http.chain, wrapped && call);
  const unseen = editsAnother(endpoint, headers, files)
    ? 'its address or its headers stand in a file that is not to be edited'
    : undefined;
  const request: HttpRequest = {
    kind: 'http',
    url: wrapped ? addressIn(call, http.body) : http.url,
    endpoint,
    headers,
    mayBeError: http.mayBeError,
    streams: isStream,
    problem: unseen ?? (wrapped && problemOf(wrapped, endpoint, headers, call, checker)),
    answerTypes: wrapped?.ownType ? [] : answerTypesOf(call, symbols),
    isTurned: wrapped?.ownType !== undefined,
  };
  return [
    {
      ...common(call, unit),
      parameters: http.body,
      request,
      bedrock: false,
      isUntyped: !http.mayBeError,
      gives: http.listened ? [] : [call],
      answers: http.listened ? new Set(http.listened.map(({ parameter }) => parameter)) : answersOf([call]),
      listened: http.listened ?? [],
      answerType: isStream && !http.isStream ? STREAM : typeOf(http.answer, 'SDK.Completion'),
    },
  ];
}

/** Whether a request is put together in a file that may not be edited. */
function editsAnother({ literals }: Endpoint, { plan }: Headers, files: ReadonlySet<ts.SourceFile>): boolean {
  const to = plan.kind === 'added' ? [plan.to] : plan.kind === 'raised' ? plan.values : [];
  return [...literals, ...to].some((node) => !files.has(node.getSourceFile()));
}

/** A request by `https.request`, whose answer comes out of the text that its listeners gather. */
function nodeSite(
  call: ts.CallExpression,
  unit: Unit,
  checker: ts.TypeChecker,
  symbols: Symbols,
): readonly RequestSite[] {
  const found = readNodeRequest(call, checker, symbols);
  if (!found || !(found.endpoint.namesAnthropic || sendsLegacyLimit(found.body, symbols))) return [];
  const { body, endpoint, headers, problem, reads, url } = found;
  const streams = streamingOf(body, checker, symbols, new Set()) === 'yes';
  // A stream is read where its events are parsed.
  const gives = streams ? [] : reads;
  return [
    {
      ...common(call, unit),
      parameters: body,
      request: {
        kind: 'http',
        url,
        endpoint,
        headers: readHeaders(headers, symbols),
        mayBeError: true,
        streams,
        problem,
        answerTypes: [],
        isTurned: false,
      },
      bedrock: false,
      isUntyped: false,
      gives,
      answers: answersOf(gives),
      listened: [],
      answerType: typeOf('JsonText<T>', 'SDK.Completion'),
    },
  ];
}

function bedrockSite(
  command: ts.NewExpression | ts.CallExpression,
  unit: Unit,
  checker: ts.TypeChecker,
  symbols: Symbols,
): readonly RequestSite[] {
  const found = readBedrockCommand(command, checker, symbols);
  if (!found) return [];
  const { body, isStream, modelId, problem, sends } = found;
  return [
    {
      ...common(command, unit),
      parameters: body,
      request: { kind: 'bedrock', modelId, streams: isStream, problem, mayBeError: false },
      bedrock: true,
      isUntyped: true,
      gives: sends,
      answers: answersOf(sends),
      listened: [],
      answerType: isStream ? STREAM : typeOf('Promise<InvokeModelAnswer<T>>', 'SDK.Completion'),
    },
  ];
}

/** A request to Amazon Bedrock that the program signs by itself. */
function signedSite(
  call: ts.CallExpression,
  unit: Unit,
  checker: ts.TypeChecker,
  symbols: Symbols,
): readonly RequestSite[] {
  const found = readSignedRequest(call, checker, symbols);
  if (!found) return [];
  const { http, modelId, problem } = found;
  return [
    {
      ...common(call, unit),
      parameters: http.body,
      request: { kind: 'bedrock', modelId, streams: false, problem, mayBeError: http.mayBeError },
      bedrock: true,
      isUntyped: !http.mayBeError,
      gives: [call],
      answers: answersOf([call]),
      listened: [],
      answerType: typeOf(http.answer, 'SDK.Completion'),
    },
  ];
}

function common(call: RequestSite['call'], unit: Unit): Pick<RequestSite, 'id' | 'unit' | 'call' | 'originSeen'> {
  return { id: `${unit.path}:${String(unit.range(call).start)}`, unit, call, originSeen: true };
}

/** The calls that give an answer, and what the analysis's copy puts around them. */
function answersOf(calls: readonly ts.Expression[]): ReadonlySet<ts.Node> {
  const nodes = new Set<ts.Node>();
  for (const call of calls) {
    const outermost = wrapping(call);
    for (let at: ts.Node = call; at !== outermost; at = at.parent) nodes.add(at);
    nodes.add(outermost);
  }
  return nodes;
}

const SDK = 'import("@anthropic-ai/sdk").';
const STREAM = `Promise<${SDK}RawStream<${SDK}CompletionChunk>>`;

/** A type of the stub, its names qualified: `T` is what the answer holds. */
function typeOf(pattern: string, held: string): string {
  return pattern
    .replace(
      /\b(HttpResponse|AxiosResponse|GotRequest|KyRequest|SuperagentRequest|SuperagentBuild|UndiciResponse|InvokeModelAnswer|JsonText|GotResponse)\b/g,
      'SDK.$1',
    )
    .replace(/\bT\b/g, held)
    .replaceAll('SDK.', SDK);
}

/**
 * What to put around a request in the analysis's copy of its file, so that the checker knows what it gives.
 * A statement that begins with it must not become the arguments of the one before.
 */
export function castAnswers({ unit, gives, answerType, listened }: RequestSite): readonly Insertion[] {
  if (listened.length > 0) return listened.flatMap((each) => castParameter(each, unit));
  return gives.flatMap((call) => [
    ...castAnswer(call, answerType, unit),
    ...(ts.isCallExpression(call) && unit.isTypeScript ? castResponseType(call, answerType, unit) : []),
  ]);
}

/** The parameter of a callback gets its type where it is declared; one that is said to be `any` loses that. */
function castParameter({ parameter, type: held }: Listened, unit: Unit): readonly Insertion[] {
  const type = typeOf(held, 'SDK.Completion');
  const { start, end } = unit.range(parameter.name);
  if (!unit.isTypeScript) return [{ at: start, text: `/** @type {${type}} */` }];
  if (!parameter.type) return [{ at: end, text: `: ${type}` }];
  return [
    { at: end, text: `: ${type}/*` },
    { at: unit.range(parameter.type).end, text: '*/' },
  ];
}

function castAnswer(call: ts.Expression, answerType: string, unit: Unit): readonly Insertion[] {
  const { start, end } = unit.range(call);
  const guard = beginsStatement(call) ? '0, ' : '';
  return unit.isTypeScript
    ? [
        { at: start, text: `${guard}(` },
        { at: end, text: ` as any as ${answerType})` },
      ]
    : [
        { at: start, text: `${guard}(/** @type {${answerType}} */(` },
        { at: end, text: '))' },
      ];
}
