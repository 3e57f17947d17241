import { HELPER_NAMES, type HelperName } from '../helpers/python/names.js';
import { textOf, walk } from './node.js';
import type { Unit } from './unit.js';

/** What a helper is called in a project that has the plain name already. */
const OTHERWISE: Readonly<Record<HelperName, string>> = {
  to_messages: 'prompt_to_messages',
  to_message_params: 'legacy_to_message_params',
  message_text: 'text_of_message',
  answer_text: 'text_of_answer',
  async_client: 'to_async_client',
  TextCompletion: 'LegacyTextCompletion',
  to_completion: 'message_to_completion',
  async_to_completion: 'async_message_to_completion',
  to_completion_dict: 'message_to_completion_dict',
  to_completion_body: 'answer_to_completion_body',
  to_completion_event: 'event_to_completion_event',
  completion_chunks: 'legacy_completion_chunks',
  async_completion_chunks: 'async_legacy_completion_chunks',
  completion_stream: 'legacy_completion_stream',
  async_completion_stream: 'async_legacy_completion_stream',
};

/** Every name that a helper can have in a project. */
export const ALL_HELPER_NAMES: ReadonlySet<string> = new Set([...HELPER_NAMES, ...Object.values(OTHERWISE)]);

export type HelperNames = ReadonlyMap<HelperName, string>;

/** Names for the helpers that no file of the project uses for anything else. */
export function chooseHelperNames(units: readonly Unit[]): HelperNames {
  const taken = new Set<string>();
  for (const { root } of units) {
    walk(root, (node) => {
      const isMember = node.parent?.type === 'attribute' && node.field === 'attribute';
      if (node.type === 'identifier' && !isMember) taken.add(textOf(node));
      return undefined;
    });
  }
  return new Map(HELPER_NAMES.map((name) => [name, taken.has(name) ? OTHERWISE[name] : name]));
}
