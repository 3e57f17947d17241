import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import type { Reply } from './reply.js';

/**
 * Sends a reply chunk by chunk, as fast as the client reads.
 * @throws where the client hangs up before the end
 */
export async function send(reply: Reply, response: ServerResponse): Promise<void> {
  response.writeHead(reply.status, reply.headers);
  await pipeline(Readable.from(oneByOne(reply.chunks)), response);
}

/** Each event leaves on its own, so that a client can hang up between two of them. */
async function* oneByOne(chunks: Reply['chunks']): AsyncGenerator<string | Uint8Array> {
  for (const chunk of chunks) {
    yield chunk;
    await setImmediate();
  }
}
