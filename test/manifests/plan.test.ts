import { describe, expect, it } from 'vitest';
import { isManifest } from '../../src/manifests/plan.js';
import { project, textOf } from './project.js';

const SDK = '@anthropic-ai/sdk';
const BEDROCK = '@anthropic-ai/bedrock-sdk';
const ANY = { profile: '1.x', lowest: '0.14.0' };

describe('which paths are wanted', () => {
  it.each(['package.json', 'a/package.json', 'pnpm-workspace.yaml', '.yarnrc.yml', 'a/yarn.lock', 'bun.lockb'])(
    '%s',
    (path) => {
      expect(isManifest(path)).toBe(true);
    },
  );
  it.each(['my-package.json', 'package.json5', 'tsconfig.json', 'lock', 'a.yaml'])('not %s', (path) => {
    expect(isManifest(path)).toBe(false);
  });
});

describe('which manifest governs a file', () => {
  const tree = project({
    'package.json': { devDependencies: { [SDK]: '^0.30.0' } },
    'packages/a/package.json': { dependencies: { [SDK]: '^1.2.0' } },
    'packages/b/package.json': { dependencies: { react: '19' } },
    'packages/c/package.json': { dependencies: { [BEDROCK]: '^0.22.0' } },
  });

  it('is the nearest that depends on an SDK', () => {
    expect(tree.plan.sdkFor('packages/a/src/deep/x.ts')).toEqual({ profile: '1.x', lowest: '1.2.0' });
    expect(tree.plan.sdkFor('packages/b/src/x.ts')).toEqual({ profile: '0.x', lowest: '0.30.0' });
    expect(tree.plan.sdkFor('scripts/x.mjs')).toEqual({ profile: '0.x', lowest: '0.30.0' });
  });

  it('reads a Bedrock client by the SDK that it brings', () => {
    expect(tree.plan.sdkFor('packages/c/x.ts')).toEqual({ profile: '0.x', lowest: '0.50.3' });
  });

  it('takes nothing that does not lie above the file', () => {
    const other = project({ 'packages/a/package.json': { dependencies: { [SDK]: '^0.30.0' } } });
    expect(other.plan.sdkFor('packages/ab/x.ts')).toEqual(ANY);
    expect(other.plan.sdkFor('x.ts')).toEqual(ANY);
  });

  it('has no word on files of other languages', () => {
    expect(tree.plan.sdkFor('packages/a/main.go')).toEqual(ANY);
    expect(project({}).notes('main.go', 'run.sh')).toEqual([]);
  });
});

describe('one package in several sections', () => {
  it('has to work with the lowest of them and with the newest', () => {
    const library = project({
      'package.json': { peerDependencies: { [SDK]: '>=0.20' }, devDependencies: { [SDK]: '0.60.0' } },
    });
    expect(library.plan.sdkFor('x.ts')).toEqual({ profile: '1.x', lowest: '0.20.0' });
    expect(library.raised('x.ts')).toEqual({});
  });

  it('is raised in each', () => {
    const sections = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
    const content = Object.fromEntries(sections.map((section, at) => [section, { [SDK]: `^0.${at + 4}.0` }]));
    const tree = project({ 'package.json': content });
    const expected = Object.fromEntries(sections.map((section) => [section, { [SDK]: '^0.137.0' }]));
    expect(tree.raised('x.ts')).toEqual({ 'package.json': textOf(expected) });
    expect(tree.notes('x.ts')).toHaveLength(4);
  });
});

describe('raising', () => {
  it('changes only what governs the files that need it', () => {
    const tree = project({
      'package.json': { dependencies: { [SDK]: '^0.4.0' } },
      'a/package.json': { dependencies: { [SDK]: '~0.6.2' } },
      'b/package.json': { dependencies: { [SDK]: '0.9.0' } },
      'c/package.json': { dependencies: { [SDK]: '^0.14.0' } },
    });
    expect(tree.raised('a/x.ts', 'a/y.ts', 'c/x.ts')).toEqual({
      'a/package.json': textOf({ dependencies: { [SDK]: '~0.137.0' } }),
    });
    expect(tree.raised()).toEqual({});
    expect(tree.plan.sdkFor('a/x.ts')).toEqual({ profile: '0.x', lowest: '0.137.0', declared: '0.6.2' });
  });

  it('gives the same answer twice', () => {
    const tree = project({ 'package.json': { dependencies: { [SDK]: '^0.4.0' } } });
    expect(tree.raised('x.ts')).toEqual(tree.raised('x.ts'));
    const again = project({ 'package.json': tree.raised('x.ts')['package.json'] });
    expect(again.raised('x.ts')).toEqual({});
    expect(again.notes('x.ts')).toEqual([]);
  });

  it('goes to the newest 1.x where the user asks for it', () => {
    const tree = project(
      { 'package.json': { dependencies: { [SDK]: '^0.4.0', [BEDROCK]: '^0.1.0' } } },
      { sdk: '1.x' },
    );
    expect(tree.raised('x.ts')).toEqual({
      'package.json': textOf({ dependencies: { [SDK]: '^1.11.0', [BEDROCK]: '^1.1.2' } }),
    });
  });

  it('keeps white space, key order, escapes, CRLF and a byte order mark', () => {
    const text = `\uFEFF{\r\n\t"dependencies" : {"zod":"3",  "${SDK}":"^0.\\u0035.0" , "a" : "1"} ,\r\n\t"name":"\\u00e9"\r\n}`;
    const tree = project({ 'package.json': text });
    expect(tree.raised('x.ts')).toEqual({ 'package.json': text.replace('^0.\\u0035.0', '^0.137.0') });
  });

  it('keeps an npm: alias', () => {
    const tree = project({ 'package.json': { dependencies: { [SDK]: `npm:${SDK}@^0.9.0` } } });
    expect(tree.raised('x.ts')).toEqual({ 'package.json': textOf({ dependencies: { [SDK]: `npm:${SDK}@^0.137.0` } }) });
  });

  it('leaves a package under another name, which no import of the SDK leads to', () => {
    const only = project({ 'package.json': { dependencies: { claude: `npm:${SDK}@0.9.0` } } });
    expect(only.raised('x.ts')).toEqual({});
    const beside = project({ 'package.json': { dependencies: { [SDK]: '^1.0.0', old: `npm:${SDK}@0.9.0` } } });
    expect(beside.raised('x.ts')).toEqual({});
    expect(beside.plan.sdkFor('x.ts')).toEqual({ profile: '1.x', lowest: '1.0.0' });
  });
});

describe('overrides', () => {
  it.each([
    [{ overrides: { [SDK]: '0.30.0' } }],
    [{ overrides: { [SDK]: { '.': '0.30.0' } } }],
    [{ pnpm: { overrides: { [SDK]: '0.30.0' } } }],
    [{ resolutions: { [SDK]: '0.30.0' } }],
    [{ resolutions: { [`**/${SDK}`]: '0.30.0' } }],
  ])('win over the range: %j', (root) => {
    const tree = project({ 'package.json': root, 'a/package.json': { dependencies: { [SDK]: '^0.5.0' } } });
    expect(tree.plan.sdkFor('a/x.ts')).toEqual({ profile: '0.x', lowest: '0.30.0' });
    expect(tree.raised('a/x.ts')).toEqual({});
  });

  it('go up together with the range that they override', () => {
    const tree = project({
      'package.json': { overrides: { [SDK]: '0.9.0' } },
      'a/package.json': { dependencies: { [SDK]: '^0.9.0' } },
    });
    expect(tree.raised('a/x.ts')).toEqual({
      'package.json': textOf({ overrides: { [SDK]: '0.137.0' } }),
      'a/package.json': textOf({ dependencies: { [SDK]: '^0.137.0' } }),
    });
  });

  it.each([
    [{ overrides: { [SDK]: `$${SDK}` } }],
    [{ overrides: { langchain: { [SDK]: '0.5.0' } } }],
    [{ overrides: { [`${SDK}@^0.5`]: '0.5.1' } }],
    [{ resolutions: { [`langchain/${SDK}`]: '0.5.0' } }],
    [{ pnpm: { overrides: { [`langchain>${SDK}`]: '0.5.0' } } }],
    [{ overrides: { '@anthropic-ai/sdk-extra': '0.5.0' } }],
  ])('that concern something else are left: %j', (root) => {
    const tree = project({ 'package.json': { ...root, dependencies: { [SDK]: '^0.20.0' } } });
    expect(tree.plan.sdkFor('x.ts')).toEqual({ profile: '0.x', lowest: '0.20.0' });
    expect(tree.raised('x.ts')).toEqual({});
  });
});

describe('notes', () => {
  it('says where the range is, why it goes up and what to run', () => {
    const tree = project({
      'package.json': {},
      'yarn.lock': '',
      'web/package-lock.json': '',
      'web/package.json': { dependencies: { [SDK]: '^0.4.3' } },
      'api/package.json': { dependencies: { [BEDROCK]: '0.6.0' } },
    });
    expect(tree.plan.raise(['web/x.ts', 'api/x.ts']).notes.map(({ message }) => message)).toEqual([
      `${BEDROCK} goes from 0.6.0 to 0.36.0, because the first version with Messages is 0.9.0. yarn.lock is stale until yarn install has run.`,
      `${SDK} goes from ^0.4.3 to ^0.137.0, because the first version with Messages is 0.14.0. web/package-lock.json is stale until npm install has run.`,
    ]);
    expect(tree.notes('web/x.ts')).toEqual(['CTM209 web/package.json ^0.4.3']);
  });

  it.each([
    'git+ssh://git@github.com/a/sdk.git',
    'github:a/sdk#v1',
    'file:../sdk',
    'link:../sdk',
    'https://x.dev/sdk.tgz',
    'workspace:^',
    'npm:@me/fork@^0.5.0',
    'catalog:gone',
  ])('says that %s does not state a version', (version) => {
    const tree = project({ 'package.json': { dependencies: { [SDK]: version } } });
    expect(tree.notes('x.ts')).toEqual([`CTM218 package.json ${version}`]);
    expect(tree.plan.sdkFor('x.ts')).toEqual(ANY);
    expect(tree.raised('x.ts')).toEqual({});
  });

  it.each(['*', '', 'latest', 'next'])('has nothing to say about "%s", which is the newest', (version) => {
    const tree = project({ 'package.json': { dependencies: { [SDK]: version } } });
    expect(tree.notes('x.ts')).toEqual([]);
    expect(tree.plan.sdkFor('x.ts')).toEqual(ANY);
  });

  it('says once that no manifest declares the SDK', () => {
    const tree = project({ 'package.json': { name: 'x' } });
    expect(tree.notes('b.ts', 'a.ts')).toEqual(['CTM218 a.ts']);
    expect(tree.plan.raise(['b.ts', 'a.ts']).notes[0]?.message).toContain('1 more');
    expect(project({}, { sdk: '0.x' }).notes('a.ts')).toEqual([]);
    expect(project({}, { sdk: '0.x' }).plan.sdkFor('a.ts')).toEqual({ profile: '0.x', lowest: '0.14.0' });
  });

  it.each(['{', '', '[', '{"dependencies": {"@anthropic-ai/sdk": "^0.5.0",}}', '// x\n{}', 'not json', '{} {}'])(
    'skips %j, which does not parse',
    (text) => {
      const tree = project({ 'a/package.json': text, 'package.json': { dependencies: { [SDK]: '^0.5.0' } } });
      expect(tree.notes('a/x.ts')).toContainEqual(expect.stringMatching(/^CTM901 a\/package\.json/));
      expect(tree.raised('a/x.ts')).toEqual({ 'package.json': textOf({ dependencies: { [SDK]: '^0.137.0' } }) });
    },
  );

  it.each([
    [null],
    [[]],
    ['"text"'],
    [{ dependencies: null }],
    [{ dependencies: [SDK] }],
    [{ dependencies: { [SDK]: 5 } }],
    [{ dependencies: { [SDK]: { a: '1' } } }],
  ])('finds nothing in %j, which parses', (content) => {
    const tree = project({ 'package.json': content });
    expect(tree.plan.sdkFor('x.ts')).toEqual(ANY);
    expect(tree.notes('x.ts')).toEqual(['CTM218 x.ts']);
  });

  it('takes a manifest that cannot be read for none', () => {
    const tree = project({});
    expect(tree.plan.sdkFor('__proto__/constructor/x.ts')).toEqual(ANY);
  });
});
