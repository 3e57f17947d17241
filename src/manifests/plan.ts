import { mergeTargets, type SdkTarget } from '../api/sdk.js';
import type { Edit } from '../edits/edit.js';
import type { Note } from '../findings/finding.js';
import { npm } from './npm.js';
import { pypi } from './pypi.js';

/** What may be known of the repository's manifests. */
export interface ManifestFiles {
  /** Paths of manifests and lock files relative to the project root, with forward slashes; others are passed over. */
  readonly manifests: readonly string[];
  /** The text of a manifest, or undefined where it cannot be read. Lock files are never asked for. */
  readonly read: (path: string) => string | undefined;
}

export interface ManifestOptions {
  /** The profile that the user asked for; it wins over what the manifests say. */
  readonly sdk?: SdkTarget['profile'];
}

/** The edits and notes that let manifests declare an SDK that has Messages. */
export interface RaisedManifests {
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
  readonly notes: readonly Note[];
}

export interface ManifestPlan {
  /** The SDK that a source file is written against, as it will be once its manifest is raised. */
  readonly sdkFor: (path: string) => SdkTarget;
  /** Raises what governs these source files, and nothing else. */
  readonly raise: (needMessages: readonly string[]) => RaisedManifests;
}

/** A language's way of declaring dependencies. */
export interface ManifestKind {
  readonly isManifest: (path: string) => boolean;
  /** Whether manifests of this kind say which SDK a source file uses. */
  readonly governs: (path: string) => boolean;
  readonly plan: (files: ManifestFiles, options: ManifestOptions) => ManifestPlan;
}

const KINDS: readonly ManifestKind[] = [npm, pypi];

/** Whether a path is one that `planManifests` wants to know of. */
export function isManifest(path: string): boolean {
  return KINDS.some((kind) => kind.isManifest(path));
}

/** Reads manifests as they are asked for; pure apart from `files.read`. Throws nothing for a manifest that is broken. */
export function planManifests(files: ManifestFiles, options: ManifestOptions): ManifestPlan {
  const plans = KINDS.map((kind) => ({ governs: kind.governs, plan: kind.plan(files, options) }));
  return {
    sdkFor(path) {
      const found = plans.find(({ governs }) => governs(path));
      return found?.plan.sdkFor(path) ?? mergeTargets([], options.sdk);
    },
    raise(needMessages) {
      const raised = plans.map(({ governs, plan }) => plan.raise(needMessages.filter((path) => governs(path))));
      return {
        edits: new Map(raised.flatMap(({ edits }) => [...edits])),
        notes: raised.flatMap(({ notes }) => notes),
      };
    },
  };
}
