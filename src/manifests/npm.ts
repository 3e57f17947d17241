import { ANTHROPIC_SDK, ANY_SDK, mergeTargets, readRange, type DeclaredSdk } from '../api/sdk.js';
import type { Edit } from '../edits/edit.js';
import type { Note } from '../findings/finding.js';
import { isLockFile, lockAdvice, NPM_LOCK_FILES } from './lock-files.js';
import { brokenNote, raisedNote, undeclaredNote, unstatedNote } from './notes.js';
import { npmManifests, type GovernedBy, type Governing } from './npm-governing.js';
import type { ManifestFiles, ManifestKind, ManifestOptions, ManifestPlan, RaisedManifests } from './plan.js';

const MANIFEST = /(?:^|\/)(?:package\.json|pnpm-workspace\.yaml|\.yarnrc\.yml)$/;
const SOURCE = /\.(?:[cm]?[jt]sx?|vue|svelte|astro|mdx?)$/;

/** package.json with dependencies, overrides, resolutions and catalogs, for npm, pnpm, Yarn and Bun. */
export const npm: ManifestKind = {
  isManifest: (path) => MANIFEST.test(path) || isLockFile(path, NPM_LOCK_FILES),
  governs: (path) => SOURCE.test(path),
  plan,
};

function plan(files: ManifestFiles, options: ManifestOptions): ManifestPlan {
  const governing = npmManifests({ ...files, manifests: files.manifests.filter((path) => MANIFEST.test(path)) });
  const paths = new Set(files.manifests);
  const read = ({ declaration }: Governing): DeclaredSdk =>
    readRange(declaration.version, declaration.sdk, options.sdk);

  function raise(needMessages: readonly string[]): RaisedManifests {
    const edits = new Map<string, Edit[]>();
    const notes = new Map<string, Note>();
    const undeclared: string[] = [];
    for (const source of [...needMessages].sort()) {
      const governed = governing(source);
      for (const [path, at] of governed.broken) notes.set(path, brokenNote(path, at));
      if (governed.own.length === 0) undeclared.push(source);
      for (const one of toRaise(governed, read)) {
        const place = `${one.path}:${one.declaration.leaf.range.start}`;
        if (notes.has(place)) continue;
        const { kind, raised } = read(one);
        const { sdk, version, leaf } = one.declaration;
        const where = { path: one.path, range: leaf.range };
        if (kind === 'elsewhere') notes.set(place, unstatedNote(where, sdk, leaf.value));
        if (raised === null) continue;
        notes.set(
          place,
          raisedNote(where, sdk, { from: version, to: raised }, lockAdvice(one.path, paths, NPM_LOCK_FILES)),
        );
        edits.set(one.path, [...(edits.get(one.path) ?? []), editOf(one, raised)]);
      }
    }
    const missing =
      options.sdk === undefined && undeclared.length > 0 ? [undeclaredNote(undeclared, ANTHROPIC_SDK, ANY_SDK)] : [];
    return { edits, notes: [...notes.values(), ...missing] };
  }

  return {
    sdkFor: (path) =>
      mergeTargets(
        inForce(governing(path)).map((one) => read(one).target),
        options.sdk,
      ),
    raise,
  };
}

/** The declarations that say what is installed: an override, or else the range itself. */
function inForce({ own, forced }: GovernedBy): Governing[] {
  const overridden = new Set(forced.map(({ declaration }) => declaration.sdk));
  return [...own.filter(({ declaration }) => !overridden.has(declaration.sdk)), ...forced];
}

/** What is in force, and with an override that goes up also the range that it overrides: npm wants both to agree. */
function toRaise(governed: GovernedBy, read: (one: Governing) => DeclaredSdk): Governing[] {
  const raised = governed.forced.filter((one) => read(one).raised !== null).map(({ declaration }) => declaration.sdk);
  return [...inForce(governed), ...governed.own.filter(({ declaration }) => raised.includes(declaration.sdk))];
}

function editOf({ declaration }: Governing, raised: string): Edit {
  const { leaf, prefix } = declaration;
  return { range: leaf.range, pieces: [leaf.print(`${prefix}${raised}`)] };
}
