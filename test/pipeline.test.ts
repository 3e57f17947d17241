import { describe, expect, it } from 'vitest';
import { run, type RunOptions } from '../src/pipeline.js';
import type { Migration, Project } from '../transforms/transform.js';
import { legacyLanguage } from './support/legacy-language.js';
import { project } from './support/project.js';

function options(cwd: string, language = legacyLanguage()): RunOptions {
  return {
    paths: [],
    include: [],
    exclude: [],
    cwd,
    languages: [language],
    models: { policy: 'parity', map: new Map() },
    safeOnly: false,
    sdk: undefined,
    progress: () => undefined,
  };
}
const nothing: Migration = {
  sites: [],
  edits: new Map(),
  created: [],
  notes: [],
  needMessages: [],
  modelVariables: new Map(),
};

describe('a run', () => {
  it('finds, migrates and places, and writes nothing', async () => {
    const { folder, read } = project({ 'a.ts': '\n  legacy(1)\n', 'b.ts': 'stuck(2)', 'c.ts': 'other(3)' });
    const result = await run({ ...options(folder), sdk: '0.x' });
    expect(result.changes).toMatchObject([{ path: 'a.ts', before: '\n  legacy(1)\n', after: '\n  modern(1)\n' }]);
    expect(result.sites.map(({ path, state }) => `${path} ${state}`)).toEqual(['a.ts exact', 'b.ts manual']);
    expect(result.findings).toMatchObject([
      { path: 'a.ts', code: 'CTM101', severity: 'exact', start: { line: 2, column: 3 }, edits: [{ text: 'modern' }] },
      { path: 'b.ts', code: 'CTM302', severity: 'manual', edits: [] },
    ]);
    expect(read('a.ts')).toContain('legacy');
  });

  it('loads no language without a candidate', async () => {
    const language = legacyLanguage();
    const { folder } = project({ 'a.ts': 'other(1)' });
    expect(await run(options(folder, language))).toMatchObject({ sites: [], findings: [], changes: [] });
    expect(language.loads()).toBe(0);
  });

  it('raises the range that governs a migrated file', async () => {
    const { folder } = project({
      'package.json': '{ "dependencies": { "@anthropic-ai/sdk": "^0.9.0" } }',
      'src/a.ts': 'legacy()',
    });
    const result = await run({ ...options(folder), paths: ['src'] });
    expect(result.changes.map(({ path }) => path)).toEqual(['package.json', 'src/a.ts']);
    expect(result.findings.map(({ path, code }) => `${path} ${code}`)).toContain('package.json CTM209');
  });

  it('tells the transform which SDK a file is written against', async () => {
    const seen: string[] = [];
    const language = legacyLanguage({
      lower: ({ sdkFor }) => {
        seen.push(sdkFor('a.ts').profile);
        return nothing;
      },
    });
    const { folder } = project({
      'package.json': '{ "dependencies": { "@anthropic-ai/sdk": "^0.20.0" } }',
      'a.ts': 'legacy()',
    });
    await run(options(folder, language));
    await run({ ...options(folder, language), sdk: '1.x' });
    expect(seen).toEqual(['0.x', '1.x']);
  });
});

describe('what a transform may read', () => {
  it('is the project and nothing installed or outside', async () => {
    let project_: Project | undefined;
    const language = legacyLanguage({
      survey: (given) => {
        project_ = given;
        return given;
      },
    });
    const { folder } = project({
      'in/package.json': '{}',
      'in/a.ts': 'legacy()',
      'in/b.json': '\uFEFF{}',
      'in/node_modules/x.ts': 'x',
      'out.ts': 'x',
    });
    await run({ ...options(folder, language), paths: ['in'], cwd: folder });
    const root = project_?.read('in/b.json') === undefined ? '' : 'in/';
    expect(project_?.read(`${root}b.json`)).toBe('{}');
    expect(project_?.read(`${root}./x/../b.json`)).toBe('{}');
    expect(project_?.read(`${root}a.ts`)).toBe('legacy()');
    expect(project_?.read(`${root}missing.ts`)).toBeUndefined();
    expect(project_?.read(`${root}node_modules/x.ts`)).toBeUndefined();
    expect(project_?.read('../out.ts')).toBeUndefined();
    expect(project_?.read('.')).toBeUndefined();
  });
});

describe('a file whose edits are no good', () => {
  const broken = (text: string): Migration => ({
    ...nothing,
    sites: [{ id: 'a.ts:0', path: 'a.ts', state: 'exact', tier: 'static' }],
    edits: new Map([
      [
        'a.ts',
        [
          { range: { start: 0, end: 3 }, pieces: [text] },
          { range: { start: 0, end: 3 }, pieces: ['(('] },
        ].slice(text === '((' ? 1 : 0),
      ],
      ['b.ts', [{ range: { start: 0, end: 6 }, pieces: ['modern'] }]],
    ]),
    notes: [
      { code: 'CTM101', path: 'a.ts', range: { start: 0, end: 3 }, message: 'Moved' },
      { code: 'CTM101', path: 'b.ts', range: { start: 0, end: 3 }, message: 'Moved' },
    ],
  });

  it.each([
    ['would not parse', '((', 'would not parse'],
    ['contradict each other', '()', 'contradict each other'],
  ])('is left untouched when they %s, and nothing says otherwise', async (_name, text, message) => {
    const { folder } = project({ 'a.ts': 'legacy()', 'b.ts': 'legacy()' });
    const result = await run(options(folder, legacyLanguage({ lower: () => broken(text) })));
    expect(result.changes.map(({ path }) => path)).toEqual(['b.ts']);
    expect(result.sites).toEqual([{ id: 'a.ts:0', path: 'a.ts', state: 'manual' }]);
    expect(result.findings.map(({ path, code }) => `${path} ${code}`)).toEqual(['a.ts CTM905', 'b.ts CTM101']);
    expect(result.findings[0]?.message).toContain(message);
  });
});

describe('a file that is created', () => {
  const creating = legacyLanguage({ lower: () => ({ ...nothing, created: [{ path: 'new.ts', text: 'x()' }] }) });

  it('is a change from nothing', async () => {
    const { folder } = project({ 'a.ts': 'legacy()' });
    expect((await run(options(folder, creating))).changes).toMatchObject([
      { path: 'new.ts', before: null, after: 'x()' },
    ]);
  });

  it('is none when it is there already', async () => {
    const { folder } = project({ 'a.ts': 'legacy()', 'new.ts': 'x()' });
    expect((await run(options(folder, creating))).changes).toEqual([]);
  });

  it('never takes the place of another', async () => {
    const { folder } = project({ 'a.ts': 'legacy()', 'new.ts': 'mine' });
    const result = await run(options(folder, creating));
    expect(result.changes).toEqual([]);
    expect(result.findings).toMatchObject([{ path: 'new.ts', code: 'CTM905' }]);
  });
});
