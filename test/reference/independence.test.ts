import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const FOLDER = fileURLToPath(new URL('../../src/reference', import.meta.url));

test('of the rest of the project the reference implementation reads the model table only', () => {
  const imports = readdirSync(FOLDER).flatMap((name) =>
    [...readFileSync(join(FOLDER, name), 'utf8').matchAll(/from '(\.[^']+)'/g)].map(([, path]) => path ?? ''),
  );
  const outside = imports.filter((path) => !path.startsWith('./'));
  expect([...new Set(outside)]).toEqual(['../api/models.js']);
});
