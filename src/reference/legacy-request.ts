import type { ApiVersion } from './api-version.js';
import { invalidRequest } from './api-error.js';
import { Fields, type JsonObject } from './json-fields.js';
import { readPrompt } from './legacy-prompt.js';
import { modelRow, servedByCompletions } from './model-rules.js';
import { readStops, readStream, readUserId, type TextRequest } from './request.js';
import { readSampling, SAMPLING_KEYS } from './sampling.js';
import { tokens } from './tokens.js';

const KEYS = [
  'model',
  'prompt',
  'max_tokens_to_sample',
  'stop_sequences',
  'stream',
  'metadata',
  'betas',
  ...SAMPLING_KEYS,
];
const MAX_PROMPT_TOKENS = 99_999;

/**
 * A request to `POST /v1/complete` (API reference, "Create a Text Completion").
 * @throws ApiError with the API's message
 */
export function readLegacyRequest(body: JsonObject, form: ApiVersion | 'bedrock'): TextRequest {
  const fields = new Fields(body, { nullIsAbsent: true });
  fields.allowOnly(form === '2023-01-01' ? [...KEYS, 'tags'] : KEYS);
  const model = fields.string('model');
  const prompt = fields.string('prompt');
  if (fields.has('betas')) fields.strings('betas');
  if (fields.has('tags')) fields.object('tags');
  const shape = {
    model,
    maxTokens: fields.integer('max_tokens_to_sample', 1),
    stops: readStops(fields),
    stream: readStream(fields),
    sampling: readSampling(fields, { takesOff: true }),
    userId: readUserId(fields),
    thinks: false,
  };
  if (!servedByCompletions(modelRow(model, form === 'bedrock' ? 'bedrock' : 'anthropic'))) {
    throw invalidRequest(`"${model}" is not supported on this API. Please use the Messages API instead.`);
  }
  checkLength(prompt);
  return { ...shape, conversation: readPrompt(prompt) };
}

function checkLength(prompt: string): void {
  const length = tokens(prompt).length;
  if (length <= MAX_PROMPT_TOKENS) return;
  throw invalidRequest(`prompt is too long: ${length} tokens > ${MAX_PROMPT_TOKENS} maximum`);
}
