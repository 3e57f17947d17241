import { describe, expect, it } from 'vitest';
import type { FlatEdit } from '../../src/edits/edit.js';
import type { Note } from '../../src/findings/finding.js';
import { placeNotes, positionsIn } from '../../src/findings/place.js';

const note = (start: number, end: number, message: string): Note => ({
  code: 'CTM101',
  path: 'a.ts',
  range: { start, end },
  message,
});
const edit = (start: number, end: number): FlatEdit => ({ range: { start, end }, text: 'x' });

describe('positions', () => {
  it('count lines and columns from 1', () => {
    const position = positionsIn('ab\ncd\r\nef\rg');
    expect([0, 2, 3, 7, 9, 10, 11].map(position)).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 3 },
      { line: 2, column: 1 },
      { line: 3, column: 1 },
      { line: 3, column: 3 },
      { line: 4, column: 1 },
      { line: 4, column: 2 },
    ]);
  });

  it('exist in an empty text', () => {
    expect(positionsIn('')(0)).toEqual({ line: 1, column: 1 });
  });
});

describe('findings', () => {
  it('are notes in the order of the text, with severity and place', () => {
    const [first, second] = placeNotes('ab\ncd', [note(3, 5, 'second'), note(0, 2, 'first')], []);
    expect(first).toMatchObject({
      message: 'first',
      severity: 'exact',
      start: { line: 1, column: 1 },
      end: { line: 1, column: 3 },
    });
    expect(second).toMatchObject({ message: 'second', start: { line: 2, column: 1 } });
  });

  it('own the edits that they touch, the narrowest first, and no edit twice', () => {
    const edits = [edit(0, 1), edit(4, 5), edit(6, 8), edit(20, 21)];
    const [wide, narrow] = placeNotes('x'.repeat(30), [note(0, 10, 'wide'), note(4, 5, 'narrow')], edits);
    expect(wide?.edits).toEqual([edits[0], edits[2]]);
    expect(narrow?.edits).toEqual([edits[1]]);
  });
});
