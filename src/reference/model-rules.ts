import { findModel, isBedrockId, type Model } from '../api/models.js';
import { ApiError } from './api-error.js';

/** Who serves the model: each platform has its own ids. */
export type Platform = 'anthropic' | 'bedrock';

/**
 * The row of a model id in the spelling of a platform.
 * @throws ApiError: 404 where the platform does not know the id
 */
export function modelRow(id: string, platform: Platform): Model {
  const row = findModel(id);
  if (row === undefined || isBedrockId(id) !== (platform === 'bedrock')) throw unknownModel(id);
  return row;
}

/** The error for an id that is unknown or no longer served. */
export function unknownModel(id: string): ApiError {
  return new ApiError('not_found_error', `model: ${id}`);
}

/** Whether the Text Completions API ever served the model: Claude 1, 2 and Instant. */
export function servedByCompletions({ id }: Model): boolean {
  return /^(?:anthropic\.)?claude-(?:instant-)?v?[12](?![\d-])/.test(id);
}
