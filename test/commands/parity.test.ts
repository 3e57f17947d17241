import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sdk } from '../parity/sdk.js';
import { cli, type CliRun } from '../support/cli.js';
import { project, type TestProject } from '../support/project.js';

const MAIN = `import Anthropic, { AI_PROMPT, HUMAN_PROMPT } from '@anthropic-ai/sdk';

const client = new Anthropic();
const answer = await client.completions.create({
  model: 'claude-2.1',
  max_tokens_to_sample: 300,
  prompt: \`You write poems.\${HUMAN_PROMPT} A haiku about \${process.argv[2] ?? 'rain'}, please.\${AI_PROMPT}\`,
});
console.log(answer.completion);
`;

/** A program with an SDK among its installed packages. */
function program(
  files: Readonly<Record<string, string>> = {},
  { declared = '^0.20.0', installed = '0.20.0', git = false } = {},
): TestProject {
  const manifest = JSON.stringify({ type: 'module', dependencies: { '@anthropic-ai/sdk': declared } });
  const made = project(
    { 'package.json': manifest, 'main.js': MAIN, '.gitignore': 'node_modules\n', ...files },
    { git },
  );
  mkdirSync(join(made.folder, 'node_modules/@anthropic-ai'), { recursive: true });
  symlinkSync(sdk(installed).folder, join(made.folder, 'node_modules/@anthropic-ai/sdk'), 'junction');
  return made;
}

function parity({ folder }: TestProject, ...command: string[]): Promise<CliRun> {
  return cli(folder, ['parity', '--', ...command]);
}

describe('parity', { timeout: 120_000 }, () => {
  it('a program that asks and prints the same is equal, and its own tree stays as it was', async () => {
    const tree = program({}, { git: true });
    const run = await parity(tree, 'node', 'main.js', '--', '007');
    expect(run).toEqual({
      exitCode: 0,
      stderr: '',
      stdout: `before  exit code 0, 1 request
after   exit code 0, 1 request

Equal: the model was asked the same, and the command printed and returned the same.
`,
    });
    expect(tree.read('main.js')).toBe(MAIN);
    expect(tree.git('status', '--short')).toBe('?? .gitignore\n?? main.js\n?? package.json\n');
  });

  it('tells what was asked, printed and returned otherwise', async () => {
    const reads =
      "import { readFileSync } from 'node:fs';\nconst legacy = readFileSync('main.js', 'utf8').includes('completions' + '.create');\n";
    const source = `${reads}${MAIN.replace("'rain'", "(legacy ? 'rain' : 'snow')")}process.exitCode = legacy ? 0 : 3;\nif (!legacy) console.error('No rain.');\n`;
    const run = await parity(program({ 'main.js': source }), 'node', 'main.js');
    expect(run.exitCode).toBe(1);
    expect(run.stdout.replace(/Answer \w+/g, 'Answer')).toBe(`before  exit code 0, 1 request
after   exit code 3, 1 request

request 1: the conversation differs
    system: You write poems.
  - user: A haiku about rain, please.
  + user: A haiku about snow, please.

the program printed something else
  -  Answer to 1 turn and a system prompt. The last turn began "A haiku about rain, please.".
  + Answer to 1 turn and a system prompt. The last turn began "A haiku about snow, please.".

the program ended differently
  - exit code 0
  + exit code 3

on standard error, after migration
  No rain.

Different in 3 things; - is before, + is after.
`);
  });

  it('runs in the folder that it was called in, with the rest of the repository around it', async () => {
    const tree = program(
      { 'apps/one/run.js': "import '../../main.js';\nconsole.log(process.cwd());\n" },
      { git: true },
    );
    rmSync(join(tree.folder, 'main.js'));
    tree.write('apps/one/lib/main.js', MAIN);
    tree.write('apps/one/run.js', "import './lib/main.js';\n");
    expect(await cli(join(tree.folder, 'apps/one'), ['parity', '--', 'node', 'run.js'])).toMatchObject({ exitCode: 0 });
  });

  it('prints a report for programs', async () => {
    const tree = program();
    const run = await cli(tree.folder, ['parity', '--report', 'json=out.json', '--', 'node', 'main.js']);
    expect(run.stdout).toContain('Equal');
    expect(JSON.parse(tree.read('out.json'))).toMatchObject({
      schemaVersion: 1,
      command: 'parity',
      exitCode: 0,
      differences: [],
      before: { end: { kind: 'exit', code: 0 }, requests: [{ api: 'complete' }] },
      after: { end: { kind: 'exit', code: 0 }, requests: [{ api: 'messages' }] },
    });
  });

  it('takes two prepared folders, and writes to neither', async () => {
    const before = program();
    const after = program({ 'main.js': MAIN }, { installed: '1.11.0', declared: '^1.11.0' });
    await cli(after.folder, ['--allow-dirty']);
    const run = await cli(project({}).folder, [
      'parity',
      '--before',
      before.folder,
      '--after',
      after.folder,
      '--',
      'node',
      'main.js',
    ]);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(before.read('main.js')).toBe(MAIN);
  });
});

describe('parity that cannot be', { timeout: 120_000 }, () => {
  it.each<[string, string[], string]>([
    ['no command', [], 'Which command?'],
    ['a command that is not there', ['no-such-command'], 'The command could not be started'],
    ['a command that fails', ['node', 'nowhere.js'], 'it asked the server nothing (exit code 1)'],
    [
      'a command that asks nothing',
      ['node', '-e', '0'],
      'it asked the server nothing (exit code 0)\nChoose a command that calls the API',
    ],
    [
      'a command in one word',
      ['node nowhere.js'],
      'there is no "node nowhere.js"; after the two dashes, its words stand one by one',
    ],
  ])('%s', async (_, command, message) => {
    const run = await parity(program(), ...command);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(message);
  });

  it('a legacy half whose requests are refused', async () => {
    const run = await parity(program({ 'main.js': MAIN.replace('AI_PROMPT}', 'HUMAN_PROMPT}') }), 'node', 'main.js');
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('the server answered none of its requests');
    expect(run.stderr).toContain('refused: 400 invalid_request_error: prompt must end with');
  });

  it('a program without anything legacy', async () => {
    const run = await parity(program({ 'main.js': 'console.log(1);\n' }), 'node', 'main.js');
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('nothing to migrate');
  });

  it('an SDK that is not installed, too old once migrated, or too new to start with', async () => {
    const bare = program();
    rmSync(join(bare.folder, 'node_modules'), { recursive: true });
    expect((await parity(bare, 'node', 'main.js')).stderr).toContain('@anthropic-ai/sdk is not installed');

    const old = await parity(program({}, { declared: '^0.6.8', installed: '0.6.8' }), 'node', 'main.js');
    expect(old.exitCode).toBe(2);
    expect(old.stderr).toContain(
      'once migrated, package.json asks for @anthropic-ai/sdk ^0.137.0, but 0.6.8 is installed',
    );
    expect(old.stderr).toContain('completions-to-messages parity --before ../before --after ../after -- COMMAND');

    const current = await parity(program({}, { declared: '^1.0.0', installed: '1.11.0' }), 'node', 'main.js');
    expect(current.stderr).toContain('The legacy half cannot run: @anthropic-ai/sdk 1.11.0 is installed');
  });

  it.each<[string[], string]>([
    [['--before', '.'], '--before and --after belong together'],
    [['--before', '.', '--after', 'nowhere'], '--after nowhere is no folder'],
    [['--timeout', '0'], '--timeout 0 is no number above zero'],
    [['--max-output', 'much'], '--max-output much is no number above zero'],
    [['--report', 'xml'], 'Unknown report format'],
    [['node', 'main.js'], 'Unknown arguments: node, main.js'],
  ])('%j', async (args, message) => {
    const run = await cli(program().folder, ['parity', ...args, '--', 'node', 'main.js']);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(message);
  });

  it('a command that hangs, which is ended', async () => {
    const run = await cli(program().folder, [
      'parity',
      '--timeout',
      '1.5',
      '--',
      'node',
      '-e',
      'setInterval(() => {}, 1000)',
    ]);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('it did not come to an end (ended at the time-out)\n--timeout allows more seconds.');
  });
});

it('leaves no copy behind', { timeout: 120_000 }, async () => {
  const temporary = project({});
  const tree = program();
  await cli(tree.folder, ['parity', '--', 'node', 'main.js'], {
    env: { TMPDIR: temporary.folder, TEMP: temporary.folder },
  });
  await cli(tree.folder, ['parity', '--', 'node', 'nowhere.js'], {
    env: { TMPDIR: temporary.folder, TEMP: temporary.folder },
  });
  expect(readdirSync(temporary.folder)).toEqual([]);
});
