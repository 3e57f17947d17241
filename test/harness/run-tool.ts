import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FlatEdit } from '../../src/edits/edit.js';
import { run, type RunResult } from '../../src/pipeline.js';
import { CONTAINERS, LANGUAGES, UNREAD } from '../../transforms/languages.js';
import { replaceTree, type Files } from './files.js';
import type { FixtureSpec, Outcome } from './fixture.js';

/** What the tool made of a tree of files. */
export interface ToolRun {
  /** Only the files that changed or were created, as they would be on disk. */
  readonly output: Files;
  /** Per changed file, byte order marks not counted; empty for a created file. */
  readonly edits: ReadonlyMap<string, readonly FlatEdit[]>;
  readonly outcome: Outcome;
}

/** Runs the whole pipeline over a tree of files, from a folder of its own, and writes nothing back. */
export async function runTool(files: Files, options: FixtureSpec['options'] = {}): Promise<ToolRun> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fixture-')));
  try {
    replaceTree(folder, files);
    const result = await run({
      paths: [],
      cwd: folder,
      include: [],
      exclude: [],
      languages: LANGUAGES,
      containers: CONTAINERS,
      unread: [UNREAD],
      models: { policy: options.policy ?? 'parity', map: new Map(Object.entries(options.map ?? {})) },
      safeOnly: options.safeOnly ?? false,
      sdk: undefined,
      progress: () => undefined,
    });
    return {
      output: new Map(result.changes.map(({ path, after, bom }) => [path, bom ? `\uFEFF${after}` : after])),
      edits: new Map(result.changes.map(({ path, edits }) => [path, edits])),
      outcome: outcomeOf(result, files),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function outcomeOf({ findings, sites }: RunResult, files: Files): Outcome {
  return {
    findings: findings.map(({ code, path, start }) => ({ code, path, line: start.line })).sort(byPlace),
    sites: sites
      .map(({ id, path, state, tier }) => ({ path, line: lineOf(files.get(path), id), state, ...(tier && { tier }) }))
      .sort(byPlace),
  };
}

/** The line of a site, whose id ends in its offset. */
function lineOf(text: string | undefined, id: string): number {
  const offset = Number(id.slice(id.lastIndexOf(':') + 1));
  return (text ?? '')
    .replace(/^\uFEFF/, '')
    .slice(0, offset)
    .split('\n').length;
}

function byPlace(a: { path: string; line: number }, b: { path: string; line: number }): number {
  return compare(a.path, b.path) || a.line - b.line || compare(JSON.stringify(a), JSON.stringify(b));
}

function compare(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}
