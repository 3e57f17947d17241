import { existsSync } from 'node:fs';

/** The folder of this package, from its sources as well as from its build. */
export function packageRoot(): URL {
  const here = new URL('./', import.meta.url);
  const root = [new URL('../', here), new URL('../../', here)].find((folder) =>
    existsSync(new URL('package.json', folder)),
  );
  if (root === undefined) throw new Error('package.json of completions-to-messages is missing');
  return root;
}
