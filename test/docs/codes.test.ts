import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { CATALOGUE, isCode } from '../../src/findings/catalogue.js';
import { withManifest, type FixtureSpec } from '../harness/fixture.js';
import { runTool } from '../harness/run-tool.js';
import { pagePath, readPage, writeAfter, type Page } from './page.js';

/** `npm run docs:update` puts what the tool does into the pages, for a person to review. */
const UPDATE = process.env['MODE'] === 'update';
const HEADINGS = ['Why', 'What to do', 'Before', 'After'];
const codes = Object.keys(CATALOGUE).filter(isCode);

/** A file that is skipped has no text to show before and after. */
const shown = codes.filter((code) => !code.startsWith('CTM9'));

it.each(codes)('the page of %s has the title and the headings that every page has', (code) => {
  const page = readPage(code);
  expect(page?.title).toBe(`# ${code}: ${CATALOGUE[code]}`);
  expect(page?.headings).toEqual(HEADINGS);
});

it.each(shown)('the page of %s shows what the tool does', async (code) => {
  const page = readPage(code);
  expect(page?.before.size, `docs/codes/${code}.md has no block under Before`).toBeGreaterThan(0);
  const { before, after, flags } = page as Page;
  const { output, outcome } = await runTool(withManifest(before, '^0.20.0'), optionsOf(flags));
  if (UPDATE) writeAfter(code, output);
  else expect(Object.fromEntries(output)).toEqual(Object.fromEntries(after));
  expect(outcome.findings.map((finding) => finding.code)).toContain(code);
});

it('there is no page of a code that does not exist', () => {
  const pages = readdirSync(dirname(pagePath('CTM101'))).map((name) => name.replace(/\.md$/, ''));
  expect(pages.filter((name) => !isCode(name))).toEqual([]);
});

function optionsOf(flags: readonly string[]): FixtureSpec['options'] {
  const policy = (['latest', 'keep'] as const).find((each) => flags.includes(`--model-policy ${each}`));
  return { safeOnly: flags.includes('--safe-only'), ...(policy && { policy }) };
}
