/** Members of an HTTP response that say nothing about its body. */
export const RESPONSE_HEAD =
  /^(headers|ok|status|statusText|statusCode|url|redirected|type|json|config|request|contentType|\$metadata)$/;

/** Members of a response that do not read its stream; what an error says is read whole. */
export const STREAM_HEAD = /^(headers|ok|status|statusText|statusCode|url|text|json|contentType|\$metadata)$/;

/** The member that holds the stream. */
export const STREAM_BODY = /^(body|data)$/;

/** What is said of a body that is read by means that are not known. */
export const UNREADABLE = {
  code: 'CTM303',
  message: 'The body of this answer is read in a way that cannot be followed; move the request by hand',
} as const;
