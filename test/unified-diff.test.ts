import { mkdirSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../src/unified-diff.js';
import type { FileChange } from '../src/verify.js';
import { gitEnvironment, project } from './support/project.js';

const change = (path: string, before: string | null, after: string, bom = false): FileChange => ({
  path,
  before,
  after,
  bom,
  edits: [],
});

/** Has git carry the diff out in `cwd`, in a folder that holds the old files. */
function apply(changes: readonly FileChange[], { git = true, cwd = '.' } = {}) {
  const before = Object.fromEntries(
    changes.flatMap((each) => (each.before === null ? [] : [[each.path, (each.bom ? '\uFEFF' : '') + each.before]])),
  );
  const target = project(before, { git });
  mkdirSync(join(target.folder, cwd), { recursive: true });
  execFileSync('git', ['apply', '--whitespace=nowarn', '-'], {
    cwd: join(target.folder, cwd),
    input: unifiedDiff(changes),
    env: gitEnvironment(),
  });
  return target;
}

const CASES: readonly [string, FileChange][] = [
  ['a changed line', change('a.ts', 'one\ntwo\nthree\n', 'one\n2\nthree\n')],
  ['changes far apart', change('a.ts', 'x\n'.repeat(30) + 'y\n', 'w\n' + 'x\n'.repeat(30) + 'z\n')],
  ['a new file', change('a.ts', null, 'one\ntwo\n')],
  ['a new file without a last line end', change('a.ts', null, 'one')],
  ['a new empty file', change('a.ts', null, '')],
  ['a file that is emptied', change('a.ts', 'one\n', '')],
  ['an empty file that is filled', change('a.ts', '', 'one\n')],
  ['no line end at the end', change('a.ts', 'one\ntwo', 'one\n2')],
  ['a line end that is added', change('a.ts', 'one', 'one\n')],
  ['a line end that goes', change('a.ts', 'one\n', 'one')],
  ['Windows line ends', change('a.ts', 'one\r\ntwo\r\n', 'one\r\n2\r\n')],
  ['mixed line ends and lone returns', change('a.ts', 'one\r\ntwo\nth\rree\u2028x\n', 'one\r\n2\nth\rree\u2028y\n')],
  ['a byte order mark', change('a.ts', 'one\n', '1\n', true)],
  ['lines that look like a diff', change('a.ts', '--- a\n+++ b\n@@ -1 +1 @@\n', '--- a\n+++ c\n@@ -1 +1 @@\n')],
  ['spaces in the path', change('a b/c d.ts', 'one\n', '1\n')],
  ['spaces in the path of a new file', change('a b/c d.ts', null, '1\n')],
  ['quotes and backslashes in the path', change('it\'s "a" \\ b.ts', 'one\n', '1\n')],
  ['letters beyond ASCII in the path', change('größe/日本.ts', 'one\n', '1\n')],
  ['tabs and line ends in the path', change('a\tb\nc.ts', 'one\n', '1\n')],
  ['a path like a prefix', change('a/b/a/b', 'one\n', '1\n')],
];

describe('the diff', () => {
  it.each(CASES)('is taken by git: %s', (_name, each) => {
    expect(apply([each]).read(each.path)).toBe((each.bom ? '\uFEFF' : '') + each.after);
  });

  it('is taken outside of a repository', () => {
    expect(apply([change('a.ts', 'one\n', '1\n'), change('b.ts', null, 'x\n')], { git: false }).read('a.ts')).toBe(
      '1\n',
    );
  });

  it('is taken from a folder of the repository, for the files in it', () => {
    expect(apply([change('sub/a.ts', 'one\n', '1\n')], { cwd: 'sub' }).read('sub/a.ts')).toBe('1\n');
  });

  it('is what git prints itself', () => {
    for (const [, each] of CASES.filter(([, { before, after }]) => before !== null && before !== after)) {
      const mark = each.bom ? '\uFEFF' : '';
      const target = project({ [each.path]: mark + (each.before ?? '') }, { git: true });
      target.commit();
      rmSync(join(target.folder, each.path));
      target.write(each.path, mark + each.after);
      const printed = target
        .git('-c', 'core.autocrlf=false', 'diff', '--no-color')
        .replace(/^index .*\n/m, '')
        .replace(/^(@@ [^@]* @@).*$/gm, '$1');
      expect(unifiedDiff([each])).toBe(printed);
    }
  });

  it('is empty for no change', () => {
    expect(unifiedDiff([])).toBe('');
  });

  it('is taken by git for any two texts', () => {
    const line = fc.constantFrom('', 'a', 'b', 'c', '\\', '-', '+', ' x\r');
    const text = fc
      .tuple(fc.array(line, { maxLength: 12 }), fc.boolean())
      .map(([lines, end]) => lines.join('\n') + (end ? '\n' : ''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after);
        expect(apply([change('a.ts', before, after)], { git: false }).read('a.ts')).toBe(after);
      }),
      { numRuns: 40 },
    );
  });
});
