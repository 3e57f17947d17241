import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { overlay, replaceTree } from './harness/files.js';
import { loadFixtures, type Fixture } from './harness/fixture.js';
import { runTool, type ToolRun } from './harness/run-tool.js';
import { splice } from './harness/splice.js';
import { syntaxErrors } from './harness/typecheck.js';

/** `npm run fixtures:update` writes down what the tool does, for a person to review. */
const UPDATE = process.env['MODE'] === 'update';
const PENDING = new Set(['exact', 'adjusted']);
const CODE = /\.[cm]?[jt]sx?$/;

describe.each(
  ['typescript', 'python', 'containers'].flatMap(loadFixtures).map((fixture) => [fixture.name, fixture] as const),
)('%s', (_name, fixture) => {
  const run = once(() => runTool(fixture.input, fixture.spec.options));

  if (UPDATE) {
    it('is written down', async () => {
      write(fixture, await run());
    });
    return;
  }

  it('gives the expected files and findings', async () => {
    const { output, outcome } = await run();
    expect(Object.fromEntries(output)).toEqual(Object.fromEntries(fixture.expected));
    expect(outcome).toEqual(fixture.outcome);
  });

  it('changes nothing outside of its edits, and what it writes parses', async () => {
    const { output, edits } = await run();
    for (const [path, text] of output) {
      const before = fixture.input.get(path);
      if (before !== undefined) expect(splice(before, edits.get(path) ?? [])).toBe(text);
      if (CODE.test(path)) expect(syntaxErrors(path, text)).toEqual([]);
    }
  });

  it('finds nothing more to do in a second run', async () => {
    const second = await runTool(overlay(fixture.input, (await run()).output), fixture.spec.options);
    expect(Object.fromEntries(second.output)).toEqual({});
    expect(second.outcome.sites.filter(({ state }) => PENDING.has(state))).toEqual([]);
    expect(second.outcome.findings.filter(({ code }) => !/^CTM[39]/.test(code))).toEqual([]);
  });
});

function write({ folder }: Fixture, { output, outcome }: ToolRun): void {
  replaceTree(join(folder, 'expected'), output);
  writeFileSync(join(folder, 'findings.json'), `${JSON.stringify(outcome, null, 2)}\n`);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
