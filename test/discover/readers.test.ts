import { expect, it } from 'vitest';
import { LANGUAGES } from '../../transforms/languages.js';
import { importing } from '../../transforms/typescript/importing.js';
import { findReaders } from '../../src/discover/readers.js';

const CALL = {
  path: 'src/ask.ts',
  text: "import { read } from './read.js';\nimport { show } from '@/lib/show';\nimport { wait } from './wait.js';",
};
const FILES: Readonly<Record<string, string>> = {
  'src/read.ts': 'export const read = (response: Response) => response.json();',
  'src/lib/show.ts': 'export const show = (data) => data.completion;',
  'src/wait.ts': 'export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));',
  'src/unasked.ts': 'export const unasked = (data) => data.completion;',
  'node_modules/x/read.ts': 'export const read = (data) => data.completion;',
};

it('finds what a call’s file imports that may read an answer, and tells what may be edited of it', () => {
  const [language] = LANGUAGES;
  if (!language) throw new Error('no language');
  const readers = findReaders(language, importing, {
    root: '/',
    paths: [CALL.path, ...Object.keys(FILES)],
    candidates: [CALL],
    read: (path) => FILES[path],
    isTarget: (path) => path !== 'src/lib/show.ts',
  });
  expect(readers.map(({ path, isTarget }) => [path, isTarget])).toEqual([
    ['src/read.ts', true],
    ['src/lib/show.ts', false],
  ]);
});
