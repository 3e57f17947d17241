import { expect, it } from 'vitest';
import { legacySdk, sdksAllowed } from './sdks.js';

const project = (range: string): ReadonlyMap<string, string> =>
  new Map([['package.json', JSON.stringify({ dependencies: { '@anthropic-ai/sdk': range } })]]);

it.each([
  ['^0.20.0', ['sdk-0.20']],
  ['^0.137.0', ['sdk-0.137']],
  ['^1.11.0', ['sdk-1']],
  ['>=0.20', ['sdk-0.20', 'sdk-0.137', 'sdk-1']],
  ['0.x', ['sdk-0.20', 'sdk-0.137']],
  ['^0.4.4', ['sdk-0.4']],
  ['^0.6.2', ['sdk-0.6']],
])('%s allows %j', (range, sdks) => {
  expect(sdksAllowed(project(range), '^9.0.0')).toEqual(sdks);
});

it('takes the given range where the manifests name none that is installed', () => {
  expect(sdksAllowed(project('workspace:^'), '^1.11.0')).toEqual(['sdk-1']);
});

it('takes the last SDK with completions for what was written for none of the old ones', () => {
  expect(legacySdk(project('^1.11.0'), '^0.20.0')).toBe('sdk-0.137');
  expect(legacySdk(project('^0.20.0'), '^0.20.0')).toBe('sdk-0.20');
});
