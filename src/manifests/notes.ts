import { ANTHROPIC_SDK, ANY_SDK } from '../api/sdk.js';
import type { Note } from '../findings/finding.js';
import { lockAdvice } from './lock-files.js';
import type { Governing } from './npm-governing.js';

/** A range went up, and with it the lock file went stale. `paths` is what exists of the repository. */
export function raisedNote({ path, declaration }: Governing, raised: string, paths: ReadonlySet<string>): Note {
  const { sdk, version, leaf } = declaration;
  const message =
    `${sdk.name} goes from ${version} to ${raised}, because the first version with Messages is ${sdk.firstWithMessages}. ` +
    lockAdvice(path, paths);
  return { code: 'CTM209', path, range: leaf.range, message };
}

/** A path, a repository or a workspace stands where the version should. */
export function unstatedNote({ path, declaration }: Governing): Note {
  const { sdk, leaf } = declaration;
  const message =
    `${sdk.name} comes from ${leaf.value}, which does not say its version. ` +
    `The code is written for any version from ${sdk.firstWithMessages} on; see to it that it is one of these.`;
  return { code: 'CTM218', path, range: leaf.range, message };
}

/** No manifest says anything about the SDK of these files. */
export function undeclaredNote(sources: readonly string[]): Note {
  const others = sources.length === 1 ? '' : ` (nor that of ${sources.length - 1} more)`;
  const message =
    `No manifest above this file${others} depends on ${ANTHROPIC_SDK.name}. ` +
    `The code is written for any version from ${ANY_SDK.lowest} on, 1.x included; --sdk 0.x keeps sampling parameters.`;
  return { code: 'CTM218', path: sources[0] as string, range: { start: 0, end: 0 }, message };
}

/** A manifest that is neither read nor edited. */
export function brokenNote(path: string, at: number): Note {
  const message = 'The manifest does not parse, so its SDK version is neither read nor raised.';
  return { code: 'CTM901', path, range: { start: at, end: at }, message };
}
