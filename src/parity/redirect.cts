/**
 * Loaded into Node before a command's own code: what it sends to the real API goes to the reference server instead.
 * SDKs before 0.20 read no ANTHROPIC_BASE_URL, nor does code that calls the API itself.
 * CommonJS without anything new, as it has to load on whatever Node the command runs.
 */
import http = require('node:http');
import https = require('node:https');
import nodeModule = require('node:module');

const API = /^(?:api\.anthropic\.com|bedrock-runtime\.[\w-]+\.amazonaws\.com)$/;

const address = process.env['ANTHROPIC_BASE_URL'];
if (address !== undefined && address.startsWith('http://')) redirect(new URL(address));

function redirect(server: URL): void {
  const { fetch: originalFetch, Request: OriginalRequest } = globalThis;
  const { request: originalRequest, get: originalGet } = https;

  const redirectedFetch: typeof fetch = (input, init) => {
    const url = new URL(input instanceof OriginalRequest ? input.url : String(input));
    if (!API.test(url.hostname)) return originalFetch(input, init);
    const target = new URL(url.pathname + url.search, server);
    return originalFetch(input instanceof OriginalRequest ? new OriginalRequest(target, input) : target, init);
  };

  function redirected(
    args: readonly unknown[],
  ): [https.RequestOptions, ((response: http.IncomingMessage) => void)?] | undefined {
    const [first, second] = args;
    const url =
      typeof first === 'string' || first instanceof URL ? urlOptions(new URL(first)) : (first as https.RequestOptions);
    const options = { ...url, ...(url !== first && typeof second === 'object' ? second : {}) };
    if (!API.test(options.hostname ?? options.host ?? '')) return undefined;
    const target = {
      protocol: 'http:',
      host: server.hostname,
      hostname: server.hostname,
      port: server.port,
      agent: undefined,
    };
    const callback = args.find((each) => typeof each === 'function') as (response: http.IncomingMessage) => void;
    return [{ ...options, ...target }, callback];
  }

  if (typeof originalFetch === 'function') globalThis.fetch = redirectedFetch;
  https.request = (...args: unknown[]) => {
    const replacement = redirected(args);
    return replacement === undefined
      ? originalRequest(...(args as Parameters<typeof originalRequest>))
      : http.request(...replacement);
  };
  https.get = (...args: unknown[]) => {
    const replacement = redirected(args);
    return replacement === undefined
      ? originalGet(...(args as Parameters<typeof originalGet>))
      : http.get(...replacement);
  };
  nodeModule.syncBuiltinESMExports();
}

function urlOptions({ hostname, pathname, search }: URL): https.RequestOptions {
  return { hostname, path: pathname + search };
}
