import { describe, expect, it } from 'vitest';
import { discover } from '../../src/discover/discover.js';
import { findImporters } from '../../src/discover/importers.js';
import { projectFiles } from '../../src/project-files.js';
import { LANGUAGES } from '../../transforms/languages.js';
import type { Importers } from '../../transforms/transform.js';
import { project } from '../support/project.js';

async function importersIn(folder: string, paths: readonly string[] = []): Promise<Importers> {
  const [language] = LANGUAGES;
  if (!language) throw new Error('no language');
  const { root, candidates, everyPath, isTarget } = await discover({
    paths,
    include: [],
    exclude: [],
    cwd: folder,
    languages: [language],
  });
  const { read } = projectFiles(root.folder, candidates);
  const importing = await language.importing?.();
  if (!importing) throw new Error('nothing is known of its imports');
  return findImporters(language, importing, {
    root: root.folder,
    paths: await everyPath(),
    candidates,
    read,
    isTarget,
  });
}

const pathsOf = ({ files }: Importers) => files.map(({ path }) => path);

const TREE = {
  'package.json': '{ "name": "app", "imports": { "#ask": "./src/llm/claude.ts" } }',
  'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
  'src/llm/claude.ts': "import Anthropic from '@anthropic-ai/sdk';",
  'src/llm/index.ts': "export * from './claude.js';",
  'src/relative.ts': "import { ask } from './llm/claude';",
  'src/folder.ts': "import { ask } from './llm';",
  'src/aliased.ts': "import { ask } from '@/llm/claude';",
  'src/subpath.ts': "import { ask } from '#ask';",
  'src/required.js': "const { ask } = require('./llm/claude');",
  'src/lazily.ts': "const { ask } = await import('./llm/claude.js');",
  'src/far.ts': "import { run } from './folder.js';",
  'src/widget.vue': "<script>import { ask } from './llm/claude'</script>",
  'src/same-name.ts': "import { ask } from './other/claude.js';",
  'src/other.ts': "import { readFile } from 'node:fs/promises';",
  'ignored/by-git.ts': "import { ask } from '../src/llm/claude.js';",
  '.gitignore': 'ignored/\n',
};

const FOUND = [
  'src/aliased.ts',
  'src/far.ts',
  'src/folder.ts',
  'src/lazily.ts',
  'src/llm/index.ts',
  'src/relative.ts',
  'src/required.js',
  'src/subpath.ts',
  'src/widget.vue',
];

describe.each([
  ['in a git repository', true],
  ['without git', false],
])('importers of candidates %s', (_name, git) => {
  it('are found by every way to name a module, and no file that only names another of the same name', async () => {
    const found = await importersIn(project(TREE, { git }).folder);
    expect(pathsOf(found)).toEqual(FOUND);
    expect(found.reach).toBe('all');
    expect(found.files.filter(({ isTarget }) => !isTarget).map(({ path }) => path)).toEqual(['src/widget.vue']);
  });

  it('are found outside of what was asked for, and not edited there', async () => {
    const found = await importersIn(project(TREE, { git }).folder, ['src/llm']);
    expect(pathsOf(found)).toEqual(FOUND);
    expect(found.files.filter(({ isTarget }) => isTarget).map(({ path }) => path)).toEqual(['src/llm/index.ts']);
  });
});

it('a package of the repository is imported by its name', async () => {
  const { folder } = project({
    'packages/llm/package.json': '{ "name": "@acme/models", "main": "src/claude.ts" }',
    'packages/llm/src/claude.ts': "import Anthropic from '@anthropic-ai/sdk';",
    'packages/web/src/page.ts': "import { ask } from '@acme/models';",
    'packages/web/src/deep.ts': "import { ask } from '@acme/models/client';",
    'packages/web/src/none.ts': "import { ask } from '@acme/other';",
  });
  expect(pathsOf(await importersIn(folder))).toEqual(['packages/web/src/deep.ts', 'packages/web/src/page.ts']);
});

it('only those that can name an export are kept where there are too many', async () => {
  const far = Array.from({ length: 450 }, (_, index) => [`src/far${index}.ts`, "import { run } from './near.js';"]);
  const { folder } = project({
    'src/claude.ts': "import Anthropic from '@anthropic-ai/sdk';",
    'src/near.ts': "import { ask } from './claude.js';\nfunction run() {}",
    ...(Object.fromEntries(far) as Record<string, string>),
  });
  const found = await importersIn(folder);
  expect(found.reach).toBe('direct');
  expect(pathsOf(found)).toEqual(['src/near.ts']);
});

it('nobody is known where too many name an export', async () => {
  const near = Array.from({ length: 450 }, (_, index) => [`src/near${index}.ts`, "import { ask } from './claude.js';"]);
  const { folder } = project({
    'src/claude.ts': "import Anthropic from '@anthropic-ai/sdk';",
    ...(Object.fromEntries(near) as Record<string, string>),
  });
  expect(await importersIn(folder)).toEqual({ files: [], reach: 'unknown' });
});
