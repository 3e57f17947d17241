import { ancestors } from './ancestors.js';
import { jsonLeaves } from './json-leaves.js';
import type { Leaf, Leaves } from './leaf.js';
import { catalogEntry, catalogOf, dependencies, overrides, type Declaration } from './npm-declarations.js';
import type { ManifestFiles } from './plan.js';
import { yamlLeaves } from './yaml-leaves.js';

/** A declaration that decides which SDK a source file gets, and the manifest that holds it. */
export interface Governing {
  readonly path: string;
  readonly declaration: Declaration;
}

interface Manifest {
  readonly path: string;
  readonly leaves: readonly Leaf[];
  readonly brokenAt: number | null;
}

/** What decides about the SDK of one source file. */
export interface GovernedBy {
  /** What the nearest package.json that depends on an SDK says, with catalogs followed to their entry. */
  readonly own: readonly Governing[];
  /** Overrides of the same packages there or further up; where there is one, it wins. */
  readonly forced: readonly Governing[];
  /** Manifests above the file that do not parse, with the offset where they stop making sense. */
  readonly broken: ReadonlyMap<string, number>;
}

/** Gives what governs a source file. Reads each manifest once, and only when a file below it is asked for. */
export function npmManifests(files: ManifestFiles): (source: string) => GovernedBy {
  const known = new Set(files.manifests);
  const parsed = new Map<string, Leaves | undefined>();
  const byFolder = new Map<string, GovernedBy>();

  function parse(path: string): Leaves | undefined {
    if (!known.has(path)) return undefined;
    if (!parsed.has(path)) {
      const text = files.read(path);
      parsed.set(path, text === undefined ? undefined : path.endsWith('.json') ? jsonLeaves(text) : yamlLeaves(text));
    }
    return parsed.get(path);
  }

  /** The manifests of the folders above a path, nearest first. */
  function above(path: string): Manifest[] {
    return ancestors(path)
      .flatMap((folder) => ['package.json', 'pnpm-workspace.yaml', '.yarnrc.yml'].map((name) => `${folder}${name}`))
      .flatMap((manifest): Manifest[] => {
        const result = parse(manifest);
        if (result === undefined) return [];
        if ('brokenAt' in result) return [{ path: manifest, leaves: [], brokenAt: result.brokenAt }];
        return [{ path: manifest, leaves: result.leaves, brokenAt: null }];
      });
  }

  function followCatalog(one: Governing): Governing {
    const catalog = catalogOf(one.declaration);
    if (catalog === undefined) return one;
    for (const { path, leaves } of above(one.path)) {
      const declaration = catalogEntry(leaves, catalog, one.declaration.sdk);
      if (declaration !== undefined) return { path, declaration };
    }
    return one;
  }

  function governedBy(folder: string): GovernedBy {
    const manifests = above(folder);
    const own = manifests.map(declaredBy(dependencies)).find((declared) => declared.length > 0) ?? [];
    const packages = new Set(own.map(({ declaration }) => declaration.sdk));
    const forced = manifests.flatMap(declaredBy(overrides)).filter(({ declaration }) => packages.has(declaration.sdk));
    const broken = manifests.flatMap(({ path, brokenAt }) => (brokenAt === null ? [] : [[path, brokenAt] as const]));
    return { own: own.map(followCatalog), forced: forced.map(followCatalog), broken: new Map(broken) };
  }

  return (source) => {
    const folder = ancestors(source)[0] as string;
    const found = byFolder.get(folder) ?? governedBy(folder);
    byFolder.set(folder, found);
    return found;
  };
}

function declaredBy(find: (leaves: readonly Leaf[]) => Declaration[]): (manifest: Manifest) => Governing[] {
  return ({ path, leaves }) => find(leaves).map((declaration) => ({ path, declaration }));
}
