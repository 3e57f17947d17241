import type { ApiVersion } from './api-version.js';
import { canonicalConversation, joinTexts, type Conversation } from './conversation.js';
import { Fields, type JsonObject } from './json-fields.js';
import { readMessages, readSystem, type Message } from './messages-content.js';
import { checkRules } from './messages-rules.js';
import { readStops, readStream, readUserId, type TextRequest } from './request.js';
import { readSampling, SAMPLING_KEYS } from './sampling.js';

const KEYS = [
  'model',
  'messages',
  'max_tokens',
  'system',
  'stop_sequences',
  'stream',
  'metadata',
  'thinking',
  'cache_control',
  'container',
  'context_management',
  'inference_geo',
  'mcp_servers',
  'output_config',
  'service_tier',
  'tool_choice',
  'tools',
];

const THINKING_TYPES = ['enabled', 'disabled', 'adaptive', 'between_tools'];

/** The version of the API that a request is written for, on the Claude API or on Bedrock. */
export type MessagesForm = ApiVersion | 'bedrock' | 'bedrock 2026-10-21';

/**
 * A request to `POST /v1/messages` (API reference, "Create a Message").
 * Version 2026-10-21 no longer knows the sampling parameters.
 * @throws ApiError with the API's message
 */
export function readMessagesRequest(body: JsonObject, form: MessagesForm): TextRequest {
  const fields = new Fields(body);
  fields.allowOnly(form.endsWith('2026-10-21') ? KEYS : [...KEYS, ...SAMPLING_KEYS]);
  const messages = readMessages(fields);
  const request = {
    model: fields.string('model'),
    maxTokens: fields.integer('max_tokens', 0),
    conversation: conversationOf(readSystem(fields), messages),
    stops: readNonBlankStops(fields),
    stream: readStream(fields),
    sampling: readSampling(fields, { takesOff: false }),
    userId: readUserId(fields),
  };
  const thinking = readThinking(fields);
  const platform = form.startsWith('bedrock') ? 'bedrock' : 'anthropic';
  return { ...request, thinks: checkRules({ ...request, messages, thinking }, platform) };
}

function conversationOf(system: readonly string[], messages: readonly Message[]): Conversation {
  const turns = messages.map(({ role, texts }) => ({ role, text: joinTexts(texts) }));
  const last = turns.at(-1);
  return last?.role === 'assistant'
    ? canonicalConversation(joinTexts(system), turns.slice(0, -1), last.text)
    : canonicalConversation(joinTexts(system), turns, '');
}

function readThinking(fields: Fields): string | undefined {
  if (!fields.has('thinking')) return undefined;
  const thinking = fields.object('thinking');
  const type = thinking.string('type');
  if (THINKING_TYPES.includes(type)) return type;
  throw thinking.fault('type', `Input tag '${type}' does not match any of the expected tags`);
}

function readNonBlankStops(fields: Fields): readonly string[] {
  const stops = readStops(fields);
  if (stops.every((stop) => stop.trim() !== '')) return stops;
  throw fields.fault('stop_sequences', 'each stop sequence must contain non-whitespace');
}
