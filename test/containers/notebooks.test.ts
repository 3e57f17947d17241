import { expect, it } from 'vitest';
import { applyFlat } from '../../src/edits/apply.js';
import { containers } from '../../transforms/containers/containers.js';
import type { Program } from '../../transforms/containers/program.js';
import { PY } from './languages.js';

const SURROUNDINGS = { languages: [PY], unread: [{ extensions: [], needles: ['legacy'] }] };

async function cut(
  text: string,
): Promise<{ readonly programs: readonly Program[]; readonly codes: readonly string[] }> {
  const { programs, notes } = await containers.cut({ path: 'a.ipynb', text }, SURROUNDINGS);
  return { programs, codes: notes.map(({ code }) => code) };
}

function notebook(...sources: readonly (string | readonly string[])[]): string {
  return JSON.stringify(
    { cells: sources.map((source) => ({ cell_type: 'code', source, outputs: [] })), metadata: {} },
    null,
    1,
  );
}

it('cells are one program', async () => {
  const { programs } = await cut(notebook(['import a\n', 'b()'], 'c()\n', []));
  expect(programs.map(({ path, text }) => [path, text])).toEqual([['a.ipynb.py', 'import a\nb()\n\nc()\n']]);
});

it.each([
  ['%pip install anthropic==0.3', '###########################'],
  ['!ls', '###'],
  ['    !pip list', '    pass#####'],
  ['model = !which claude', '#####################'],
  ['client?\nx', '#######\nx'],
  ['%time a \\\n  b', '#########\n  #'],
  ['%%time\na()', '######\na()'],
  ['a % b', 'a % b'],
  ['"""x\n!y\n%z """\n!w', '"""x\n!y\n%z """\n##'],
  ['x = "%s" % y', 'x = "%s" % y'],
  ['if a != b: pass', 'if a != b: pass'],
])('%j is read as %j', async (source, text) => {
  const { programs } = await cut(notebook(source));
  expect(programs.map((program) => program.text)).toEqual([text]);
});

it('cells of another language, and notebooks of one, are told if they hold the legacy API', async () => {
  expect(await cut(notebook('%%bash\nlegacy', '%%javascript\nother'))).toEqual({ programs: [], codes: ['CTM907'] });
  expect(
    await cut(notebook('legacy').replace('"metadata": {}', '"metadata": { "language_info": { "name": "R" } }')),
  ).toEqual({ programs: [], codes: ['CTM907'] });
});

it('what is no JSON is told', async () => {
  expect(await cut('{ "cells": [')).toEqual({ programs: [], codes: ['CTM901'] });
});

it('new lines are elements of their list, and escapes stay as they are', async () => {
  const text = '{"cells": [{"cell_type": "code",\n  "source": [\n    "a = \\"\\u00e9\\"\\n",\n    "b = 1"\n  ]}]}';
  const { programs } = await cut(text);
  const [program] = programs as readonly [Program];
  expect(program.text).toBe('a = "é"\nb = 1');
  const whole = { range: { start: 0, end: program.text.length }, text: 'a = "é"\nc = "ü"\nb = 1\n' };
  const edits = containers.putBack(program, containers.settle(program, [whole]));
  expect(applyFlat(text, edits ?? [])).toBe(text.replace('"b = 1"', '"c = \\"\\u00fc\\"\\n",\n    "b = 1"'));
});

it('a command of the shell is not edited', async () => {
  const { programs } = await cut(notebook('%pip list'));
  const [program] = programs as readonly [Program];
  expect(containers.putBack(program, [{ range: { start: 0, end: 4 }, text: 'x' }])).toBeUndefined();
});
