import type { SdkPackage, SdkTarget } from '../api/sdk.js';
import type { Range } from '../edits/edit.js';
import type { Note } from '../findings/finding.js';

/** Where in a manifest something stands. */
export interface ManifestPlace {
  readonly path: string;
  readonly range: Range;
}

/** A range went up, and with it the lock file went stale, about which `advice` is a sentence. */
export function raisedNote(
  place: ManifestPlace,
  sdk: SdkPackage,
  versions: { readonly from: string; readonly to: string },
  advice: string,
): Note {
  const reason = `because the first version with Messages is ${sdk.firstWithMessages}`;
  return {
    code: 'CTM209',
    ...place,
    message: `${sdk.name} goes from ${versions.from} to ${versions.to}, ${reason}. ${advice}`,
  };
}

/** A version that is too low stands where nobody but another tool may write, which `advice` is a sentence about. */
export function stuckNote(place: ManifestPlace, sdk: SdkPackage, from: string, advice: string): Note {
  const reason = `but the first version with Messages is ${sdk.firstWithMessages}`;
  return { code: 'CTM209', ...place, message: `${sdk.name} stays at ${from} here, ${reason}. ${advice}` };
}

/** A path, a repository or a workspace stands where the version should. */
export function unstatedNote(place: ManifestPlace, sdk: SdkPackage, source: string): Note {
  const message =
    `${sdk.name} comes from ${source}, which does not say its version. ` +
    `The code is written for any version from ${sdk.firstWithMessages} on; see to it that it is one of these.`;
  return { code: 'CTM218', ...place, message };
}

/** No manifest says anything about the SDK of these files, which are written for `any`. */
export function undeclaredNote(sources: readonly string[], sdk: SdkPackage, any: SdkTarget): Note {
  const others = sources.length === 1 ? '' : ` (nor that of ${sources.length - 1} more)`;
  const message =
    `No manifest above this file${others} depends on ${sdk.name}. ` +
    `The code is written for any version from ${any.lowest} on, 1.x included; --sdk 0.x keeps sampling parameters.`;
  return { code: 'CTM218', path: sources[0] as string, range: { start: 0, end: 0 }, message };
}

/** A manifest that is neither read nor edited. */
export function brokenNote(path: string, at: number): Note {
  const message = 'The manifest does not parse, so its SDK version is neither read nor raised.';
  return { code: 'CTM901', path, range: { start: at, end: at }, message };
}
