import type { SdkTarget } from '../../../src/api/sdk.js';
import type { HelperName } from './names.js';

/** One helper as text: two spaces of indent, single quotes, semicolons. What stands between ‹ and › is TypeScript only. */
export interface Snippet {
  readonly needs: readonly HelperName[];
  readonly text: string;
}

/** What the text of a helper depends on. */
export interface SnippetSettings {
  readonly profile: SdkTarget['profile'];
  /** Legacy model ids, each with the id to send instead. */
  readonly models: ReadonlyMap<string, string>;
  /** Whether the code that uses the helpers expects a stop reason that may be null, as SDKs before 0.13 did not say. */
  readonly nullReasons: boolean;
  /** Whether it expects an answer to have an id and a type, which SDKs before 0.11 did not declare. */
  readonly hasIds: boolean;
}
