import { describe, expect, it } from 'vitest';
import type { Style } from '../../src/report/report.js';
import { text } from '../../src/report/text.js';
import { finding, outcome } from './outcome.js';

const plain: Style = { color: false, shown: (path) => `../${path}` };

describe('the text report', () => {
  it('has findings by file, what was skipped and why, and the counts', () => {
    expect(text(outcome(), plain)).toBe(`../src/a.ts
   1:3  exact     CTM101  Moved
  10:3  adjusted  CTM201  temperature is gone

../src/b.ts
   2:3  manual    CTM302  Cannot be followed

Not looked at
  ../src/c.min.js  CTM903  Not touched: minified, by its name

Not written
  ../src/a.ts: changed on disk while this ran

dist is not looked at: git ignores it
4 sites: 1 exact, 1 adjusted, 1 left to a person, 1 accepted.
1 file changed, 1 created, 1 not looked at, 1 of these not written.
`);
  });

  it('says what would be done when nothing was written', () => {
    expect(text(outcome({ written: null, dryRun: true }), plain)).toContain(
      '1 file to change, 1 to create, 1 not looked at.\n',
    );
  });

  it('counts what is left beside sites', () => {
    const more = finding('CTM303', 'manual', 'src/b.ts', 4, 'A request');
    const { findings } = outcome();
    expect(text(outcome({ findings: [...findings, more] }), plain)).toContain(
      'accepted.\n1 other place left to a person.\n',
    );
  });

  it('says so when there is nothing', () => {
    expect(text(outcome({ sites: [], findings: [], changes: [], notices: [], written: null }), plain)).toBe(
      'Nothing legacy found.\n',
    );
  });

  it('lets no repository speak to the terminal', () => {
    const hostile = finding('CTM302', 'manual', 'a\u001B[2J.ts', 1, 'one\n  two \u202E three');
    expect(text(outcome({ findings: [hostile] }), plain)).toContain(
      'a\\u001b[2J.ts\n  1:3  manual    CTM302  one two \\u202e three\n',
    );
  });

  it('has colours only where asked', () => {
    expect(text(outcome(), plain)).not.toContain('\u001B');
    expect(text(outcome(), { ...plain, color: true })).toContain('\u001B[');
  });
});
