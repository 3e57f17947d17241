import { errorBody, type ApiError, type ErrorType } from './api-error.js';
import { jsonReply, type Reply } from './reply.js';
import type { Route } from './routes.js';

/** What Bedrock calls an error, with its status (AWS documentation, "InvokeModel"). */
const BEDROCK_ERRORS: Partial<Record<ErrorType, readonly [number, string]>> = {
  invalid_request_error: [400, 'ValidationException'],
  request_too_large: [400, 'ValidationException'],
  authentication_error: [403, 'AccessDeniedException'],
  permission_error: [403, 'AccessDeniedException'],
  not_found_error: [404, 'ResourceNotFoundException'],
  rate_limit_error: [429, 'ThrottlingException'],
  overloaded_error: [503, 'ServiceUnavailableException'],
};

/** An error in the form of the API that was asked. */
export function errorReply(error: ApiError, api: Route['api']): Reply {
  if (api !== 'bedrock') {
    return jsonReply(error.status, errorBody(error), error.status === 405 ? { allow: 'POST' } : {});
  }
  const [status, name] = BEDROCK_ERRORS[error.type] ?? [500, 'InternalServerException'];
  return jsonReply(status, { message: error.message }, { 'x-amzn-errortype': name });
}
