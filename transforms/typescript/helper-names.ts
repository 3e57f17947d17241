import { ts } from './ts.js';
import { HELPER_NAMES, type HelperName } from '../helpers/typescript/names.js';
import { walk } from './syntax.js';
import type { Unit } from './unit.js';

/** What a helper is called in a project that has the plain name already. */
const OTHERWISE: Readonly<Record<HelperName, string>> = {
  toMessages: 'promptToMessages',
  toMessageParams: 'legacyToMessageParams',
  toCompletion: 'messageToCompletion',
  toCompletionOrError: 'messageToCompletionOrError',
  toCompletionChunk: 'eventToCompletionChunk',
  completionChunks: 'legacyCompletionChunks',
  toCompletionOrChunks: 'answerToCompletionOrChunks',
  completionUpdates: 'legacyCompletionUpdates',
  messageText: 'textOfMessage',
  answerText: 'textOfAnswer',
  TextCompletion: 'LegacyTextCompletion',
  TextCompletionParams: 'LegacyTextCompletionParams',
};

export type HelperNames = ReadonlyMap<HelperName, string>;

/** Names for the helpers that no file of the project uses for anything else. */
export function chooseHelperNames(units: readonly Unit[]): HelperNames {
  const taken = new Set<string>();
  for (const unit of units) {
    walk(unit.tree, (node) => {
      if (ts.isIdentifier(node)) taken.add(node.text);
      return undefined;
    });
  }
  return new Map(HELPER_NAMES.map((name) => [name, taken.has(name) ? OTHERWISE[name] : name]));
}
