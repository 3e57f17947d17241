import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { overlay, readTree, type Files } from './harness/files.js';
import { runTool } from './harness/run-tool.js';
import { typeErrors } from './harness/typecheck.js';

const example = readTree(fileURLToPath(new URL('../examples/chatbot', import.meta.url)));

function located(files: Files): Files {
  return new Map([...files].map(([path, text]) => [`examples/chatbot/${path}`, text]));
}

it('is legacy code that compiled with the SDK that it declares', () => {
  expect(typeErrors(located(example), 'sdk-0.20')).toEqual(new Map());
});

it('migrates as a whole, and compiles with the same SDK', async () => {
  const { output, outcome } = await runTool(example);
  expect(outcome.sites.map(({ state }) => state)).not.toContain('manual');
  expect(outcome.findings.filter(({ code }) => /^CTM[39]/.test(code))).toEqual([]);
  expect(typeErrors(located(overlay(example, output)), 'sdk-0.20')).toEqual(new Map());
});
