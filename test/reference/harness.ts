import { afterAll, beforeAll } from 'vitest';
import type { LogEntry } from '../../src/reference/log.js';
import { startReferenceServer, type ReferenceServer, type ServerOptions } from '../../src/reference/server.js';

export interface RunningServer {
  readonly url: string;
  /** The log since the start. */
  readonly entries: readonly LogEntry[];
  /** Posts JSON, or text as it is, with a key and version 2023-06-01 unless `headers` say otherwise. */
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

/** A server that lives as long as the tests of the file. */
export function referenceServer(options: ServerOptions = {}): RunningServer {
  const entries: LogEntry[] = [];
  let server: ReferenceServer | undefined;
  beforeAll(async () => {
    server = await startReferenceServer({ log: (entry) => entries.push(entry), ...options });
  });
  afterAll(() => server?.close());
  return {
    get url() {
      return server?.url ?? '';
    },
    entries,
    post: (path, body, headers = {}) =>
      fetch(`${server?.url}${path}`, {
        method: 'POST',
        headers: {
          'x-api-key': 'key',
          'anthropic-version': '2023-06-01',
          'content-type': 'application/json',
          ...headers,
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  };
}

/** A valid legacy body. */
export function legacyBody(prompt: string, rest: object = {}): object {
  return { model: 'claude-2.1', max_tokens_to_sample: 100, prompt, ...rest };
}

/** A valid Messages body with one user message. */
export function messagesBody(content: unknown, rest: object = {}): object {
  return { model: 'claude-sonnet-4-6', max_tokens: 100, messages: [{ role: 'user', content }], ...rest };
}

/** What the API says is wrong with a request. */
export async function refusal(response: Response): Promise<{ status: number; type: string; message: string }> {
  const { error } = (await response.json()) as { error: { type: string; message: string } };
  return { status: response.status, ...error };
}
