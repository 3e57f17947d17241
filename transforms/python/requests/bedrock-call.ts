import { looksLikeModelId } from '../../../src/api/models.js';
import { LEGACY_ONLY_PARAMETER } from '../../../src/api/parameters.js';
import { constantText } from '../literals.js';
import { calledMethod, field, isInside, keyword, namedChildren, unwrap, type Node } from '../node.js';
import type { Origins } from '../origin.js';
import { reachingDefinition } from '../reaching.js';
import type { Definition } from '../scopes.js';
import type { Unit } from '../unit.js';
import { constantsOf } from '../values.js';
import { dictionaryBehind, dumpedValue } from './json-body.js';

/** A call of Amazon Bedrock that sends a legacy body. */
export interface BedrockCall {
  readonly modelId: Node;
  /** What is sent as JSON. */
  readonly body: Node;
  readonly isStream: boolean;
  /** Whether the same call sends bodies of other vendors, which another branch makes. */
  readonly isShared: boolean;
  /** Why nothing of it can move. */
  readonly problem: string | undefined;
}

const METHOD = /^invoke_model(_with_response_stream)?$/;
const LEGACY_ID = /^anthropic\.claude-(v\d|instant)/;

/** Reads `client.invoke_model(modelId=..., body=json.dumps(...))`; undefined for bodies of other vendors and of Messages. */
export function readBedrockCall(call: Node, unit: Unit, origins: Origins): BedrockCall | undefined {
  const name = calledMethod(call)?.name;
  const modelId = keyword(call, 'modelId');
  const given = keyword(call, 'body');
  if (name === undefined || !METHOD.test(name) || !modelId || !given) return undefined;
  const bodies = bodiesOf(given, unit, origins);
  const ids = constantsOf(modelId, unit, origins).leaves.flatMap(({ node }) => constantText(node) ?? []);
  const isLegacy = (body: Node): boolean =>
    says(body, LEGACY_ONLY_PARAMETER, unit) ||
    (ids.some((id) => LEGACY_ID.test(id)) && says(body, 'prompt', unit) && bodies.length === 1);
  const legacy = bodies.filter(isLegacy);
  const [body, ...more] = legacy;
  if (!body) return undefined;
  const isShared = bodies.length > 1;
  const foreign = ids.find((id) => !looksLikeModelId(id) && !/claude/i.test(id));
  return {
    modelId,
    body,
    isStream: name.includes('stream'),
    isShared,
    problem:
      more.length > 0
        ? 'its body is made in more than one place'
        : foreign !== undefined && !isShared
          ? `its body goes to ${foreign} as well`
          : undefined,
  };
}

/** What may be sent: one body, or one for each branch that gives the name another. */
function bodiesOf(given: Node, unit: Unit, origins: Origins): readonly Node[] {
  const only = dumpedValue(given, unit, origins);
  if (only) return dictionaryBehind(only, unit) ? [only] : branches(only, unit, (value) => value);
  return branches(given, unit, (value) => dumpedValue(value, unit, origins));
}

function branches(name: Node, unit: Unit, bodyIn: (value: Node) => Node | undefined): readonly Node[] {
  const node = unwrap(name);
  const binding = node.type === 'identifier' ? unit.scopes.bindingOf(node) : undefined;
  if (!binding || reachingDefinition(node, binding)) return [node];
  // What else is done with a name that holds several bodies is not followed.
  if (binding.reads.some((read) => !isInside(read, node))) return [];
  return binding.definitions.flatMap((definition: Definition) => {
    const body = definition.value && definition.kind === 'assignment' ? bodyIn(definition.value) : undefined;
    return body ? [body] : [];
  });
}

function says(body: Node, key: string, unit: Unit): boolean {
  const dictionary = dictionaryBehind(body, unit);
  return (
    dictionary !== undefined &&
    namedChildren(dictionary).some((pair) => constantText(field(pair, 'key') ?? pair) === key)
  );
}
