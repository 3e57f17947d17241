import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { printDifferences } from '../../src/parity/print-differences.js';
import { overlay, readTree } from '../harness/files.js';
import { runTool } from '../harness/run-tool.js';
import { judge } from './judge.js';

const chatbot = readTree(fileURLToPath(new URL('../../examples/chatbot', import.meta.url)));

/** Uses every call of the example: whole, streamed, with a prefill, with a stop sequence, and over HTTP. */
const DRIVER = `import { once } from 'node:events';
import { createServer } from 'node:http';

const probe = createServer().listen(0);
await once(probe, 'listening');
process.env.PORT = String((probe.address() as { port: number }).port);
probe.close();
const { Assistant } = await import('./src/assistant.js');
const { claude } = await import('./src/claude.js');
const { shorten } = await import('./src/summarizer.js');
const { triage } = await import('./src/triage.js');

const history = [
  { from: 'customer', text: 'My chain is loose.' },
  { from: 'assistant', text: 'Bring it in.' },
  { from: 'customer', text: 'When are you open?' },
] as const;
const assistant = new Assistant(claude);
console.log(await assistant.reply(history));
for await (const piece of assistant.stream(history)) process.stdout.write(piece);
console.log('\\n', await triage('It is broken! [[say: "topic": "repair", "urgent": true}]]'));
const long = Array.from({ length: 5 }, () => history).flat();
console.log(await shorten([{ from: 'customer', text: '[[say: <summary>Chains.</summary> Done.]]' }, ...long]));

const log = console.log;
const listening = new Promise((resolve) => { console.log = resolve; });
await import('./src/server.js');
await listening;
const post = async (path: string, body: object) => {
  const response = await fetch(\`http://127.0.0.1:\${process.env.PORT}\${path}\`, { method: 'POST', body: JSON.stringify(body) });
  // The last legacy chunk has no text; Messages has no such piece.
  log(response.status, (await response.text()).replace('data: {"text":""}\\n\\n', ''));
};
await post('/ask', { question: 'How long is a chain?' });
await post('/ask', { question: \`[[say: \${'long '.repeat(400)}]]\` });
await post('/chat', { history: [{ from: 'customer', text: '[[say: "topic": "order", "urgent": false}]]' }] });
process.exit(0);
`;

it(
  'the chatbot asks and prints the same before and after its migration, on every SDK',
  { timeout: 120_000 },
  async () => {
    const input = overlay(chatbot, new Map([['main.ts', DRIVER]]));
    const { output } = await runTool(chatbot);
    const { before, verdicts } = await judge(input, output, { entry: 'main.ts', legacy: '0.20.0' });
    expect(before.end, before.stderr).toEqual({ kind: 'exit', code: 0 });
    expect(before.requests).toHaveLength(8);
    for (const { sdk, after, differences } of verdicts)
      expect(printDifferences(differences), `on ${sdk}\n${after.stderr}`).toBe('');
  },
);
