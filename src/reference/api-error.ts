/** The API's error types with the HTTP status of each (API reference, "Errors"). */
const STATUS_OF = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
} as const;

export type ErrorType = keyof typeof STATUS_OF;

/** An error that the API answers a request with. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly type: ErrorType,
    message: string,
    /** Only a wrong method has a status that its type does not imply. */
    readonly status: number = STATUS_OF[type],
  ) {
    super(message);
  }
}

/** A 400 with the API's message. */
export function invalidRequest(message: string): ApiError {
  return new ApiError('invalid_request_error', message);
}

export function isErrorType(word: string): word is ErrorType {
  return Object.hasOwn(STATUS_OF, word);
}

/** The body of an error response, and the data of an `error` event of Messages. */
export function errorBody(error: ApiError): object {
  return { type: 'error', error: { type: error.type, message: error.message } };
}

/** The data of an `error` event of the legacy API, which names no type of its own (legacy documentation, "Streaming"). */
export function legacyErrorData({ type, message }: ApiError): object {
  return { error: { type, message } };
}
