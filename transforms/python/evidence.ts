import { LEGACY_ONLY_PARAMETER } from '../../src/api/parameters.js';
import { constantText } from './literals.js';
import { attributeName, field, keyword, textOf, wrapping, type Node } from './node.js';
import type { Unit } from './unit.js';

/** Parameters that OpenAI's completions take and the Text Completions API never took. */
const FOREIGN = [
  'messages',
  'max_tokens',
  'stop',
  'n',
  'echo',
  'logprobs',
  'best_of',
  'suffix',
  'engine',
  'presence_penalty',
  'frequency_penalty',
];

/**
 * What says that a call of an unseen client is one of the Text Completions API: a parameter that no other API has, or
 * in a file that names the SDK, one or a field of the answer that OpenAI's do not have. A clause for a person.
 */
export function evidenceOf(call: Node, unit: Unit): string | undefined {
  if (keyword(call, LEGACY_ONLY_PARAMETER)) return 'max_tokens_to_sample says that it is Anthropic’s';
  if (!namesSdk(unit) || isForeign(call)) return undefined;
  if (keyword(call, 'stop_sequences')) return 'stop_sequences says that it is Anthropic’s';
  return readsCompletion(call, unit) ? 'the field completion of its answer says that it is Anthropic’s' : undefined;
}

/** Whether a call of an unseen client may be one of the Text Completions API: its file names the SDK, and nothing speaks against it. */
export function mayBeLegacy(call: Node, unit: Unit): boolean {
  return namesSdk(unit) && !isForeign(call);
}

function namesSdk({ text }: Unit): boolean {
  return /^\s*(?:import|from)\s+anthropic\b/m.test(text);
}

function isForeign(call: Node): boolean {
  return (
    FOREIGN.some((name) => keyword(call, name) !== undefined) ||
    /openai|\bchat\.completions\b/i.test(textOf(field(call, 'function') ?? call))
  );
}

function readsCompletion(call: Node, { scopes }: Unit): boolean {
  const answer = wrapping(call).parent?.type === 'await' ? wrapping(wrapping(call).parent as Node) : wrapping(call);
  const { parent } = answer;
  const target = parent?.type === 'assignment' && field(parent, 'right') === answer ? field(parent, 'left') : undefined;
  const binding = target?.type === 'identifier' ? scopes.bindingOf(target) : undefined;
  // What a name holds of several calls says nothing of this one.
  if (binding && binding.definitions.length > 1) return false;
  const places = binding?.reads ?? [answer];
  return places.some(
    (place) => isTextRead(place) || chunksOf(place).some((chunk) => scopes.bindingOf(chunk)?.reads.some(isTextRead)),
  );
}

function isTextRead(place: Node): boolean {
  const access = wrapping(place).parent;
  if (access?.type === 'attribute') return attributeName(access) === 'completion';
  const key =
    access?.type === 'subscript' && wrapping(place).field === 'value' ? field(access, 'subscript') : undefined;
  return key !== undefined && constantText(key) === 'completion';
}

/** The name of a chunk where a place is looped over. */
function chunksOf(place: Node): readonly Node[] {
  const loop = wrapping(place).parent;
  const isLoop =
    loop !== undefined && /^for_(statement|in_clause)$/.test(loop.type) && field(loop, 'right') === wrapping(place);
  const target = isLoop ? field(loop, 'left') : undefined;
  return target?.type === 'identifier' ? [target] : [];
}
