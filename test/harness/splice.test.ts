import { expect, it } from 'vitest';
import type { FlatEdit } from '../../src/edits/edit.js';
import { splice } from './splice.js';

const edit = (start: number, end: number, text: string): FlatEdit => ({ range: { start, end }, text });

it('carries edits out', () => {
  expect(splice('one two three', [edit(0, 3, '1'), edit(4, 4, 'and '), edit(8, 13, '')])).toBe('1 and two ');
});

it.each([
  ['overlap', [edit(0, 4, ''), edit(3, 7, '')]],
  ['are not sorted', [edit(4, 7, ''), edit(0, 3, '')]],
  ['leave the text', [edit(10, 14, '')]],
  ['run backwards', [edit(3, 1, '')]],
])('throws for edits that %s', (_, edits) => {
  expect(() => splice('one two three', edits)).toThrow('out of order or overlaps');
});
