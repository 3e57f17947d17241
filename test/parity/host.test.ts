import { afterAll, describe, expect, it } from 'vitest';
import { startHosts } from './host.js';
import { runProgram, type RunProgram } from './run-program.js';
import { sdk } from './sdk.js';

const hosts = startHosts();
afterAll(() => {
  hosts.close();
});

const MANIFEST = JSON.stringify({ type: 'module' });
const ASK = `import Anthropic from '@anthropic-ai/sdk';
const client = new Anthropic();
const ask = async (text: string) => (await client.completions.create({ model: 'claude-2', max_tokens_to_sample: 9, prompt: '\\n\\nHuman: [[say: ' + text + ']]\\n\\nAssistant:' })).completion;
`;

/** Both on an SDK that reads the address of the server and on one that has to be led there. */
describe.each(['0.20.0', '0.6.8'])('a program that shares a process, on SDK %s', (version) => {
  const run = (source: string, runWith: RunProgram = hosts.run, env: Record<string, string> = {}) =>
    runWith(
      {
        files: new Map([
          ['package.json', MANIFEST],
          ['main.ts', source],
        ]),
        entry: 'main.ts',
        env,
      },
      sdk(version),
    );

  it.each([
    ['that awaits', "console.log(await ask('one'), process.env.ANTHROPIC_BASE_URL, import.meta.url);"],
    ['that goes on after its last line', "void ask('two').then((text) => setTimeout(() => console.log(text), 20));"],
    ['with an exit code', "console.error(await ask('three'));\nconsole.log('printed');\nprocess.exitCode = 3;"],
    [
      'with an environment',
      "process.stdout.write((await ask('four')) + Object.keys(process.env).length + process.env.EXTRA + process.cwd() + process.argv[1]);",
    ],
    ['that prints bytes', "process.stdout.write(Buffer.from(await ask('five')), () => console.log('done'));"],
  ])('%s is seen as in a process of its own', async (_, source) => {
    const [alone, shared] = [
      await run(ASK + source, runProgram, { EXTRA: 'x' }),
      await run(ASK + source, hosts.run, { EXTRA: 'x' }),
    ];
    expect(alone.requests).toHaveLength(1);
    expect(shared).toEqual(alone);
  });

  it.each([
    ['that exits', 'process.exit(0);'],
    ['that throws', "throw new Error('no');"],
    ['that throws later', "setTimeout(() => { throw new Error('no'); }, 5);"],
    ['whose promise is rejected', "void Promise.reject(new Error('no'));"],
    ['that waits for what never comes', 'await new Promise(() => {});'],
    ['that prints when it exits', "process.on('exit', () => console.log('bye'));"],
    ['that prints when nothing is left to do', "process.once('beforeExit', () => console.log('bye'));"],
    ['that prints past the console', "(await import('node:fs')).writeSync(1, 'past');"],
    ['that ends its output', "process.stdout.end('all');"],
  ])('one %s needs its own', async (_, source) => {
    expect((await run(`console.log('begun');\n${source}`)).end.kind).toBe('not-started');
    expect((await run("console.log('next');")).stdout).toBe('next\n');
  });

  it('one leaves nothing to the next', async () => {
    const source =
      "globalThis.left = 1;\nglobalThis.fetch = () => {};\nconsole.log = () => {};\nprocess.env.LEFT = '1';\nprocess.exitCode = 4;\n";
    await run(source);
    const next = await run(`${ASK}console.log(typeof globalThis.left, process.env.LEFT, await ask('six'));`);
    expect(next).toMatchObject({ stdout: 'undefined undefined  six\n', end: { kind: 'exit', code: 0 } });
  });
});
