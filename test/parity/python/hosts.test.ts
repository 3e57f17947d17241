import { afterAll, describe, expect, it } from 'vitest';
import { startPythonHosts } from './hosts.js';
import { runPython } from './run-python.js';
import { isSkipped } from './skipped.js';
import { pythonSdk } from './venv.js';

const hosts = startPythonHosts();
afterAll(() => hosts.close());

const ASK = `import asyncio, atexit, os, sys, threading, time
import anthropic
ask = lambda text: anthropic.Anthropic().completions.create(model="claude-2", max_tokens_to_sample=9, prompt="\\n\\nHuman: [[say: " + text + "]]\\n\\nAssistant:").completion
`;

describe.skipIf(isSkipped)('a program that is run in a fork', { timeout: 600_000 }, () => {
  it.each([
    ['that prints', 'print(ask("one"), __name__, __file__, sys.argv, sys.path[0], os.getcwd())'],
    ['that ends with a code', 'print(ask("two"))\nsys.exit(3)'],
    ['that fails', 'print(ask("three"))\nraise ValueError("no")'],
    ['that is killed', 'print(ask("four"), flush=True)\nos.kill(os.getpid(), 9)'],
    [
      'that has threads and exit handlers',
      'threading.Thread(target=lambda: (time.sleep(0.1), print(ask("five")))).start()\natexit.register(lambda: print("bye"))',
    ],
    ['that is asynchronous', 'async def main():\n    print(ask("six"))\nasyncio.run(main())'],
    [
      'that prints in other ways',
      'os.write(1, ask("seven").encode())\nos.system("echo shell")\nprint("é", file=sys.stderr)',
    ],
    ['that reads', 'print(ask("eight"), sys.stdin.read())'],
    [
      'with an environment',
      'print(ask("nine"), sorted(name for name in os.environ if name not in ("LC_CTYPE", "_")), os.environ["EXTRA"])',
    ],
    ['that imports what lies beside it', 'import beside\nprint(ask(beside.TEXT))'],
  ])('%s is seen as in a process of its own', async (_, source) => {
    const files = new Map([
      ['src/main.py', ASK + source],
      ['src/beside.py', 'TEXT = "ten"\n'],
    ]);
    const program = { files, entry: 'src/main.py', env: { EXTRA: 'x' } };
    const [alone, forked] = [
      await runPython(program, pythonSdk('0.39.0')),
      await hosts.run(program, pythonSdk('0.39.0')),
    ];
    const withoutTraceback = ({ stderr, ...run }: typeof alone) => ({ ...run, stderr: stderr.split('\n').at(-2) });
    expect(alone.requests).toHaveLength(1);
    expect(withoutTraceback(forked)).toEqual(withoutTraceback(alone));
  });

  it('leaves nothing to the next', async () => {
    const run = (source: string) =>
      hosts.run({ files: new Map([['main.py', ASK + source]]), entry: 'main.py' }, pythonSdk('0.39.0'));
    await run('anthropic.Anthropic = None\nsys.modules["left"] = sys\nos.environ["LEFT"] = "1"\n');
    expect((await run('print(ask("eleven"), "left" in sys.modules, os.environ.get("LEFT"))')).stdout).toBe(
      ' eleven False None\n',
    );
  });
});
