import { apiVersion } from './api-version.js';
import { exchangeLegacy, exchangeMessages } from './exchange.js';
import type { JsonObject } from './json-fields.js';
import { completionBody, completionEvents } from './legacy-reply.js';
import { answeredEntry, type LogEntry } from './log.js';
import { messagesEvents } from './messages-events.js';
import { messageBody } from './messages-reply.js';
import { jsonReply, streamReply, type Reply } from './reply.js';
import { namedEvent, unnamedEvents, type ServerEvent } from './server-event.js';

/** A reply with the line that the log gets for it. */
export interface Logged {
  readonly reply: Reply;
  readonly entry: LogEntry;
}

/** `POST /v1/complete`. @throws ApiError */
export function complete(body: JsonObject, versionHeader: string | undefined, sequence: number): Logged {
  const version = apiVersion(versionHeader, 'complete');
  const exchange = exchangeLegacy(body, version, sequence);
  const { request, answer, frame } = exchange;
  return {
    entry: answeredEntry({ api: 'complete', version }, exchange),
    reply: request.stream
      ? eventReply(completionEvents(answer, frame), version === '2023-01-01')
      : jsonReply(200, completionBody(answer, frame)),
  };
}

/** `POST /v1/messages`. @throws ApiError */
export function createMessage(body: JsonObject, versionHeader: string | undefined, sequence: number): Logged {
  const version = apiVersion(versionHeader, 'messages');
  const exchange = exchangeMessages(body, version, sequence);
  const { request, answer, frame } = exchange;
  return {
    entry: answeredEntry({ api: 'messages', version }, exchange),
    reply: request.stream
      ? eventReply(messagesEvents(answer, frame), false)
      : jsonReply(200, messageBody(answer, frame)),
  };
}

function eventReply(events: Iterable<ServerEvent>, unnamed: boolean): Reply {
  return streamReply('text/event-stream', unnamed ? unnamedEvents(events) : named(events));
}

function* named(events: Iterable<ServerEvent>): Generator<string> {
  for (const event of events) yield namedEvent(event);
}
