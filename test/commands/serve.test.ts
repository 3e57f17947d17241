import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cli } from '../support/cli.js';
import { project } from '../support/project.js';

const BIN = fileURLToPath(new URL('../../bin/completions-to-messages.js', import.meta.url));
const BODY = JSON.stringify({
  model: 'claude-2',
  max_tokens_to_sample: 9,
  prompt: '\n\nHuman: [[say: Hello]]\n\nAssistant:',
});
const HEADERS = { 'x-api-key': 'any', 'anthropic-version': '2023-06-01' };

/** Starts `serve` on a free port and waits until it says where it listens. */
async function serve(
  cwd: string,
  ...args: string[]
): Promise<{ child: ChildProcess & { stdout: NodeJS.ReadableStream }; url: string; greeting: string }> {
  const child = spawn(process.execPath, [BIN, 'serve', '--port', '0', ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let greeting = '';
  for await (const piece of child.stderr as AsyncIterable<Buffer>) {
    greeting += piece.toString();
    if (greeting.includes('Ctrl+C')) break;
  }
  return { child, greeting, url: /http:\S+/.exec(greeting)?.[0] ?? '' };
}

async function ask(url: string): Promise<string> {
  const response = await fetch(`${url}/v1/complete`, { method: 'POST', headers: HEADERS, body: BODY });
  return ((await response.json()) as { completion: string }).completion;
}

describe('serve', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'answers until %s, and logs a line a request before it answers',
    async (signal) => {
      const { folder, read } = project({ 'requests.jsonl': '{"old":"line"}\n' });
      const { child, url, greeting } = await serve(folder, '--log', 'requests.jsonl');
      expect(greeting).toContain(`export ANTHROPIC_BASE_URL=${url} ANTHROPIC_API_KEY=any`);
      expect(greeting).not.toContain('not checked');
      expect(await ask(url)).toBe(' Hello');
      const [old, entry, rest] = read('requests.jsonl').split('\n');
      expect([old, rest]).toEqual(['{"old":"line"}', '']);
      expect(JSON.parse(entry ?? '')).toMatchObject({
        api: 'complete',
        conversation: { turns: [{ role: 'user' }] },
        answer: 'Hello',
      });
      child.kill(signal);
      expect(await once(child, 'exit')).toEqual([0, null]);
    },
  );

  it('logs to standard output, where nothing else is', async () => {
    const { child, url } = await serve(project({}).folder, '--log', '-');
    const printed = text(child.stdout);
    await ask(url);
    child.kill('SIGINT');
    expect(
      (await printed)
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { answer: string }).answer),
    ).toEqual(['Hello']);
  });

  it('says so when others than this machine can ask', async () => {
    const { greeting } = await serve(project({}).folder, '--host', '0.0.0.0');
    expect(greeting).toContain('keys are not checked');
  });

  it.each<[string[], string]>([
    [['--port', 'x'], '--port x is no port'],
    [['--port', '65536'], '--port 65536 is no port'],
    [['--port', '-1'], '--port -1 is no port'],
    [['--port', '1', '--port', '2'], '--port was given twice'],
    [['--port', '0', '--host', 'no.such.host.invalid'], 'Cannot listen on no.such.host.invalid:0'],
    [['--port', '0', '--log', 'no/such/folder'], '--log no/such/folder cannot be written'],
    [['elsewhere'], 'Unknown argument: elsewhere'],
  ])('%j ends with exit code 2 and a sentence', async (args, message) => {
    const run = await cli(project({}).folder, ['serve', ...args]);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(message);
    expect(run.stderr).not.toMatch(/^\s+at /m);
  });

  it('a port that is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => {
      taken.close();
    });
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const run = await cli(project({}).folder, ['serve', '--port', String(port)]);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(`Cannot listen on 127.0.0.1:${port}: the port is taken`);
  });
});
