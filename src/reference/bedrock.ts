import { invalidRequest } from './api-error.js';
import type { Logged } from './anthropic-api.js';
import { eventStreamMessage } from './event-stream.js';
import { exchangeLegacy, exchangeMessages } from './exchange.js';
import { Fields, type JsonObject } from './json-fields.js';
import { completionBody, completionEvents } from './legacy-reply.js';
import { answeredEntry } from './log.js';
import { messagesEvents } from './messages-events.js';
import { messageBody } from './messages-reply.js';
import { modelRow } from './model-rules.js';
import { jsonReply, streamReply, type Reply } from './reply.js';
import type { ServerEvent } from './server-event.js';

/** What Bedrock has long wanted, and the API's own version, which Python's SDK sends from 2.0 on. */
const VERSION = 'bedrock-2023-05-31';
const LATEST = '2026-10-21';
const DEFAULT_MAX_TOKENS = 200;
const LEGACY_MAX_TOKENS = 4096;

/**
 * `POST /model/ID/invoke` and `.../invoke-with-response-stream` of Amazon Bedrock: a body with `prompt` is a legacy
 * one (AWS documentation, "Anthropic Claude Text Completions API" and "... Messages API").
 * @throws ApiError
 */
export function invokeModel(body: JsonObject, modelId: string, stream: boolean, sequence: number): Logged {
  const fields = new Fields(body);
  for (const key of ['model', 'stream']) {
    if (fields.has(key)) throw fields.fault(key, 'Extra inputs are not permitted');
  }
  const named = { ...body, model: modelId.replace(/^arn:.*\//, '') };
  return fields.has('prompt') ? legacy(named, stream, sequence) : messages(named, stream, sequence);
}

function legacy(body: JsonObject, stream: boolean, sequence: number): Logged {
  const whole = { max_tokens_to_sample: DEFAULT_MAX_TOKENS, ...withoutVersion(body) };
  const exchange = exchangeLegacy(whole, 'bedrock', sequence);
  if (exchange.request.maxTokens > LEGACY_MAX_TOKENS) {
    throw invalidRequest(`max_tokens_to_sample: Input should be less than or equal to ${LEGACY_MAX_TOKENS}`);
  }
  const { answer, frame } = exchange;
  return {
    entry: answeredEntry({ api: 'complete', version: 'bedrock' }, exchange, stream),
    reply: stream ? eventReply(completionEvents(answer, frame)) : jsonReply(200, completionBody(answer, frame)),
  };
}

function messages(body: JsonObject, stream: boolean, sequence: number): Logged {
  const fields = new Fields(body);
  const version = fields.string('anthropic_version');
  if (version !== VERSION && version !== LATEST)
    throw invalidRequest(`anthropic_version: Input should be '${VERSION}'`);
  if (version === LATEST && takesSampling(fields.string('model')))
    throw invalidRequest(`anthropic_version: ${LATEST} is not supported for this model`);
  const exchange = exchangeMessages(
    withoutVersion(body),
    version === LATEST ? 'bedrock 2026-10-21' : 'bedrock',
    sequence,
  );
  const { answer, frame } = exchange;
  return {
    entry: answeredEntry({ api: 'messages', version: 'bedrock' }, exchange, stream),
    reply: stream ? eventReply(messagesEvents(answer, frame)) : jsonReply(200, messageBody(answer, frame)),
  };
}

/** Of the models that are served, those up to Claude 4.6 do, and Bedrock serves these under the old version only. */
function takesSampling(modelId: string): boolean {
  return modelRow(modelId, 'bedrock').sampling !== 'none';
}

function withoutVersion(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== 'anthropic_version'));
}

function eventReply(events: Iterable<ServerEvent>): Reply {
  return streamReply('application/vnd.amazon.eventstream', encoded(events));
}

function* encoded(events: Iterable<ServerEvent>): Generator<Uint8Array> {
  for (const { name, data } of events) {
    if (name === 'error') {
      const headers = { ':message-type': 'exception', ':exception-type': 'modelStreamErrorException' };
      yield eventStreamMessage({ ...headers, ':content-type': 'application/json' }, data);
    } else if (name !== 'ping') {
      const headers = { ':message-type': 'event', ':event-type': 'chunk', ':content-type': 'application/json' };
      yield eventStreamMessage(headers, { bytes: Buffer.from(JSON.stringify(data)).toString('base64') });
    }
  }
}
