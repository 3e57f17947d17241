import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { observe, type Observation } from '../../src/parity/observe.js';

const BODY = { model: 'claude-2', max_tokens_to_sample: 9, prompt: '\n\nHuman: [[say: Hello]]\n\nAssistant:' };
const SETUP = `
const body = ${JSON.stringify(JSON.stringify(BODY))};
const headers = { 'x-api-key': 'k', 'anthropic-version': '2023-06-01' };
const show = (response) => { let text = ''; response.on('data', (piece) => text += piece).on('end', () => console.log(JSON.parse(text).completion)); };
`;

/** Runs a module with Node, in a folder of its own whose name holds a space. */
function node(
  source: string,
  rest: { name?: string; timeoutMs?: number; env?: NodeJS.ProcessEnv; maxOutputBytes?: number } = {},
): Promise<Observation> {
  const { name = 'main.mjs', timeoutMs = 20_000, env = {}, maxOutputBytes = 1_000_000 } = rest;
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'observe it-')));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  writeFileSync(join(folder, name), source);
  const command = {
    file: process.execPath,
    args: [name],
    cwd: folder,
    env: { PATH: process.env['PATH'], ...env },
    timeoutMs,
    maxOutputBytes,
  };
  return observe(command, folder);
}

describe('requests to the real API reach the reference server', () => {
  test.each([
    ['fetch', "show2(await fetch('https://api.anthropic.com/v1/complete', { method: 'POST', headers, body }))"],
    [
      'fetch of a URL',
      "show2(await fetch(new URL('https://api.anthropic.com/v1/complete'), { method: 'POST', headers, body }))",
    ],
    [
      'fetch of a Request',
      "show2(await fetch(new Request('https://api.anthropic.com/v1/complete', { method: 'POST', headers, body })))",
    ],
    [
      'https.request of a URL',
      "https.request('https://api.anthropic.com/v1/complete', { method: 'POST', headers }, show).end(body)",
    ],
    [
      'https.request of options',
      "https.request({ hostname: 'api.anthropic.com', path: '/v1/complete', method: 'POST', headers, agent: https.globalAgent }, show).end(body)",
    ],
    [
      'https.request without a callback',
      "https.request('https://api.anthropic.com/v1/complete', { method: 'POST', headers }).on('response', show).end(body)",
    ],
    [
      'a named import of https',
      "request(new URL('https://api.anthropic.com/v1/complete'), { method: 'POST', headers }, show).end(body)",
    ],
    [
      'the base URL',
      "show2(await fetch(process.env.ANTHROPIC_BASE_URL + '/v1/complete', { method: 'POST', headers, body }))",
    ],
  ])('%s', async (_, call) => {
    const source = `import https, { request } from 'node:https';\nconst show2 = async (response) => console.log((await response.json()).completion);\n${SETUP}${call};`;
    const { stdout, stderr, requests } = await node(source);
    expect(stderr).toBe('');
    expect(stdout).toBe(' Hello\n');
    expect(requests).toMatchObject([
      { api: 'complete', conversation: { turns: [{ role: 'user', text: '[[say: Hello]]' }] } },
    ]);
  });

  test('also in CommonJS, and for Bedrock', async () => {
    const url = 'https://bedrock-runtime.us-east-1.amazonaws.com/model/anthropic.claude-v2/invoke';
    const call = `require('https').request('${url}', { method: 'POST', headers: { authorization: 'x' } }, show).end(JSON.stringify({ prompt: ${JSON.stringify(BODY.prompt)} }));`;
    const { stdout, requests } = await node(`${SETUP}${call}`, { name: 'main.cjs' });
    expect(stdout).toBe(' Hello\n');
    expect(requests).toMatchObject([{ version: 'bedrock' }]);
  });

  test('options for Node that were there before stay', async () => {
    const { stdout } = await node('console.log(process.execArgv.length, process.env.NODE_OPTIONS)', {
      env: { NODE_OPTIONS: '--no-deprecation' },
    });
    expect(stdout).toMatch(/^0 --no-deprecation --require /);
  });

  test('a process without the address is left alone', async () => {
    const child =
      "import { execFileSync } from 'node:child_process';\nconst { ANTHROPIC_BASE_URL, ...env } = process.env;\n";
    const { stdout } = await node(
      `${child}console.log(execFileSync(process.execPath, ['-p', '1 + 1'], { env, encoding: 'utf8' }));`,
    );
    expect(stdout).toBe('2\n\n');
  });
});

describe('what differs between two runs by itself', () => {
  test('the address and the folder have names', async () => {
    const { stdout } = await node(
      "console.log(process.env.ANTHROPIC_BASE_URL, new URL(process.env.ANTHROPIC_BASE_URL).host, process.cwd() + '/x')",
    );
    expect(stdout).toBe('<server> <server> <folder>/x\n');
  });
});

describe('commands that do not end well', () => {
  test('an exit code, a signal, a command that is not there', async () => {
    expect((await node('process.exit(3)')).end).toEqual({ kind: 'exit', code: 3 });
    expect((await node("process.kill(process.pid, 'SIGTERM')")).end).toEqual({ kind: 'signal', signal: 'SIGTERM' });
    const command = { file: 'no-such-command', args: [], cwd: tmpdir(), env: {}, timeoutMs: 1000, maxOutputBytes: 10 };
    expect((await observe(command, tmpdir())).end).toEqual({
      kind: 'not-started',
      reason: expect.stringContaining('no-such-command') as string,
    });
  });

  /** Starts a second process that listens, prints its port, and goes on as `then` says. */
  const parent = (then: string) => `import { spawn } from 'node:child_process';
const listening = "const server = require('net').createServer().listen(0, '127.0.0.1', () => console.log(server.address().port))";
const child = spawn(process.execPath, ['-e', listening], { stdio: ['ignore', 'pipe', 'inherit'] });
child.stdout.on('data', (port) => { process.stdout.write(port); ${then} });`;

  test('one that hangs is ended with all that it started', async () => {
    const { end, stdout } = await node(parent(''), { timeoutMs: 3_000 });
    expect(end).toEqual({ kind: 'timeout' });
    expect(await isListening(Number(stdout))).toBe(false);
  });

  test('what a command leaves behind is ended with it', async () => {
    const { end, stdout } = await node(parent('process.exit(0);'));
    expect(end).toEqual({ kind: 'exit', code: 0 });
    expect(await isListening(Number(stdout))).toBe(false);
  });

  // Elsewhere nothing tells whose process it is.
  if (process.platform === 'linux')
    test('what it left in a session of its own is ended too, and holds nothing up', async () => {
      const source = parent('process.exit(0);').replace("'inherit'] }", "'inherit'], detached: true }");
      expect(source).toContain('detached');
      const { end, stdout } = await node(source, { timeoutMs: 3_000 });
      expect(end).toEqual({ kind: 'exit', code: 0 });
      expect(await isListening(Number(stdout))).toBe(false);
    });

  test('one that prints without end is ended', async () => {
    const { end, stdout } = await node("while (true) process.stdout.write('x'.repeat(1000));", {
      maxOutputBytes: 10_000,
    });
    expect(end).toEqual({ kind: 'output-limit' });
    expect(stdout.length).toBeLessThan(200_000);
  });
});

function isListening(port: number): Promise<boolean> {
  expect(port).toBeGreaterThan(0);
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
