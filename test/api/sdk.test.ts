import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { ANTHROPIC_SDK, ANY_SDK, BEDROCK_SDK, mergeTargets, readRange } from '../../src/api/sdk.js';

const old = (lowest: string) => ({ profile: '0.x' as const, lowest });
const both = (lowest: string) => ({ profile: '1.x' as const, lowest });

describe('a range that has Messages', () => {
  it.each([
    ['^0.20.0', old('0.20.0')],
    ['~0.14.1', old('0.14.1')],
    ['0.60.0', old('0.60.0')],
    ['0.20.x', old('0.20.0')],
    ['>=0.20 <1', old('0.20.0')],
    ['^0.50.0 || ^0.20.0', old('0.20.0')],
    ['^1.2.0', both('1.2.0')],
    ['>=0.20', both('0.20.0')],
    ['^0.20.0 || ^1.0.0', both('0.20.0')],
    ['>=1.0.0-beta.1', both('1.0.0-beta.1')],
    [' ^0.20.0 ', old('0.20.0')],
  ])('%s stays', (range, target) => {
    expect(readRange(range, ANTHROPIC_SDK)).toEqual({ kind: 'range', target, raised: null });
  });
});

describe('a range that is too low', () => {
  it.each([
    ['^0.5.0', '^0.137.0'],
    ['~0.5.2', '~0.137.0'],
    ['~>0.5.2', '~>0.137.0'],
    ['0.13.1', '0.137.0'],
    ['=0.5.0', '=0.137.0'],
    ['v0.5.0', 'v0.137.0'],
    ['^0.5.0-alpha.1', '^0.137.0'],
    ['0.5.0+build', '0.137.0'],
    ['0.5.x', '0.137.x'],
    ['0.5.*', '0.137.*'],
    ['0.x', '0.137.x'],
    ['0.X.X', '0.137.X'],
    ['0', '0.137'],
    ['0.5', '0.137'],
    ['^0.4', '^0.137'],
    ['^0', '^0.137'],
    ['>=0.5.0', '>=0.137.0'],
    ['>= 0.5.0', '>= 0.137.0'],
    ['>0.5', '>=0.137'],
    ['>=0.5  <1', '>=0.137  <1'],
    ['<1.0.0', '>=0.137.0 <1.0.0'],
    ['0.5.0 - 1.0.0', '0.137.0 - 1.0.0'],
    // Upper bounds that leave no room.
    ['>=0.5.0 <0.10.0', '^0.137.0'],
    ['0.5.0 - 0.9.0', '^0.137.0'],
    ['<=0.9.0', '^0.137.0'],
    ['<0.9', '^0.137.0'],
    // Alternatives: what is high enough is enough.
    ['^0.5.0 || ^0.6.0', '^0.137.0'],
    ['0.5.0 || 0.6.x', '0.137.x'],
    ['^0.5.0 || ^0.20.0', '^0.20.0'],
    ['^0.5.0||^0.20.0||^1.0.0', '^0.20.0||^1.0.0'],
  ])('%s becomes %s', (range, raised) => {
    expect(readRange(range, ANTHROPIC_SDK).raised).toBe(raised);
    expect(readRange(raised, ANTHROPIC_SDK).raised).toBeNull();
    const { declared, ...target } = readRange(range, ANTHROPIC_SDK).target;
    expect(readRange(raised, ANTHROPIC_SDK).target).toEqual(target);
    expect(declared).toBe(semver.minVersion(range, { loose: true })?.version);
  });

  it('goes to the generation that the user asked for', () => {
    expect(readRange('~0.5.2', ANTHROPIC_SDK, '1.x')).toEqual({
      kind: 'range',
      target: { ...both('1.11.0'), declared: '0.5.2' },
      raised: '~1.11.0',
    });
    expect(readRange('0.x', ANTHROPIC_SDK, '1.x').raised).toBe('1.x');
    expect(readRange('<1', ANTHROPIC_SDK, '1.x').raised).toBe('^1.11.0');
  });

  it('ends where nothing too low is allowed, and the wanted version is', () => {
    const version = fc.tuple(fc.nat(2), fc.nat(150), fc.nat(12)).map((parts) => parts.join('.'));
    const part = fc.constantFrom('', '^', '~', '>=', '>', '<', '<=', '=', 'v');
    const comparator = fc.oneof(
      fc.tuple(part, version).map((parts) => parts.join('')),
      fc.tuple(fc.nat(2), fc.nat(150)).map(([a, b]) => `${a}.${b}.x`),
    );
    const member = fc.oneof(
      fc.array(comparator, { minLength: 1, maxLength: 2 }).map((all) => all.join(' ')),
      fc.tuple(version, version).map(([a, b]) => `${a} - ${b}`),
    );
    const range = fc.array(member, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(range, fc.constantFrom(' || ', '||'), (members, separator) => {
        const { raised, target } = readRange(members.join(separator), ANTHROPIC_SDK);
        expect(semver.gte(target.lowest, '0.14.0')).toBe(true);
        if (raised === null) return;
        expect(semver.gte(semver.minVersion(raised) ?? '0.0.0', '0.14.0')).toBe(true);
        expect(readRange(raised, ANTHROPIC_SDK).raised).toBeNull();
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what states no version', () => {
  it.each(['*', '', 'x', 'latest', 'next', 'beta-1', '>=0'])('"%s" is any', (range) => {
    expect(readRange(range, ANTHROPIC_SDK)).toEqual({ kind: 'any', target: ANY_SDK, raised: null });
  });
  it.each([
    'workspace:*',
    'workspace:^0.5.0',
    'file:../sdk',
    'git+https://x.dev/a.git',
    'github:a/b',
    'a/b',
    'catalog:',
    '^^1',
    '@1',
  ])('"%s" is elsewhere', (range) => {
    expect(readRange(range, ANTHROPIC_SDK)).toEqual({ kind: 'elsewhere', target: ANY_SDK, raised: null });
  });
});

describe('the profile that the user asked for', () => {
  it('wins', () => {
    expect(readRange('^0.20.0', ANTHROPIC_SDK, '1.x').target).toEqual(both('0.20.0'));
    expect(readRange('>=0.20', ANTHROPIC_SDK, '0.x').target).toEqual(old('0.20.0'));
    expect(readRange('^1.0.0', ANTHROPIC_SDK, '0.x').target).toEqual(old('0.14.0'));
    expect(readRange('latest', ANTHROPIC_SDK, '0.x').target).toEqual(old('0.14.0'));
  });
});

describe('the Bedrock SDK', () => {
  it.each([
    ['^0.9.1', old('0.14.0'), null],
    ['^0.12.4', old('0.36.0'), null],
    ['0.26.0', old('0.50.3'), null],
    ['^0.36.0', old('0.115.1'), null],
    ['^1.1.0', both('1.0.0'), null],
    ['^0.6.0', old('0.115.1'), '^0.36.0'],
  ])('%s', (range, target, raised) => {
    expect(readRange(range, BEDROCK_SDK)).toEqual({ kind: 'range', target, raised });
  });
});

describe('several targets', () => {
  it('are met by the lowest version and the newest generation', () => {
    expect(mergeTargets([old('0.30.0'), both('1.0.0'), old('0.9.10'), old('0.9.9')])).toEqual(both('0.9.9'));
    expect(mergeTargets([old('0.30.0')])).toEqual(old('0.30.0'));
    expect(mergeTargets([old('0.30.0'), { ...old('0.137.0'), declared: '0.9.0' }])).toEqual({
      ...old('0.30.0'),
      declared: '0.9.0',
    });
    expect(mergeTargets([])).toEqual(ANY_SDK);
    expect(mergeTargets([], '0.x')).toEqual(old('0.14.0'));
  });
});
