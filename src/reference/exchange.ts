import { generate, type Answer } from './generate.js';
import type { JsonObject } from './json-fields.js';
import { BUILT_IN_STOP, withLeadingSpace, type LegacyFrame } from './legacy-reply.js';
import { readLegacyRequest } from './legacy-request.js';
import { THINKING, type MessagesFrame } from './messages-reply.js';
import { readMessagesRequest, type MessagesForm } from './messages-request.js';
import type { TextRequest } from './request.js';
import { conversationTokens } from './tokens.js';

/** A request that was understood, and what the model said to it. */
export interface Exchange<Frame> {
  readonly request: TextRequest;
  /** As this API sends it. */
  readonly answer: Answer;
  /** What the model said, the same on both APIs. */
  readonly said: string;
  readonly frame: Frame;
}

/** Answers a legacy request. @throws ApiError */
export function exchangeLegacy(body: JsonObject, form: LegacyFrame['form'], sequence: number): Exchange<LegacyFrame> {
  const request = readLegacyRequest(body, form);
  const { conversation, maxTokens, stops, model } = request;
  const answer = generate(conversation, { maxTokens, stops: [...stops, BUILT_IN_STOP] });
  return {
    request,
    answer: conversation.prefill === null ? withLeadingSpace(answer) : answer,
    said: answer.pieces.join(''),
    frame: { model, form, sequence },
  };
}

/** Answers a Messages request. @throws ApiError */
export function exchangeMessages(body: JsonObject, form: MessagesForm, sequence: number): Exchange<MessagesFrame> {
  const request = readMessagesRequest(body, form);
  const { conversation, stops, model, thinks } = request;
  const maxTokens = Math.max(0, request.maxTokens - (thinks ? THINKING.tokens : 0));
  const answer = generate(conversation, { maxTokens, stops });
  const inputTokens = conversationTokens(conversation);
  return { request, answer, said: answer.pieces.join(''), frame: { model, sequence, thinks, inputTokens } };
}
