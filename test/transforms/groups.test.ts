import { expect, it } from 'vitest';
import { groupBy } from '../../transforms/groups.js';

it('puts together what shares a key, directly or through others', () => {
  const items = ['a1', 'b2', 'c3', 'd12', 'e'];
  expect(groupBy(items, (item) => item.slice(1))).toEqual([['a1', 'b2', 'd12'], ['c3'], ['e']]);
});

it('joins groups that were apart until an item tied them', () => {
  expect(groupBy(['1', '2', '3', '13', '23'], (item) => item)).toEqual([['1', '2', '3', '13', '23']]);
});
