import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MAX_BODY_BYTES } from './body.js';
import { handle } from './handler.js';
import type { LogEntry } from './log.js';
import { send } from './send.js';

export interface ServerOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly host?: string;
  /** Gets an entry for each request to a path of the API, before its answer is sent. */
  readonly log?: (entry: LogEntry) => void;
  readonly maxBodyBytes?: number;
}

export interface ReferenceServer {
  /** What `ANTHROPIC_BASE_URL` should be. */
  readonly url: string;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/**
 * Starts the reference implementation of the Text Completions and the Messages API.
 * @throws the error of `listen`, such as EADDRINUSE
 */
export async function startReferenceServer(options: ServerOptions = {}): Promise<ReferenceServer> {
  const { port = 0, host = '127.0.0.1', log = () => undefined, maxBodyBytes = MAX_BODY_BYTES } = options;
  let sequence = 0;
  const server = createServer((request, response) => {
    void respond(request, response, ++sequence);
  });

  async function respond(request: IncomingMessage, response: ServerResponse, number: number): Promise<void> {
    try {
      await send(await handle(request, number, { maxBodyBytes, log }), response);
    } catch {
      // The client hung up. Others are served on.
      response.destroy();
    }
  }

  server.listen(port, host);
  await once(server, 'listening');
  return {
    url: urlOf(server.address() as AddressInfo),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
