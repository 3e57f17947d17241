import type { IncomingMessage } from 'node:http';
import { answerId } from './answer-id.js';
import { complete, createMessage, type Logged } from './anthropic-api.js';
import { ApiError } from './api-error.js';
import { authenticate } from './authentication.js';
import { invokeModel } from './bedrock.js';
import { readBody } from './body.js';
import { errorReply } from './error-reply.js';
import { refusedEntry, type LogEntry } from './log.js';
import type { Reply } from './reply.js';
import { routeOf, type Route } from './routes.js';

/**
 * Answers one request. Whatever is wrong with it becomes the API's error, and either way the log gets its line.
 * @param sequence the number of the request, from which ids are made
 * @throws what `request` throws when the client hangs up before its body is whole
 */
export async function handle(
  request: IncomingMessage,
  sequence: number,
  { maxBodyBytes, log }: { readonly maxBodyBytes: number; readonly log: (entry: LogEntry) => void },
): Promise<Reply> {
  let route: Route | undefined;
  try {
    route = routeOf(request.url ?? '/');
    if (request.method !== 'POST') throw new ApiError('invalid_request_error', 'Method Not Allowed', 405);
    authenticate(request.headers, route.api);
    const { reply, entry } = await answer(route, request, sequence, maxBodyBytes);
    log(entry);
    return withId(reply, sequence);
  } catch (error) {
    const refusal = refusalFor(error, request);
    if (route !== undefined) log(refusedEntry({ api: route.api, version: versionHeader(request) ?? null }, refusal));
    return withId(errorReply(refusal, route?.api ?? 'messages'), sequence);
  }
}

async function answer(route: Route, request: IncomingMessage, sequence: number, maxBodyBytes: number): Promise<Logged> {
  const body = await readBody(request, maxBodyBytes);
  switch (route.api) {
    case 'complete':
      return complete(body, versionHeader(request), sequence);
    case 'messages':
      return createMessage(body, versionHeader(request), sequence);
    case 'bedrock':
      return invokeModel(body, route.modelId, route.stream, sequence);
  }
}

/** A fault of the server itself is an answer too, unless the client has hung up and there is nobody to tell. */
function refusalFor(error: unknown, request: IncomingMessage): ApiError {
  if (error instanceof ApiError) return error;
  if (request.destroyed && !request.complete) throw error;
  return new ApiError('api_error', `Internal server error: ${error instanceof Error ? error.message : String(error)}`);
}

function versionHeader({ headers }: IncomingMessage): string | undefined {
  return headers['anthropic-version']?.toString();
}

function withId(reply: Reply, sequence: number): Reply {
  return { ...reply, headers: { ...reply.headers, 'request-id': answerId('req', sequence) } };
}
