/** Members of an HTTP response that say nothing about its body. */
export const RESPONSE_HEAD =
  /^(headers|ok|status|statusText|statusCode|url|redirected|type|json|config|request|contentType|header|error|get|charset|\$metadata)$/;

/** Members of a response that do not read its stream; what an error says is read whole. */
export const STREAM_HEAD = /^(headers|ok|status|statusText|statusCode|url|text|json|contentType|\$metadata)$/;

/** The member that holds the stream. */
export const STREAM_BODY = /^(body|data)$/;

/** What is said of an answer that a type of the program's own describes where it is read. */
export const TYPED = {
  code: 'CTM308',
  message:
    'A type of this program describes the legacy answer here; describe the Messages API in it, and move the request by hand',
} as const;

/** What is said of a body that is read by means that are not known. */
export const UNREADABLE = {
  code: 'CTM303',
  message: 'The body of this answer is read in a way that cannot be followed; move the request by hand',
} as const;
