import { invalidRequest } from './api-error.js';

const VERSIONS = ['2023-01-01', '2023-06-01', '2026-10-21'] as const;

/** A version of the API, as the header `anthropic-version` names it. */
export type ApiVersion = (typeof VERSIONS)[number];

/**
 * The version that a request asks for.
 * Without the header the legacy API answered as 2023-01-01; Messages has always wanted the header.
 * @throws ApiError for an unknown version, or for none on Messages
 */
export function apiVersion(header: string | undefined, api: 'complete' | 'messages'): ApiVersion {
  if (header === undefined || header === '') {
    if (api === 'complete') return '2023-01-01';
    throw invalidRequest('anthropic-version: header is required');
  }
  const known = VERSIONS.find((version) => version === header);
  if (known === undefined) throw invalidRequest(`anthropic-version: "${header}" is not a valid version`);
  return known;
}
