import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run } from '../src/pipeline.js';
import { LANGUAGES } from '../transforms/languages.js';
import { cli } from './support/cli.js';
import { project } from './support/project.js';
import { PACKAGE } from './commands/chat.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The text of the block whose fence says this. */
function block(fence: string): string {
  const [, text] = new RegExp(`^\`\`\`${fence}\n(.*?)^\`\`\`$`, 'ms').exec(readme) ?? [];
  if (text === undefined) throw new Error(`README.md has no block ${fence}`);
  return text;
}

describe('README', () => {
  it.each([
    ['ts', 'exact', { 'package.json': PACKAGE, 'a.ts': block('ts before') }],
    ['py', 'adjusted', { 'requirements.txt': 'anthropic>=1\n', 'a.py': block('py before') }],
  ])('shows what the tool makes of its example in %s', async (language, state, files) => {
    const { folder } = project(files);
    const result = await run({
      paths: [],
      include: [],
      exclude: [],
      cwd: folder,
      languages: LANGUAGES,
      models: { policy: 'parity', map: new Map() },
      safeOnly: false,
      sdk: undefined,
      progress: () => undefined,
    });
    expect(result.changes.find(({ path }) => path.startsWith('a.'))?.after).toBe(block(`${language} after`));
    expect(result.sites).toMatchObject([{ state }]);
  });

  it('shows the help as it is', async () => {
    expect((await cli(project({}).folder, ['--help'])).stdout).toBe(block('text help'));
  });

  it('prints the diff of its first command', async () => {
    expect(readme).toContain('npm ci && npx completions-to-messages --dry-run examples/chatbot\n');
    const root = new URL('..', import.meta.url).pathname;
    const { exitCode, stdout } = await cli(root, ['--dry-run', 'examples/chatbot']);
    expect(exitCode).not.toBe(2);
    expect(stdout).toMatch(/^diff --git a\/examples\/chatbot\//);
  });

  it('links to files that exist', () => {
    for (const [, path = ''] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g))
      expect(existsSync(new URL(`../${path}`, import.meta.url)), path).toBe(true);
  });
});
