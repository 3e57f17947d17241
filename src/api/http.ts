/** The header that names the version of the API (API reference, Versioning). Legacy requests could leave it out; the Messages API wants it. */
export const VERSION_HEADER = 'anthropic-version';

/** The oldest version that has Messages: it keeps the sampling parameters of models that take them. */
export const VERSION = '2023-06-01';

/** The version that only the legacy API had. */
export const OLDEST_VERSION = '2023-01-01';

/** The header that the API documents for a key. */
export const KEY_HEADER = 'x-api-key';

/** The last segment of the legacy path, and of the path that replaces it. */
export const LEGACY_SEGMENT = 'complete';
export const MESSAGES_SEGMENT = 'messages';

/** The URL of the legacy API: with a host, or something in front that may be one. A path alone leads to a server of the program's own. */
export const LEGACY_URL = /^.+\/v1\/complete\/?(\?.*)?$/s;
