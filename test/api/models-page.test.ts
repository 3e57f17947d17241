import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { withData } from './models-page.js';

const PAGE = fileURLToPath(new URL('../../docs/models.md', import.meta.url));

/** `npx vitest run test/api/models-page.test.ts -u` brings the page up to date. */
it('docs/models.md shows the table as it is', async () => {
  await expect(withData(readFileSync(PAGE, 'utf8'))).toMatchFileSnapshot(PAGE);
});

it('knows when the page has lost a block', () => {
  expect(() => withData('# Models')).toThrow('no block');
});
