import { chooseModel, type ModelOptions } from './choose-model.js';
import type { SdkTarget } from './sdk.js';

/** The ids that legacy programs are given at run time, from most to least often. */
const USUAL_IDS = [
  ...['claude-2', 'claude-2.0', 'claude-2.1', 'claude-instant-1', 'claude-instant-1.2', 'claude-instant-v1'],
  ...[
    'claude-1',
    'claude-1.2',
    'claude-1.3',
    'claude-v1',
    'claude-v1.2',
    'claude-v1.3',
    'claude-v1-100k',
    'claude-instant-v1-100k',
  ],
];

/**
 * What the ids that the legacy API served become in a call whose model is known only at run time. `prefill`: whether its
 * prompt may end in text that the answer continues.
 */
export function replacements(
  models: ModelOptions,
  profile: SdkTarget['profile'],
  prefill: boolean,
): ReadonlyMap<string, string> {
  if (models.policy === 'keep') return models.map;
  return new Map(USUAL_IDS.map((id) => [id, chooseModel(id, { prefill, sampling: [], profile }, models).model]));
}
