import { describe, expect, it } from 'vitest';
import { survivors } from '../../src/edits/survivors.js';

const range = (start: number, end: number) => ({ start, end });

describe('what is left of a text after edits', () => {
  const survives = survivors([
    { range: range(10, 30), pieces: ['new ', range(12, 20), ' text'] },
    { range: range(14, 16), pieces: ['inner'] },
    { range: range(40, 40), pieces: ['inserted'] },
  ]);

  it.each([
    ['beside every edit', range(0, 5), true],
    ['at an insertion', range(38, 45), true],
    ['in a kept piece', range(17, 19), true],
    ['in an edit, but in no kept piece', range(22, 25), false],
    ['in a kept piece, but replaced there', range(14, 16), false],
  ])('%s', (_, place, expected) => {
    expect(survives(place)).toBe(expected);
  });
});
