import type { Finding } from '../../src/findings/finding.js';
import type { Outcome } from '../../src/report/report.js';

export function finding(
  code: Finding['code'],
  severity: Finding['severity'],
  path: string,
  line: number,
  message: string,
): Finding {
  return {
    code,
    severity,
    path,
    message,
    range: { start: 0, end: 4 },
    start: { line, column: 3 },
    end: { line, column: 7 },
    edits: [],
  };
}

/** A run with one of everything. */
export function outcome(overrides: Partial<Outcome> = {}): Outcome {
  return {
    command: 'migrate',
    dryRun: false,
    exitCode: 1,
    root: '/project',
    sites: [
      { id: 'src/a.ts:0', path: 'src/a.ts', state: 'exact', tier: 'static' },
      { id: 'src/a.ts:90', path: 'src/a.ts', state: 'adjusted', tier: 'runtime' },
      { id: 'src/b.ts:5', path: 'src/b.ts', state: 'manual' },
      { id: 'src/b.ts:50', path: 'src/b.ts', state: 'accepted' },
    ],
    findings: [
      { ...finding('CTM101', 'exact', 'src/a.ts', 1, 'Moved'), edits: [{ range: { start: 0, end: 4 }, text: 'x' }] },
      finding('CTM201', 'adjusted', 'src/a.ts', 10, 'temperature is gone'),
      finding('CTM302', 'manual', 'src/b.ts', 2, 'Cannot be followed'),
      finding('CTM903', 'skipped', 'src/c.min.js', 1, 'Not touched: minified, by its name'),
    ],
    changes: [
      { path: 'src/a.ts', before: 'old', after: 'new', bom: false, edits: [] },
      { path: 'src/helper.ts', before: null, after: 'new', bom: false, edits: [] },
    ],
    notices: ['dist is not looked at: git ignores it'],
    written: { paths: ['src/helper.ts'], failures: [{ path: 'src/a.ts', reason: 'changed on disk while this ran' }] },
    ...overrides,
  };
}
