import type { IncomingMessage } from 'node:http';
import { ApiError, invalidRequest } from './api-error.js';
import { isObject, type JsonObject } from './json-fields.js';

/** The API's own limit on a request, in bytes. */
export const MAX_BODY_BYTES = 32 * 1024 * 1024;

/**
 * The JSON object that a request carries.
 * @throws ApiError: 413 above `limit` bytes, 400 for what is no JSON object
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<JsonObject> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  // The rest of a body that is too large is left to node, which reads it away once the answer is sent.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return parse(Buffer.concat(chunks));
}

function parse(bytes: Buffer): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw invalidRequest(`The request body is not valid JSON: ${error instanceof Error ? error.message : ''}`);
  }
  if (!isObject(value)) throw invalidRequest('The request body should be a JSON object');
  return value;
}

function tooLarge(): ApiError {
  return new ApiError('request_too_large', 'Request exceeds the maximum size');
}
