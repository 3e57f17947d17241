import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { readPythonRange } from '../../src/api/python-range.js';
import { semverOf, type Dialect } from '../../src/api/python-specifiers.js';
import { ANY_PYTHON_SDK } from '../../src/api/sdk.js';

const old = (lowest: string) => ({ profile: '0.x' as const, lowest });
const both = (lowest: string) => ({ profile: '1.x' as const, lowest });
const read = (text: string, dialect: Dialect = 'pep440', constraints: readonly string[] = [], forced?: '0.x' | '1.x') =>
  readPythonRange(
    { text, dialect },
    constraints.map((constraint) => ({ text: constraint, dialect: 'pep440' })),
    forced,
  );

describe('what a range allows', () => {
  it.each<[string, Dialect, string | null]>([
    ['==0.3.11', 'pep440', '0.3.11'],
    ['===0.3.11', 'pep440', '0.3.11'],
    ['== 0.3', 'pep440', '0.3.0'],
    ['==0.3.*', 'pep440', '0.3.x'],
    ['>=0.3,<0.4', 'pep440', '>=0.3.0 <0.4.0'],
    [' >= 0.3 , < 0.4 ', 'pep440', '>=0.3.0 <0.4.0'],
    ['>0.3', 'pep440', '>0.3.0'],
    ['~=0.3.0', 'pep440', '>=0.3.0 <0.4.0'],
    ['~=0.3', 'pep440', '>=0.3.0 <1.0.0'],
    ['!=0.3.5', 'pep440', '*'],
    ['>=0.3,!=0.3.5', 'pep440', '>=0.3.0'],
    ['>=0.3.0rc1', 'pep440', '>=0.3.0-rc.1'],
    ['==0.3.11.post1', 'pep440', '0.3.11'],
    ['==0.3.11+local', 'pep440', '0.3.11'],
    ['', 'pep440', '*'],
    ['*', 'pep440', '*'],
    ['^0.3', 'poetry', '^0.3'],
    ['~0.3', 'poetry', '~0.3'],
    ['0.3.11', 'poetry', '0.3.11'],
    ['0.3.*', 'poetry', '0.3.x'],
    ['>=0.3 <0.4', 'poetry', '>=0.3.0 <0.4.0'],
    ['^0.3 || ^0.5', 'poetry', '^0.3 || ^0.5'],
    ['=0.3', 'conda', '0.3.x'],
    ['=0.3.11', 'conda', '0.3.11'],
    ['0.3.*', 'conda', '0.3.x'],
    // None of the dialect's ranges.
    ['^0.3', 'pep440', null],
    ['0.3.11', 'pep440', null],
    ['~=1', 'pep440', null],
    ['>=0.3 || <0.2', 'pep440', null],
    ['==0.3.11=py_0', 'conda', null],
    ['latest', 'poetry', null],
    ['1!0.3', 'pep440', null],
  ])('%j of %s is %j', (text, dialect, range) => {
    expect(semverOf(text, dialect)).toBe(range);
  });
});

describe('a range that has Messages stays', () => {
  it.each<[string, Dialect, ReturnType<typeof old> | ReturnType<typeof both>]>([
    ['==0.39.0', 'pep440', old('0.39.0')],
    ['>=0.16,<1', 'pep440', old('0.16.0')],
    ['~=0.39', 'pep440', old('0.39.0')],
    ['>=0.16.0', 'pep440', both('0.16.0')],
    ['==1.*', 'pep440', both('1.0.0')],
    ['>=2', 'pep440', both('2.0.0')],
    ['^0.39.0', 'poetry', old('0.39.0')],
    ['0.39.*', 'conda', old('0.39.0')],
  ])('%s of %s', (text, dialect, target) => {
    expect(read(text, dialect)).toEqual({ kind: 'range', target, raised: null, constraints: [] });
  });

  it('and one that names no version is any', () => {
    expect(read('')).toEqual({ kind: 'any', target: ANY_PYTHON_SDK, raised: null, constraints: [] });
    expect(read('!=0.3.5')).toMatchObject({ kind: 'any', raised: null });
    expect(read('@ file:../sdk')).toEqual({ kind: 'elsewhere', target: ANY_PYTHON_SDK, raised: null, constraints: [] });
  });
});

describe('a range that is too low', () => {
  it.each<[string, Dialect, string]>([
    ['==0.3.11', 'pep440', '==0.125.0'],
    ['== 0.3.11', 'pep440', '== 0.125.0'],
    ['===0.3.11', 'pep440', '===0.125.0'],
    ['==0.3.*', 'pep440', '==0.125.*'],
    ['==0.*', 'pep440', '==0.125.*'],
    ['~=0.3.0', 'pep440', '~=0.125.0'],
    ['~=0.3', 'pep440', '~=0.125'],
    ['>=0.3', 'pep440', '>=0.125'],
    ['>=0.3.0rc1', 'pep440', '>=0.125.0'],
    ['>0.3', 'pep440', '>=0.125'],
    ['>=0.3,<0.4', 'pep440', '>=0.125,<0.126'],
    ['>=0.3.0, <0.4.0', 'pep440', '>=0.125.0, <0.126.0'],
    ['<0.4,>=0.3', 'pep440', '<0.126,>=0.125'],
    ['>=0.3,<1', 'pep440', '>=0.125,<1'],
    ['>=0.3,<=0.3.11', 'pep440', '>=0.125,<=0.125.0'],
    ['>=0.3,!=0.3.5', 'pep440', '>=0.125,!=0.3.5'],
    ['<1', 'pep440', '>=0.125.0,<1'],
    ['<0.4', 'pep440', '>=0.125.0,<0.126'],
    ['>=0.3,==0.3.*', 'pep440', '>=0.125,==0.125.*'],
    ['^0.3.0', 'poetry', '^0.125.0'],
    ['^0.3', 'poetry', '^0.125'],
    ['~0.3', 'poetry', '~0.125'],
    ['0.3.11', 'poetry', '0.125.0'],
    ['^0.3 || ^0.4', 'poetry', '^0.125'],
    ['^0.3 || ^0.39', 'poetry', '^0.39'],
    ['>=0.3 <0.4', 'poetry', '>=0.125 <0.126'],
    ['=0.3', 'conda', '=0.125'],
    ['=0.3.11', 'conda', '=0.125.0'],
    ['>=0.3,<0.4', 'conda', '>=0.125,<0.126'],
  ])('%s of %s becomes %s', (text, dialect, raised) => {
    const { target, ...rest } = read(text, dialect);
    expect(rest).toEqual({ kind: 'range', raised, constraints: [] });
    const { declared, ...after } = target;
    expect(declared).toBe(semver.minVersion(semverOf(text, dialect) ?? '')?.version);
    expect(read(raised, dialect)).toEqual({ kind: 'range', target: after, raised: null, constraints: [] });
  });

  it('goes to the generation that the user asked for', () => {
    expect(read('~=0.3.0', 'pep440', [], '1.x')).toMatchObject({ raised: '~=1.17.0', target: both('1.17.0') });
    expect(read('>=0.3,<0.4', 'pep440', [], '1.x').raised).toBe('>=1.17,<2.0');
    expect(read('>=0.39', 'pep440', [], '0.x').target).toEqual(old('0.39.0'));
  });

  it('ends where nothing too low is allowed, and the wanted version is', () => {
    const version = fc
      .array(fc.nat(150), { minLength: 1, maxLength: 3 })
      .map(([major, ...rest]) => [(major ?? 0) % 3, ...rest].join('.'));
    const operators: Readonly<Record<Dialect, readonly string[]>> = {
      pep440: ['==', '===', '>=', '>', '<', '<=', '!=', '~='],
      poetry: ['', '^', '~', '>=', '<', '==', '!='],
      conda: ['=', '==', '>=', '<', '~='],
    };
    for (const dialect of ['pep440', 'poetry', 'conda'] as const) {
      const clause = fc.tuple(fc.constantFrom(...operators[dialect]), version).map((parts) => parts.join(''));
      fc.assert(
        fc.property(
          fc.array(clause, { minLength: 1, maxLength: 3 }).map((clauses) => clauses.join(',')),
          (text) => {
            const { raised, target } = read(text, dialect);
            expect(semver.gte(target.lowest, '0.16.0')).toBe(true);
            if (raised === null) return;
            expect(semver.satisfies('0.125.0', semverOf(raised, dialect) ?? '<0.0.0')).toBe(true);
            expect(read(raised, dialect).raised).toBeNull();
          },
        ),
        { numRuns: 1000 },
      );
    }
  });
});

describe('constraints', () => {
  it.each<[string, string, string | null, string | null, object]>([
    ['>=0.3', '==0.39.0', null, null, old('0.39.0')],
    ['', '==0.39.0', null, null, old('0.39.0')],
    ['', '<1', null, null, old('0.16.0')],
    ['', '==0.3.11', null, '==0.125.0', { ...old('0.125.0'), declared: '0.3.11' }],
    ['>=0.3', '==0.3.11', '>=0.125', '==0.125.0', { ...old('0.125.0'), declared: '0.3.11' }],
    ['>=0.3', '<1', '>=0.125', null, { ...old('0.125.0'), declared: '0.3.0' }],
    ['>=0.20', '', null, null, both('0.20.0')],
  ])('%j under %j', (own, constraint, raised, moved, target) => {
    expect(read(own, 'pep440', [constraint])).toMatchObject({ raised, constraints: [moved], target });
  });
});
