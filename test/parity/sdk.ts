import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { minVersion, rcompare, satisfies } from 'semver';

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** A version of @anthropic-ai/sdk that this project installs under an npm alias. */
export interface Sdk {
  readonly version: string;
  readonly folder: string;
}

/** The installed SDKs, newest first. */
export const SDKS: readonly Sdk[] = readdirSync(MODULES)
  .filter((name) => name.startsWith('sdk-'))
  .map((name) => join(MODULES, name))
  .map((folder) => ({ folder, version: versionOf(folder) }))
  .sort((a, b) => rcompare(a.version, b.version));

/** The installed SDK of a version. @throws where it is not installed */
export function sdk(version: string): Sdk {
  const found = SDKS.find((each) => each.version === version);
  if (found === undefined)
    throw new Error(`SDK ${version} is not installed; there are ${SDKS.map((each) => each.version).join(', ')}`);
  return found;
}

/** The lowest installed SDK that a range allows: one that has Messages, unless nothing was migrated and the range is as old as the code. */
export function lowestSdk(range: string): Sdk {
  const allowed = SDKS.filter(({ version }) => satisfies(version, range));
  const found = allowed.findLast(({ version }) => satisfies(version, '>=0.14')) ?? allowed.at(-1);
  if (found === undefined)
    throw new Error(`No installed SDK is in ${range}, which starts at ${minVersion(range)?.version}`);
  return found;
}

function versionOf(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}
