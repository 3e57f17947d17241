import { describe, expect, it } from 'vitest';
import { exitCodeOfCheck, exitCodeOfMigrate } from '../../src/commands/exit-code.js';
import { severityOf, type Code } from '../../src/findings/catalogue.js';
import { finding, outcome } from '../report/outcome.js';

const empty = outcome({ sites: [], findings: [], changes: [], notices: [], written: null });
const withState = (state: 'exact' | 'adjusted' | 'manual' | 'accepted') => ({
  ...empty,
  sites: [{ id: 'a.ts:0', path: 'a.ts', state }],
});
const withCode = (code: Code) => ({ ...empty, findings: [finding(code, severityOf(code), 'a.ts', 1, '')] });

describe('exit codes', () => {
  it('are 0 where nothing is left', () => {
    expect([exitCodeOfMigrate(empty, null), exitCodeOfCheck(empty)]).toEqual([0, 0]);
  });

  it.each([
    ['exact', 0, 1],
    ['adjusted', 0, 1],
    ['manual', 1, 1],
    ['accepted', 0, 0],
  ] as const)('for a site that is %s are %i and %i', (state, migrate, check) => {
    expect([exitCodeOfMigrate(withState(state), null), exitCodeOfCheck(withState(state))]).toEqual([migrate, check]);
  });

  it.each<[Code, number]>([
    ['CTM101', 0],
    ['CTM201', 0],
    ['CTM309', 1],
    ['CTM901', 1],
    ['CTM902', 1],
    ['CTM903', 0],
    ['CTM904', 0],
    ['CTM905', 1],
    ['CTM906', 1],
    ['CTM907', 1],
  ])('for a finding %s are %i', (code, expected) => {
    expect([exitCodeOfMigrate(withCode(code), null), exitCodeOfCheck(withCode(code))]).toEqual([expected, expected]);
  });

  it('are 1 for a check that would change a file', () => {
    expect(
      exitCodeOfCheck({ ...empty, changes: [{ path: 'a.ts', before: 'a', after: 'b', bom: false, edits: [] }] }),
    ).toBe(1);
  });

  it('are 2 where a file could not be written', () => {
    expect(exitCodeOfMigrate(empty, { paths: [], failures: [{ path: 'a.ts', reason: '' }] })).toBe(2);
  });
});
