import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startReferenceServer } from '../../src/reference/server.js';
import { sdk } from '../parity/sdk.js';
import { cli } from '../support/cli.js';
import { project, type TestProject } from '../support/project.js';

const page = readFileSync(new URL('../../docs/reference-server.md', import.meta.url), 'utf8');
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** The commands of a text's `console` blocks, each with what is printed under it. */
function transcript(text: string): readonly { readonly command: string; readonly printed: string }[] {
  return [...text.matchAll(/^```console\n(.*?)^```$/gms)].flatMap(([, block = '']) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((part) => {
        const [, command = '', printed = ''] = /^((?:[^'\n]|'[^']*')*)\n(.*)$/s.exec(part) ?? [];
        return { command, printed };
      }),
  );
}

/** What a page says is printed for the command that begins so. */
function printedFor(
  text: string,
  beginning: string,
): readonly { readonly command: string; readonly printed: string }[] {
  const found = transcript(text).filter(({ command }) => command.startsWith(beginning));
  if (found.length === 0) throw new Error(`no command ${beginning}`);
  return found;
}

const HAIKU = /^```js main\.js\n(.*?)^```$/ms.exec(readme)?.[1] ?? '';
/** Moved with a mistake: the system text stands in the question. */
const BY_HAND = `import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic();
const answer = await client.messages.create({
  model: 'claude-sonnet-4-6',
  max_tokens: 300,
  messages: [{ role: 'user', content: \`You write poems. A haiku about \${process.argv[2]}, please.\` }],
});
console.log(answer.content[0].text);
`;

function haiku(source: string): TestProject {
  const manifest = JSON.stringify({ type: 'module', dependencies: { '@anthropic-ai/sdk': '^0.20.0' } });
  const made = project({ 'package.json': manifest, 'main.js': source });
  mkdirSync(join(made.folder, 'node_modules/@anthropic-ai'), { recursive: true });
  symlinkSync(sdk('0.20.0').folder, join(made.folder, 'node_modules/@anthropic-ai/sdk'), 'junction');
  return made;
}

describe('what the pages show is what is printed', { timeout: 120_000 }, () => {
  it.each([
    ['docs/reference-server.md', page],
    ['README.md', readme],
  ])('curl, and the log: %s', async (_, text) => {
    const log: string[] = [];
    const server = await startReferenceServer({ log: (entry) => log.push(`${JSON.stringify(entry)}\n`) });
    for (const { command, printed } of printedFor(text, 'curl')) {
      const { stdout } = await promisify(execFile)('sh', ['-c', command], {
        env: { ...process.env, ANTHROPIC_BASE_URL: server.url },
      });
      expect(`${stdout}\n`).toBe(printed);
    }
    await server.close();
    for (const { printed } of transcript(text).filter(({ command }) => command.startsWith('head')))
      expect(log[0]).toBe(printed);
  });

  it.each([
    ['docs/reference-server.md', page],
    ['README.md', readme],
  ])('parity: %s', async (_, text) => {
    for (const { command, printed } of printedFor(text, 'completions-to-messages parity')) {
      const [legacy, byHand] = [haiku(HAIKU), haiku(BY_HAND)];
      const args = command
        .split(' ')
        .slice(1)
        .map((arg) => ({ '../legacy': legacy.folder, '../by-hand': byHand.folder })[arg] ?? arg);
      expect((await cli(legacy.folder, args)).stdout).toBe(printed);
    }
  });
});
