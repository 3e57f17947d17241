import { installedVersion, typeErrors, type SdkAlias, type SourceCache } from '../harness/typecheck.js';

/** The installed SDKs that have Messages. */
export const SDKS: readonly { readonly alias: SdkAlias; readonly version: string }[] = (
  ['sdk-0.20', 'sdk-0.137', 'sdk-1'] as const
).map((alias) => ({ alias, version: installedVersion(alias) }));

const parsed: SourceCache = new Map();

/** Those of some TypeScript texts that do not type-check against an SDK, in their order. */
export function failing(sdk: SdkAlias, texts: readonly string[]): string[] {
  const files = new Map(texts.map((text, at) => [`probe-${at}.ts`, text]));
  const errors = typeErrors(files, sdk, parsed);
  return [...files].filter(([path]) => errors.has(path)).map(([, text]) => text);
}
