import type { Model } from '../api/models.js';
import { invalidRequest, type ApiError } from './api-error.js';
import type { Message } from './messages-content.js';
import { modelRow, unknownModel, type Platform } from './model-rules.js';
import type { Sampling } from './sampling.js';

/** What the rules look at. */
export interface Ruled {
  readonly model: string;
  readonly maxTokens: number;
  readonly sampling: Sampling;
  readonly messages: readonly Message[];
  /** `thinking.type` of the request. */
  readonly thinking: string | undefined;
}

/**
 * Holds a request against what its model accepts. What no source states of a model is allowed.
 * @returns whether the model thinks before it answers
 * @throws ApiError: 404 for an unknown or retired model, 400 for what the model does not take
 */
export function checkRules({ model, maxTokens, sampling, messages, thinking }: Ruled, platform: Platform): boolean {
  const row = modelRow(model, platform);
  if (row.status === 'retired') throw unknownModel(model);
  if (row.maxOutput !== null && maxTokens > row.maxOutput) {
    const reason = `which is the maximum allowed number of output tokens for ${model}`;
    throw invalidRequest(`max_tokens: ${maxTokens} > ${row.maxOutput}, ${reason}`);
  }
  checkSampling(sampling, row);
  const thinks = thinksFirst(thinking, row);
  checkEnd(messages.at(-1), row, thinks);
  return thinks;
}

function thinksFirst(thinking: string | undefined, row: Model): boolean {
  if (thinking === undefined) return row.thinks === 'default' || row.thinks === 'always';
  // Budgets ended where sampling parameters did: with Opus 4.7.
  if (thinking === 'enabled' && row.sampling === 'none')
    throw invalidRequest('"thinking.type.enabled" is not supported for this model.');
  if (thinking !== 'disabled') return true;
  if (row.thinks === 'always') throw invalidRequest('thinking: thinking cannot be disabled for this model');
  return false;
}

function checkSampling({ temperature, top_p, top_k }: Sampling, row: Model): void {
  if (row.sampling === 'one' && temperature !== undefined && top_p !== undefined) {
    throw invalidRequest('`temperature` and `top_p` cannot both be specified for this model. Please use only one.');
  }
  if (row.sampling !== 'none') return;
  if (temperature !== undefined && temperature !== 1) throw deprecated('temperature');
  if (top_p !== undefined && top_p < 0.99) throw deprecated('top_p');
  if (top_k !== undefined) throw deprecated('top_k');
}

function deprecated(parameter: string): ApiError {
  return invalidRequest(`\`${parameter}\` is deprecated for this model.`);
}

/** The rules for a conversation that ends with the assistant's words: a prefill. */
function checkEnd(last: Message | undefined, row: Model, thinks: boolean): void {
  if (last?.role !== 'assistant') return;
  if (row.prefill === false) {
    const remedy = 'The conversation must end with a user message.';
    throw invalidRequest(`This model does not support assistant message prefill. ${remedy}`);
  }
  if (thinks) throw invalidRequest('messages: prefilling assistant content is not supported with thinking enabled');
  const text = last.texts.at(-1) ?? '';
  if (text !== text.trimEnd()) {
    throw invalidRequest('messages: final assistant content cannot end with trailing whitespace');
  }
}
