import { expect, it } from 'vitest';
import { mayMissMessages } from '../../src/api/vercel-ai.js';

it.each([
  ['2.1.20', true],
  ['^2.1.0', true],
  ['2.2.29', true],
  ['^2.2.30', false],
  ['~3.4.0', false],
  ['latest', false],
  ['workspace:*', false],
])('%s: %s', (range, misses) => {
  expect(mayMissMessages(range)).toBe(misses);
});
