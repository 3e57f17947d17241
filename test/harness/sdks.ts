import { satisfies } from 'semver';
import type { Files } from './files.js';
import { installedVersion, type SdkAlias } from './typecheck.js';

/** The SDKs without Messages, which only code that stays as it is still compiles against. */
const OLDEST: readonly SdkAlias[] = ['sdk-0.4', 'sdk-0.6'];
const ALIASES: readonly SdkAlias[] = [...OLDEST, 'sdk-0.20', 'sdk-0.137', 'sdk-1'];

/** The installed SDKs that a project's manifests allow: what its migrated code must compile against. */
export function sdksAllowed(files: Files, fallback: string): readonly SdkAlias[] {
  const ranges = [...files]
    .filter(([path]) => path.endsWith('package.json'))
    .flatMap(([, text]) => declaredRanges(text));
  const range = ranges.find((each) => ALIASES.some((alias) => satisfies(installedVersion(alias), each))) ?? fallback;
  const allowed = ALIASES.filter((alias) => satisfies(installedVersion(alias), range));
  const current = allowed.filter((alias) => !OLDEST.includes(alias));
  return current.length > 0 ? current : allowed;
}

/** The SDK that the legacy code of such a project was written for: the newest that still has completions. */
export function legacySdk(files: Files, fallback: string): SdkAlias {
  const allowed = sdksAllowed(files, fallback);
  const oldest = allowed.find((alias) => OLDEST.includes(alias));
  if (oldest) return oldest;
  return allowed.includes('sdk-0.20') ? 'sdk-0.20' : 'sdk-0.137';
}

function declaredRanges(manifest: string): readonly string[] {
  const { dependencies, devDependencies, peerDependencies } = JSON.parse(manifest) as Record<
    string,
    Record<string, string>
  >;
  const range = { ...peerDependencies, ...devDependencies, ...dependencies }['@anthropic-ai/sdk'];
  return range === undefined ? [] : [range];
}
