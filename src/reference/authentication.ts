import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from './api-error.js';

/**
 * The API takes a key in `x-api-key` or as a bearer token; Bedrock takes any kind of authorization.
 * No key is ever checked or kept.
 * @throws ApiError: 401 without one
 */
export function authenticate(headers: IncomingHttpHeaders, api: 'complete' | 'messages' | 'bedrock'): void {
  const { authorization = '' } = headers;
  if (api === 'bedrock' ? authorization !== '' : /^bearer\s+\S/i.test(authorization)) return;
  if (api !== 'bedrock' && headers['x-api-key']) return;
  throw new ApiError('authentication_error', 'x-api-key header is required');
}
