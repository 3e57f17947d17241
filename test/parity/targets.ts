import { posix } from 'node:path';
import { satisfies } from 'semver';
import type { Files } from '../harness/files.js';
import { lowestSdk, SDKS, type Sdk } from './sdk.js';

/** The SDKs that the users of a migrated program may have: the lowest that its manifest allows, the newest 0.x and the newest 1.x. */
export function targetsOf(entry: string, files: Files): readonly Sdk[] {
  const lowest = lowestSdk(sdkRange(entry, files));
  const newest = ['<1', '>=1'].map((generation) => SDKS.find(({ version }) => satisfies(version, generation)));
  const later = newest.filter((each) => each !== undefined && satisfies(each.version, `>${lowest.version}`));
  return [lowest, ...(later as Sdk[])];
}

/** What the manifest nearest to the entry declares. */
export function sdkRange(entry: string, files: Files): string {
  for (let folder = posix.dirname(entry); ; folder = posix.dirname(folder)) {
    const manifest = JSON.parse(files.get(posix.join(folder, 'package.json')) ?? '{}') as Record<
      string,
      Record<string, string>
    >;
    const { dependencies, devDependencies, peerDependencies } = manifest;
    const range = { ...peerDependencies, ...devDependencies, ...dependencies }['@anthropic-ai/sdk'];
    if (range !== undefined) return range;
    if (folder === '.') throw new Error(`No package.json above ${entry} declares @anthropic-ai/sdk`);
  }
}
