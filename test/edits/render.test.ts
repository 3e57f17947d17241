import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, applyFlat } from '../../src/edits/apply.js';
import { EditConflict } from '../../src/edits/conflict.js';
import type { Edit, Piece, Range } from '../../src/edits/edit.js';
import { flatten } from '../../src/edits/render.js';

/** The range of the n-th occurrence of a snippet. */
function at(text: string, snippet: string, nth = 0): Range {
  let start = -1;
  for (let i = 0; i <= nth; i++) start = text.indexOf(snippet, start + 1);
  if (start < 0) throw new Error(`no ${snippet}`);
  return { start, end: start + snippet.length };
}
const edit = (range: Range, ...pieces: Piece[]): Edit => ({ range, pieces });
const before = (range: Range, ...pieces: Piece[]): Edit => edit({ start: range.start, end: range.start }, ...pieces);
const after = (range: Range, ...pieces: Piece[]): Edit => edit({ start: range.end, end: range.end }, ...pieces);

describe('flat edits', () => {
  it('sorts replacements, insertions and deletions', () => {
    const text = 'one two three';
    const edits = [edit(at(text, 'three'), '3'), edit(at(text, ' two')), before(at(text, 'one'), 'zero ')];
    expect(flatten(text, edits)).toEqual([
      { range: { start: 0, end: 0 }, text: 'zero ' },
      { range: { start: 3, end: 7 }, text: '' },
      { range: { start: 8, end: 13 }, text: '3' },
    ]);
    expect(applyEdits(text, edits)).toBe('zero one 3');
  });

  it('leaves out what changes nothing', () => {
    expect(
      flatten('abc', [
        edit({ start: 0, end: 1 }, 'a'),
        edit({ start: 1, end: 1 }),
        edit({ start: 0, end: 3 }, { start: 0, end: 3 }),
      ]),
    ).toEqual([]);
  });

  it('takes equal edits as one', () => {
    const again = () => edit({ start: 0, end: 0 }, 'import x;\n');
    expect(applyEdits('a;', [again(), again()])).toBe('import x;\na;');
  });

  it('keeps the order of insertions at one point', () => {
    const insert = (text: string) => edit({ start: 1, end: 1 }, text);
    expect(applyEdits('ab', [insert('1'), insert('2'), insert('3')])).toBe('a123b');
  });

  it('puts an insertion at the border of a replacement beside it', () => {
    const middle = { start: 1, end: 2 };
    expect(applyEdits('abc', [edit(middle, 'B'), after(middle, '>'), before(middle, '<')])).toBe('a<B>c');
  });

  it('gives new text the line ending of the file and leaves kept text alone', () => {
    const text = 'a(\r\n  x,\n  y)\r\n;\r\n';
    const args = at(text, 'x,\n  y');
    expect(applyEdits(text, [edit(at(text, 'a(\r\n  x,\n  y)'), 'b(\n', args, '\r\n)')])).toBe(
      'b(\r\nx,\n  y\r\n)\r\n;\r\n',
    );
  });
});

describe('kept ranges', () => {
  it('prints the edits inside them, two levels deep', () => {
    const text = 'create({ prompt: pre + `${r.completion}` })';
    const edits = [
      edit(at(text, 'completion'), 'text'),
      edit(at(text, 'pre + `${r.completion}`'), '[', at(text, '${r.completion}'), ']'),
      edit(at(text, '{ prompt: pre + `${r.completion}` }'), '{ messages: ', at(text, 'pre + `${r.completion}`'), ' }'),
    ];
    expect(applyEdits(text, edits)).toBe('create({ messages: [${r.text}] })');
    expect(flatten(text, edits)).toHaveLength(1);
  });

  it('drops edits that are in no kept range', () => {
    const text = 'f(a, b)';
    expect(
      applyEdits(text, [edit(at(text, 'f(a, b)'), at(text, 'b')), edit(at(text, 'a'), 'x'), after(at(text, 'a'), '!')]),
    ).toBe('b');
  });

  it('keeps order when a range is printed in another order', () => {
    const text = 'f(a, b)';
    const a = at(text, 'a');
    const b = at(text, 'b');
    expect(applyEdits(text, [edit(at(text, 'a, b'), b, ', ', a), edit(a, 'A')])).toBe('f(b, A)');
  });

  it('takes an insertion at the border of a kept range into it, when the code around it goes', () => {
    const text = 'f(a)';
    const a = at(text, 'a');
    expect(applyEdits(text, [edit(at(text, 'f(a)'), '[', a, ']'), before(a, '<'), after(a, '>')])).toBe('[<a>]');
  });

  it('leaves an insertion outside when the kept range begins where the edit does', () => {
    const text = 'r.completion.trim();';
    const edits = [
      before(at(text, 'r'), '// note\n'),
      edit(at(text, 'r.completion'), 'messageText(', at(text, 'r'), ')'),
    ];
    expect(applyEdits(text, edits)).toBe('// note\nmessageText(r).trim();');
  });

  it('prints an insertion between two adjacent kept ranges once', () => {
    const text = 'f(ab)';
    expect(
      applyEdits(text, [edit(at(text, 'f(ab)'), at(text, 'a'), '-', at(text, 'b')), after(at(text, 'a'), '+')]),
    ).toBe('a-+b');
  });

  it('wraps edits of the same range, the first outermost', () => {
    const text = 'x;';
    const x = at(text, 'x');
    expect(applyEdits(text, [edit(x, 'y'), edit(x, 'f(', x, ')'), edit(x, 'g(', x, ')')])).toBe('f(g(y));');
  });

  it('does not mistake an edit of the whole kept range for its own', () => {
    const text = 'f(x)';
    expect(applyEdits(text, [edit(at(text, 'f(x)'), 'g(', at(text, 'x'), ')'), edit(at(text, 'x'), 'y')])).toBe('g(y)');
  });
});

describe('moved ranges', () => {
  it('prints a range twice, each time with the edits inside', () => {
    const text = 'a(x.old); b()';
    const moved = at(text, 'x.old');
    const edits = [edit(at(text, 'old'), 'new'), before(at(text, ')', 1), moved, ', ', moved)];
    expect(applyEdits(text, edits)).toBe('a(x.new); b(x.new, x.new)');
  });

  it('moves: deleted here, printed there', () => {
    const text = 'one(a.b); two()';
    const moved = at(text, 'a.b');
    expect(applyEdits(text, [edit(moved), edit(at(text, 'b'), 'c'), before(at(text, ')', 1), moved)])).toBe(
      'one(); two(a.c)',
    );
  });

  it('extracts: another text stays behind', () => {
    const text = 'call(f(x.old));';
    const moved = at(text, 'f(x.old)');
    const edits = [
      before(at(text, 'call'), 'const v = ', moved, ';\n'),
      edit(moved, 'v'),
      edit(at(text, 'old'), 'new'),
    ];
    expect(applyEdits(text, edits)).toBe('const v = f(x.new);\ncall(v);');
  });

  it('swaps', () => {
    const text = 'f(a, b)';
    const [a, b] = [at(text, 'a'), at(text, 'b')];
    expect(applyEdits(text, [edit(a, b), edit(b, a)])).toBe('f(b, a)');
  });

  it('takes an edit of exactly the moved range along when the code around its old place is replaced', () => {
    const text = 'go({ prompt: `${r.completion}!` });';
    const hole = at(text, 'r.completion');
    const edits = [
      before(at(text, 'go'), 'const m = ', hole, ';\n'),
      edit(at(text, 'prompt: `${r.completion}!`'), 'm'),
      edit(
        hole,
        'messageText(',
        at(text, 'r.completion').start === hole.start ? { start: hole.start, end: hole.start + 1 } : hole,
        ')',
      ),
    ];
    expect(applyEdits(text, edits)).toBe('const m = messageText(r);\ngo({ m });');
  });

  it('leaves insertions at its border where they were', () => {
    const text = 'a; b;';
    const edits = [after(at(text, 'b;'), ' ', at(text, 'a')), before(at(text, 'a'), '// note\n')];
    expect(applyEdits(text, edits)).toBe('// note\na; b; a');
  });

  it('ignores deletions that contain it', () => {
    const text = 'x(); y(z);';
    expect(applyEdits(text, [edit(at(text, 'y(z);')), before(at(text, ')'), at(text, 'z'))])).toBe('x(z); ');
  });
});

describe('conflicts', () => {
  const text = '0123456789';
  const range = (start: number, end: number): Range => ({ start, end });
  it.each<[string, Edit[]]>([
    ['crossing edits', [edit(range(0, 5), 'a'), edit(range(3, 8), 'b')]],
    ['two replacements of one range', [edit(range(0, 5), 'a'), edit(range(0, 5), 'b')]],
    ['an edit across the border of a kept range', [edit(range(0, 9), range(2, 5)), edit(range(4, 7), 'x')]],
    ['an edit across the border of a moved range', [edit(range(9, 9), range(2, 5)), edit(range(4, 7), 'x')]],
    ['a range past the end', [edit(range(5, 11), 'a')]],
    ['a range before the start', [edit(range(-1, 1), 'a')]],
    ['a range that ends before it starts', [edit(range(3, 2), 'a')]],
    ['a piece past the end', [edit(range(1, 2), range(9, 12))]],
    ['edits that print each other', [edit(range(2, 3), range(6, 9)), edit(range(7, 8), range(1, 4))]],
  ])('%s', (_name, edits) => {
    expect(() => flatten(text, edits)).toThrow(EditConflict);
  });

  it('names the ranges', () => {
    expect(() => flatten(text, [edit(range(0, 5), 'a'), edit(range(3, 8), 'b')])).toThrow(
      '[0, 5) and [3, 8): edits cross',
    );
  });
});

describe('properties', () => {
  const text = 'the quick brown fox jumps';
  const range = fc
    .tuple(fc.nat(text.length), fc.nat(text.length))
    .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
  const anyEdit = fc.record({
    range,
    pieces: fc.array(fc.oneof(fc.constantFrom('', 'x', 'yz'), range), { maxLength: 3 }),
  });

  it('gives sorted edits without overlap, or a conflict', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 5 }), (edits) => {
        let flat;
        try {
          flat = flatten(text, edits);
        } catch (error) {
          expect(error).toBeInstanceOf(EditConflict);
          return;
        }
        flat.reduce((end, each) => {
          expect(each.range.start).toBeGreaterThanOrEqual(end);
          return each.range.end;
        }, 0);
        expect(applyFlat(text, flat)).toBe(applyEdits(text, edits));
      }),
    );
  });

  it('changes no text outside edits when each edit keeps its whole range', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 6 }), (ranges) => {
        const nested = ranges.filter((each, i) =>
          ranges.slice(0, i).every((other) => each.end <= other.start || other.end <= each.start),
        );
        const edits = nested.map((each) => edit(each, '<', each, '>'));
        expect(applyEdits(text, edits).replace(/[<>]/g, '')).toBe(text);
      }),
    );
  });
});
