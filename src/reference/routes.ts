import { ApiError } from './api-error.js';

/** Where a request goes. */
export type Route =
  | { readonly api: 'complete' }
  | { readonly api: 'messages' }
  | { readonly api: 'bedrock'; readonly modelId: string; readonly stream: boolean };

const BEDROCK = /^\/model\/([^/]+)\/(invoke|invoke-with-response-stream)$/;

/**
 * The route of a URL, whose query means nothing here.
 * @throws ApiError: 404 for a path that is none of the API's
 */
export function routeOf(url: string): Route {
  const path = url.replace(/[?#].*$/s, '');
  if (path === '/v1/complete') return { api: 'complete' };
  if (path === '/v1/messages') return { api: 'messages' };
  const bedrock = BEDROCK.exec(path);
  if (bedrock === null) throw new ApiError('not_found_error', 'Not Found');
  return { api: 'bedrock', modelId: decoded(bedrock[1] ?? ''), stream: bedrock[2] !== 'invoke' };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ApiError('not_found_error', 'Not Found');
  }
}
