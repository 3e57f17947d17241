import { applyEdits } from '../../src/edits/apply.js';
import { planManifests, type ManifestOptions, type ManifestPlan } from '../../src/manifests/plan.js';

/** A repository's manifests by path; a value other than a string is printed as JSON. */
export type Manifests = Readonly<Record<string, unknown>>;

export interface Project {
  readonly plan: ManifestPlan;
  /** The manifests that raising for these files changes, with their new text. */
  readonly raised: (...needMessages: string[]) => Record<string, string>;
  /** Code and place of each note, as `CODE path text-of-the-range`. */
  readonly notes: (...needMessages: string[]) => string[];
}

export function project(manifests: Manifests, options: ManifestOptions = {}): Project {
  const texts = new Map(Object.entries(manifests).map(([path, content]) => [path, textOf(content)]));
  const plan = planManifests({ manifests: [...texts.keys()], read: (path) => texts.get(path) }, options);
  return {
    plan,
    raised: (...paths) => {
      const { edits } = plan.raise(paths);
      return Object.fromEntries([...edits].map(([path, own]) => [path, applyEdits(texts.get(path) as string, own)]));
    },
    notes: (...paths) =>
      plan
        .raise(paths)
        .notes.map(({ code, path, range }) =>
          [code, path, texts.get(path)?.slice(range.start, range.end)].join(' ').trim(),
        ),
  };
}

export function textOf(content: unknown): string {
  return typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`;
}
