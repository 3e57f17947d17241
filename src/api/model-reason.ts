import type { Demand } from './choose-model.js';
import { isBedrockId, type Model } from './models.js';
import type { SdkTarget } from './sdk.js';

/**
 * What has become, or will become, of a model under the id that was written, to stand behind that id.
 * The table has the dates of the Claude API; Bedrock sets its own.
 */
export function fate(row: Model, id: string): string {
  if (row.ends === null) return 'is a model of the text-completions API';
  const date = row.status === 'retired' ? `was retired on ${row.ends}` : `ends on ${row.ends}`;
  return isBedrockId(id) ? `${date} on the Claude API, while Bedrock has dates of its own` : date;
}

/** Why parity chose a model, to stand behind `NEW is`. */
export function parityReason(legacy: Model, row: Model, demand: Demand): string {
  const sent = [...(demand.prefill ? ['prefill'] : []), ...demand.sampling].join(', ');
  const takes = sent === '' ? '' : `takes ${sent} and `;
  const why = `the newest ${row.tier} model that ${takes}does not think unasked`;
  return row.tier === legacy.tier ? why : `${why}; no ${legacy.tier} model that stays does`;
}

/** What to know of a model that thinks unasked; empty for others. */
export function thinkingCaution(row: Model): string {
  if (row.thinks === 'asked') return '';
  return ' It thinks unasked, and its thinking counts against max_tokens.';
}

/**
 * What to know of a model on Bedrock when the SDK sends API version 2026-10-21: models up to Claude 4.6 answer 400 to it
 * (Claude documentation, Claude on Amazon Bedrock; Python SDK 1.13.0 and 2.12.0, lib/bedrock/_client.py). Empty where there is nothing to know.
 */
export function bedrockCaution(row: Model, profile: SdkTarget['profile']): string {
  // Of the models that are served, those up to 4.6 are the ones that take sampling parameters.
  if (profile !== '1.x' || row.sampling === 'none') return '';
  return ' Bedrock serves it under API version 2023-06-01 only, which the SDK sends below 1.0.0 in TypeScript and below 2.0.0 in Python: stay there.';
}
