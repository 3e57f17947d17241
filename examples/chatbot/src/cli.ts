import { createInterface } from 'node:readline/promises';
import { Assistant } from './assistant.js';
import { claude } from './claude.js';
import type { Turn } from './history.js';
import { shorten } from './summarizer.js';

const assistant = new Assistant(claude);
const terminal = createInterface({ input: process.stdin, output: process.stdout });
let history: readonly Turn[] = [];

for await (const line of terminal) {
  const question = line.trim();
  if (!question) continue;
  history = await shorten([...history, { from: 'customer', text: question }]);

  let text = '';
  for await (const piece of assistant.stream(history)) {
    text += piece;
    process.stdout.write(piece);
  }
  process.stdout.write('\n');
  history = [...history, { from: 'assistant', text: text.trim() }];
}
