import { LEGACY_ONLY_PARAMETER } from '../../../src/api/parameters.js';
import { constantText } from '../literals.js';
import { answerOf } from '../answers/coroutines.js';
import { isAwaited, type Site } from '../locate.js';
import { argumentsOf, descendants, field, namedChildren, type Node } from '../node.js';
import type { Origins } from '../origin.js';
import type { Program } from '../program.js';
import type { Unit } from '../unit.js';
import { readBedrockCall } from './bedrock-call.js';
import { legacyEndpoint } from './endpoint.js';
import { readHeaders } from './headers.js';
import { readHttpCall } from './http-call.js';
import { dictionaryBehind } from './json-body.js';
import { readResponse, type ResponseReads } from './response.js';

/** Requests to the legacy API that no SDK sends: those whose URL is seen, and says whose it is or has a body that does. */
export function locateRequests({ units }: Program, origins: Origins): readonly Site[] {
  return units
    .filter(({ isTarget, text }) => isTarget && /complete|invoke_model/.test(text))
    .flatMap((unit) =>
      descendants(unit.root, 'call').flatMap(
        (call) => httpSite(call, unit, origins) ?? bedrockSite(call, unit, origins) ?? [],
      ),
    );
}

function httpSite(call: Node, unit: Unit, origins: Origins): Site | undefined {
  const http = readHttpCall(call, unit, origins);
  const endpoint = http && legacyEndpoint(http.url, http.base, unit, origins);
  if (!endpoint || !(endpoint.namesAnthropic || sendsLegacyLimit(http.body, unit))) return undefined;
  const response = readResponse(answerOf(call), unit, origins);
  return {
    ...common(call, unit, response),
    isBedrock: false,
    request: {
      kind: 'http',
      url: http.url,
      body: http.body,
      endpoint,
      headers: readHeaders(http.headers, http.setters, origins),
      mayBeError: !http.raises && !response.raises,
      response,
    },
  };
}

function bedrockSite(call: Node, unit: Unit, origins: Origins): Site | undefined {
  const found = readBedrockCall(call, unit, origins);
  if (!found) return undefined;
  const response = readResponse(answerOf(call), unit, origins);
  return { ...common(call, unit, response), isBedrock: true, request: { kind: 'bedrock', ...found, response } };
}

function common(
  call: Node,
  unit: Unit,
  { answers }: ResponseReads,
): Pick<Site, 'id' | 'unit' | 'call' | 'args' | 'client' | 'isAsync' | 'evidence' | 'answers' | 'isFuture'> {
  return {
    id: `${unit.path}:${String(call.start)}`,
    unit,
    call,
    args: argumentsOf(call),
    client: field(call, 'function') as Node,
    isAsync: isAwaited(call),
    evidence: undefined,
    answers,
    isFuture: false,
  };
}

function sendsLegacyLimit(body: Node, unit: Unit): boolean {
  const dictionary = dictionaryBehind(body, unit);
  return (
    dictionary !== undefined &&
    namedChildren(dictionary).some((pair) => constantText(field(pair, 'key') ?? pair) === LEGACY_ONLY_PARAMETER)
  );
}
