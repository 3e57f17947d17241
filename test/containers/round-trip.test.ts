import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyFlat } from '../../src/edits/apply.js';
import type { FlatEdit } from '../../src/edits/edit.js';
import { containers } from '../../transforms/containers/containers.js';
import type { Program } from '../../transforms/containers/program.js';
import type { SourceFile } from '../../transforms/transform.js';
import { PY, TS } from './languages.js';

/** A way to write code into a file, and the code that is then read. */
interface Style {
  readonly name: string;
  readonly write: (cells: readonly string[]) => SourceFile;
}

const json = (indent: number | string | undefined, isAscii: boolean) => (value: unknown) => {
  const text = JSON.stringify(value, null, indent);
  return isAscii
    ? text.replace(/[^ -~\n\t]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : text;
};
const listed = (code: string) => code.split(/(?<=\n)/);
const cell = (source: unknown) => ({
  cell_type: 'code',
  execution_count: 1,
  metadata: {},
  outputs: [{ text: ['legacy\n', 'é'] }],
  source,
});
const prose = { cell_type: 'markdown', metadata: {}, source: ['legacy'] };
const notebook = (name: string, print: (value: unknown) => string, source: (code: string) => unknown): Style => ({
  name,
  write: (cells) => ({
    path: 'a.ipynb',
    text: `${print({ cells: [prose, ...cells.map((code) => cell(source(code)))], metadata: {}, nbformat: 4 })}\n`,
  }),
});
const document = (name: string, prefix: string, first = prefix, ending = '\n'): Style => ({
  name,
  write: (cells) => {
    const fence = (code: string) => [
      `${first}~~~py`,
      ...code.split('\n').map((line) => (line === '' ? prefix.trimEnd() : prefix + line)),
      `${prefix}~~~`,
      '',
      'legacy',
      '',
    ];
    return { path: 'a.md', text: cells.flatMap(fence).join(ending) };
  },
});
const STYLES: readonly Style[] = [
  notebook('a notebook as Jupyter writes it', json(1, false), listed),
  notebook('a notebook with cells of one string', json('\t', false), (code) => code),
  notebook('a notebook on one line, in ASCII', json(undefined, true), listed),
  document('a document', ''),
  document('a document of Windows', '', '', '\r\n'),
  document('a quote in a quote', '> > '),
  document('a list item', '   ', '1. '),
  document('a list item in a quote, with tabs', '> \t', '> -\t'),
  {
    name: 'a component',
    write: (cells) => ({
      path: 'a.vue',
      text: `<p>legacy</p>\n<script setup lang="ts">\n${cells.join('\n')}\n</script>\n`,
    }),
  },
];

const words = fc.constantFrom('legacy', 'x = "y"', '\\n', 'é', '😀', '\t', '  ', "f('z')", '`', '<p>', '"', '', ' ');
const line = fc.array(words, { maxLength: 4 }).map((parts) => parts.join(''));
const code = fc.array(line, { minLength: 1, maxLength: 6 }).map((lines) => ['import anthropic', ...lines].join('\n'));
const cells = fc.array(code, { minLength: 1, maxLength: 4 });
const added = fc.array(line, { maxLength: 3 }).map((lines) => lines.join('\n'));
const places = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 30 }), added), { minLength: 1, maxLength: 4 });

/** Edits in what the program's regions hold, in order and apart from each other. */
function editsOf(
  { parts, text }: Program,
  wanted: readonly (readonly [number, number, string])[],
): readonly FlatEdit[] {
  const ending = text.includes('\r\n') ? '\r\n' : '\n';
  const inParts = wanted.flatMap(([at, length, added]): readonly FlatEdit[] => {
    const part = parts[at % parts.length];
    if (!part) return [];
    const end = part.start + part.region.text.length;
    const start = part.start + ((at >> 3) % (part.region.text.length + 1));
    const isBroken = (offset: number) => text[offset - 1] === '\r' && text[offset] === '\n';
    const range = { start, end: Math.min(end, start + length) };
    return isBroken(range.start) || isBroken(range.end) ? [] : [{ range, text: added.replaceAll('\n', ending) }];
  });
  const sorted = inParts.sort((a, b) => a.range.start - b.range.start);
  return sorted.filter(({ range }, index) => sorted.slice(0, index).every((other) => other.range.end < range.start));
}

/** The regions of a program with their edits carried out. */
function textsOf({ parts }: Program, edits: readonly FlatEdit[] = []): readonly string[] {
  return parts.map(({ start, region }) => {
    const own = edits.filter(({ range }) => start <= range.start && range.end <= start + region.text.length);
    return applyFlat(
      region.text,
      own.map(({ range, text }) => ({ range: { start: range.start - start, end: range.end - start }, text })),
    );
  });
}

const present = (texts: readonly string[]) => texts.filter((text) => text !== '');

async function programsIn(host: SourceFile): Promise<readonly Program[]> {
  return (await containers.cut(host, { languages: [TS, PY], unread: [] })).programs;
}

it.each(STYLES)('edits of $name are the same in the code when it is cut again', async ({ write }) => {
  await fc.assert(
    fc.asyncProperty(cells, places, async (written, wanted) => {
      const host = write(written);
      const programs = await programsIn(host);
      for (const program of programs) {
        const settled = containers.settle(program, editsOf(program, wanted));
        const inHost = containers.putBack(program, settled);
        expect(inHost).toBeDefined();
        const again = await programsIn({ ...host, text: applyFlat(host.text, inHost ?? []) });
        const expected = programs.flatMap((each) => textsOf(each, each === program ? settled : []));
        expect(present(again.flatMap((each) => textsOf(each)))).toEqual(present(expected));
      }
    }),
    { numRuns: 300 },
  );
});

it.each(STYLES)('$name is left as it is without an edit, and each place is where the code is', async ({ write }) => {
  await fc.assert(
    fc.asyncProperty(cells, async (written) => {
      const host = write(written);
      for (const program of await programsIn(host)) {
        expect(containers.putBack(program, [])).toEqual([]);
        for (const { start, region } of program.parts) {
          const at = start + region.text.indexOf('import anthropic');
          const { start: from, end } = containers.hostRange(program, {
            start: at,
            end: at + 'import anthropic'.length,
          });
          expect(host.text.slice(from, end)).toBe('import anthropic');
        }
      }
    }),
    { numRuns: 100 },
  );
});
