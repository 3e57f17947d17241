import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import { ancestors } from '../manifests/ancestors.js';
import type { Declaration } from '../manifests/npm-declarations.js';
import { npmManifests } from '../manifests/npm-governing.js';
import type { FileChange } from '../verify.js';

const MANIFESTS = ['package.json', 'pnpm-workspace.yaml', '.yarnrc.yml'];
const SOURCE = /\.[cm]?[jt]sx?$/;
/** The first versions of the SDKs without completions (SDK changelogs, 2026-10-21). */
const WITHOUT_COMPLETIONS = '>=1.0.0';

/**
 * Why the packages that are installed in a project cannot run it before and after its migration; undefined where they can.
 * Installs nothing and loads nothing: versions are read from `node_modules/NAME/package.json`.
 */
export function whyNotRunnable(root: string, changes: readonly FileChange[]): string | undefined {
  // Yarn keeps packages in archives that a copy takes along; their versions are in no folder.
  if (existsSync(join(root, '.pnp.cjs'))) return undefined;
  const migrated = new Map(changes.map(({ path, after }) => [path, after]));
  const sources = changes.filter(({ path, before }) => SOURCE.test(path) && before !== null).map(({ path }) => path);
  const governing = npmManifests({
    manifests: manifestsAbove(root, sources),
    read: (path) => migrated.get(path) ?? readFileSync(join(root, path), 'utf8'),
  });
  for (const source of sources) {
    const { own, forced } = governing(source);
    for (const { path, declaration } of forced.length > 0 ? forced : own) {
      const problem = problemOf(declaration, installedVersion(root, source, packageName(declaration)), path);
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

function problemOf(declaration: Declaration, installed: string | undefined, manifest: string): string | undefined {
  const name = packageName(declaration);
  const { version: range, sdk } = declaration;
  if (installed === undefined) {
    return `${name} is not installed: install what the lock file says, such as with \`npm ci\`, and run again`;
  }
  if (semver.satisfies(installed, WITHOUT_COMPLETIONS)) {
    return `The legacy half cannot run: ${name} ${installed} is installed, which has no completions. ${PREPARE}`;
  }
  const wanted = semver.validRange(range) === null ? `>=${sdk.firstWithMessages}` : range;
  if (semver.satisfies(installed, wanted)) return undefined;
  return `The migrated half cannot run: once migrated, ${manifest} asks for ${name} ${wanted}, but ${installed} is installed. ${PREPARE}`;
}

const PREPARE = `Prepare two folders with what each half needs, and name them:
  git worktree add ../before && (cd ../before && npm ci)
  git worktree add ../after && (cd ../after && npx completions-to-messages && npm install)
  completions-to-messages parity --before ../before --after ../after -- COMMAND`;

function packageName({ leaf, sdk }: Declaration): string {
  return leaf.keys.at(-1)?.replace(/^\*\*\//, '') ?? sdk.name;
}

function manifestsAbove(root: string, sources: readonly string[]): readonly string[] {
  const folders = new Set(sources.flatMap(ancestors));
  return [...folders]
    .flatMap((folder) => MANIFESTS.map((name) => `${folder}${name}`))
    .filter((path) => existsSync(join(root, path)));
}

/** The version that a source file gets when it imports a package. */
function installedVersion(root: string, source: string, name: string): string | undefined {
  const manifest = ancestors(source)
    .map((folder) => join(root, folder, 'node_modules', name, 'package.json'))
    .find((path) => existsSync(path));
  if (manifest === undefined) return undefined;
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version?: string }).version;
}
