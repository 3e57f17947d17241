import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { AI_PROMPT, HUMAN_PROMPT } from '@anthropic-ai/sdk';
import { Assistant } from './assistant.js';
import { claude, isTemporary } from './claude.js';
import { CHAT_MODEL, PORT } from './config.js';
import type { Turn } from './history.js';
import { triage } from './triage.js';

const assistant = new Assistant(claude);

/** POST /chat answers a history, POST /ask streams the answer to one question as server-sent events. */
async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = JSON.parse(await read(request)) as { history: Turn[]; question: string };
  if (request.url === '/chat') {
    const [answer, { urgent }] = await Promise.all([assistant.reply(body.history), triage(body.history.at(-1)?.text ?? '')]);
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ ...answer, urgent }));
    return;
  }

  response.setHeader('content-type', 'text/event-stream');
  const stream = await claude.completions.create({
    model: CHAT_MODEL,
    max_tokens_to_sample: 300,
    prompt: `${HUMAN_PROMPT} ${body.question}${AI_PROMPT}`,
    stream: true,
  });
  request.on('close', () => stream.controller.abort());
  for await (const { completion, stop_reason } of stream) {
    response.write(`data: ${JSON.stringify({ text: completion })}\n\n`);
    if (stop_reason === 'max_tokens') response.write('event: cut\ndata: {}\n\n');
  }
  response.end();
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

createServer((request, response) => {
  handle(request, response).catch((error: unknown) => {
    console.error(error);
    response.writeHead(isTemporary(error) ? 503 : 500).end();
  });
}).listen(PORT, () => {
  console.log(`listening on port ${PORT}`);
});
