import { describe, expect, it } from 'vitest';
import { project, textOf, type Manifests } from './project.js';

const SDK = '@anthropic-ai/sdk';
const user = (version: string) => ({ dependencies: { [SDK]: version } });
const WORKSPACE = `packages:
  - 'packages/*' # all of them

catalog:
  react: ^18.0.0
  # the SDK of the apps
  '${SDK}': ^0.9.0   # why: chat

catalogs:
  next:
    "${SDK}": "~0.6.1"
  new: { '${SDK}': '>=0.20' }
overrides:
  other: 1.0.0
`;

function workspace(version: string, text = WORKSPACE): ReturnType<typeof project> {
  return project({ 'pnpm-workspace.yaml': text, 'package.json': {}, 'packages/a/package.json': user(version) });
}

describe('catalogs of pnpm', () => {
  it.each(['catalog:', 'catalog:default'])('raises the default catalog in place for %s', (version) => {
    const tree = workspace(version);
    expect(tree.plan.sdkFor('packages/a/x.ts')).toEqual({ profile: '0.x', lowest: '0.137.0', declared: '0.9.0' });
    expect(tree.raised('packages/a/x.ts')).toEqual({
      'pnpm-workspace.yaml': WORKSPACE.replace('^0.9.0 ', '^0.137.0 '),
    });
    expect(tree.notes('packages/a/x.ts')).toEqual(['CTM209 pnpm-workspace.yaml ^0.9.0']);
  });

  it('raises a named catalog in place', () => {
    expect(workspace('catalog:next').raised('packages/a/x.ts')).toEqual({
      'pnpm-workspace.yaml': WORKSPACE.replace('~0.6.1', '~0.137.0'),
    });
  });

  it('leaves a catalog that is high enough', () => {
    const tree = workspace('catalog:new');
    expect(tree.plan.sdkFor('packages/a/x.ts')).toEqual({ profile: '1.x', lowest: '0.20.0' });
    expect(tree.raised('packages/a/x.ts')).toEqual({});
  });

  it('edits an entry once that several packages use', () => {
    const tree = project({
      'pnpm-workspace.yaml': WORKSPACE,
      'packages/a/package.json': user('catalog:'),
      'packages/b/package.json': { ...user('catalog:'), devDependencies: { [SDK]: 'catalog:' } },
    });
    expect(tree.raised('packages/a/x.ts', 'packages/b/x.ts')).toEqual({
      'pnpm-workspace.yaml': WORKSPACE.replace('^0.9.0 ', '^0.137.0 '),
    });
    expect(tree.notes('packages/a/x.ts', 'packages/b/x.ts')).toHaveLength(1);
  });

  it('keeps CRLF', () => {
    const text = WORKSPACE.replaceAll('\n', '\r\n');
    expect(workspace('catalog:', text).raised('packages/a/x.ts')).toEqual({
      'pnpm-workspace.yaml': text.replace('^0.9.0 ', '^0.137.0 '),
    });
    expect(workspace('catalog:next', text).raised('packages/a/x.ts')).toEqual({
      'pnpm-workspace.yaml': text.replace('~0.6.1', '~0.137.0'),
    });
  });

  it.each([
    [`catalog: {"${SDK}": &v "0.5.0", x: *v}\n`, `catalog: {"${SDK}": &v "0.137.0", x: *v}\n`],
    [`x: &v 0.5.0\ncatalog:\n  "${SDK}": *v\n`, `x: &v 0.137.0\ncatalog:\n  "${SDK}": *v\n`],
    [`catalogs:\n  default:\n    "${SDK}": 0.5\n`, `catalogs:\n  default:\n    "${SDK}": 0.137\n`],
    [`catalog:\n  "${SDK}": ^0.5.0 || >=0.20\n`, `catalog:\n  "${SDK}": '>=0.20'\n`],
    [`catalog:\n  ? "${SDK}"\n  : ~0.5.0\n`, `catalog:\n  ? "${SDK}"\n  : ~0.137.0\n`],
    [`\uFEFFcatalog:\n  "${SDK}": 0.5.x`, `\uFEFFcatalog:\n  "${SDK}": 0.137.x`],
  ])('edits %j', (before, after) => {
    expect(workspace('catalog:', before).raised('packages/a/x.ts')).toEqual({ 'pnpm-workspace.yaml': after });
  });

  it.each(['catalog: [', 'a: b: c', '\tx: 1', 'x: "'])('says that %j does not parse', (text) => {
    const tree = workspace('catalog:', text);
    expect(tree.notes('packages/a/x.ts').map((note) => note.split(' ')[0])).toEqual(['CTM901', 'CTM218']);
  });

  it.each([
    '',
    '# nothing\n',
    '- a\n',
    'catalog:\n',
    'catalog: &a\n  x: *a\n',
    'a: *gone\n',
    `catalog:\n  "${SDK}": >-\n    ^0.5.0\n`,
  ])('finds no entry in %j', (text) => {
    const tree = workspace('catalog:', text);
    expect(tree.raised('packages/a/x.ts')).toEqual({});
    expect(tree.notes('packages/a/x.ts').at(-1)).toBe('CTM218 packages/a/package.json catalog:');
  });

  it('reads overrides of pnpm-workspace.yaml', () => {
    const tree = project({ 'pnpm-workspace.yaml': `overrides:\n  '${SDK}': 0.40.0\n`, 'package.json': user('^0.5.0') });
    expect(tree.plan.sdkFor('x.ts')).toEqual({ profile: '0.x', lowest: '0.40.0' });
  });
});

describe('catalogs elsewhere', () => {
  it.each<[string, Manifests, string, string]>([
    [
      'Yarn',
      { '.yarnrc.yml': `catalog:\n  "${SDK}": ^0.5.0\n`, 'package.json': {} },
      '.yarnrc.yml',
      `catalog:\n  "${SDK}": ^0.137.0\n`,
    ],
    [
      'Bun',
      { 'package.json': { workspaces: { catalog: { [SDK]: '^0.5.0' } } } },
      'package.json',
      textOf({ workspaces: { catalog: { [SDK]: '^0.137.0' } } }),
    ],
    [
      'Bun at the top',
      { 'package.json': { catalog: { [SDK]: '0.5.x' } } },
      'package.json',
      textOf({ catalog: { [SDK]: '0.137.x' } }),
    ],
  ])('raises an entry of %s', (_, manifests, path, after) => {
    const tree = project({ ...manifests, 'a/package.json': user('catalog:') });
    expect(tree.raised('a/x.ts')).toEqual({ [path]: after });
  });
});
