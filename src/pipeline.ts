import type { Migration, SiteOutcome } from '../transforms/transform.js';
import type { ModelOptions } from './api/choose-model.js';
import type { SdkTarget } from './api/sdk.js';
import { discover, type DiscoverOptions, type Discovery } from './discover/discover.js';
import { neighbourhood } from './discover/neighbourhood.js';
import type { Edit } from './edits/edit.js';
import type { Finding, Note } from './findings/finding.js';
import { placeNotes } from './findings/place.js';
import { groupBy } from './group-by.js';
import type { ManifestPlan } from './manifests/plan.js';
import { projectFiles, type ProjectFiles } from './project-files.js';
import type { SettingsPlan } from './settings/plan.js';
import { verify, type FileChange, type Verified } from './verify.js';

export interface RunOptions extends DiscoverOptions {
  readonly models: ModelOptions;
  readonly safeOnly: boolean;
  /** The SDK generation to write for, in place of the declared one. */
  readonly sdk: SdkTarget['profile'] | undefined;
  /** Told what the run is doing. */
  readonly progress: (step: string) => void;
}

/** All that a run found and wants done. Nothing is written yet. */
export interface RunResult {
  /** Absolute; every path below is relative to it. */
  readonly root: string;
  readonly sites: readonly SiteOutcome[];
  /** Sorted by path and place. */
  readonly findings: readonly Finding[];
  /** Sorted by path. */
  readonly changes: readonly FileChange[];
  /** Sentences about the path arguments and the run itself. */
  readonly notices: readonly string[];
}

/**
 * The whole flow, up to what is to be written: discover, survey and lower by language, manifests, edits, verify, findings.
 * Reads files and nothing else. Throws UsageError for paths that do not exist.
 */
export async function run(options: RunOptions): Promise<RunResult> {
  options.progress('looking for legacy files');
  const discovery = await discover(options);
  const { root, candidates, files: names, notes: skipped, notices } = discovery;
  if (candidates.length === 0) return { root: root.folder, sites: [], findings: findingsOf([], skipped, () => undefined), changes: [], notices };

  const files = projectFiles(root.folder, candidates);
  const manifests = await planManifestsOf(names, files, options);
  const migrations = await migrate(discovery, files, manifests, options);
  const raised = manifests.raise(migrations.flatMap((migration) => migration.needMessages));

  const settings = await planSettingsOf(discovery, files, migrations, options);

  options.progress('verifying');
  const edits = mergeEdits([...migrations.map((migration) => migration.edits), raised.edits, settings.edits]);
  const created = migrations.flatMap((migration) => migration.created);
  const verified = await verify(edits, created, files.load, options.languages);

  const notes = [...migrations.flatMap((migration) => migration.notes), ...raised.notes, ...settings.notes];
  const standing = withoutRejected(notes, migrations.flatMap((migration) => migration.sites), verified);
  return {
    root: root.folder,
    sites: standing.sites,
    findings: findingsOf(verified.changes, [...skipped, ...standing.notes, ...verified.notes], files.read),
    changes: verified.changes,
    notices,
  };
}

/** Loaded only now: without a candidate nobody asks for a version. */
async function planManifestsOf(names: readonly string[], { read }: ProjectFiles, { sdk }: RunOptions): Promise<ManifestPlan> {
  const { isManifest, planManifests } = await import('./manifests/plan.js');
  return planManifests({ manifests: names.filter(isManifest), read }, sdk === undefined ? {} : { sdk });
}

/** Settings are the business of a migration only where something of the vendor's is called. */
async function planSettingsOf(
  { candidates, files: paths }: Discovery,
  { read }: ProjectFiles,
  migrations: readonly Migration[],
  { models }: RunOptions,
): Promise<SettingsPlan> {
  const callsVendor = migrations.some(({ sites }) => sites.length > 0) || candidates.some(({ text }) => text.includes('@anthropic-ai/'));
  if (!callsVendor) return { edits: new Map(), notes: [] };
  const { planSettings } = await import('./settings/plan.js');
  return planSettings({ paths, read, fed: new Map(migrations.flatMap(({ modelVariables }) => [...modelVariables])), models });
}

/** Survey, then lower, for each language that has candidates; only their parsers are loaded. */
async function migrate(
  { root, candidates, everyPath, isTarget }: Discovery,
  files: ProjectFiles,
  manifests: ManifestPlan,
  options: RunOptions,
): Promise<readonly Migration[]> {
  const migrations: Migration[] = [];
  for (const [language, own] of groupBy(candidates, (candidate) => candidate.language)) {
    options.progress(`surveying files: ${own.length}`);
    const search = { root: root.folder, paths: await everyPath(), candidates: own, read: files.read, isTarget };
    const { near, apart, importers } = await neighbourhood(language, search);
    const transform = await language.load();
    const survey = transform.survey({
      candidates: near,
      apart,
      importers,
      read: files.read,
      sdkFor: (path) => manifests.sdkFor(path),
      models: options.models,
      safeOnly: options.safeOnly,
    });
    options.progress(`migrating files: ${own.length}`);
    migrations.push(transform.lower(survey));
  }
  return migrations;
}

function mergeEdits(maps: readonly ReadonlyMap<string, readonly Edit[]>[]): ReadonlyMap<string, readonly Edit[]> {
  const merged = new Map<string, readonly Edit[]>();
  for (const map of maps) {
    for (const [path, edits] of map) merged.set(path, [...(merged.get(path) ?? []), ...edits]);
  }
  return merged;
}

/** In a file whose edits were rejected nothing moved: its sites are left to a person, and no note may say otherwise. */
function withoutRejected(
  notes: readonly Note[],
  sites: readonly SiteOutcome[],
  { rejected }: Verified,
): { readonly notes: readonly Note[]; readonly sites: readonly SiteOutcome[] } {
  return {
    notes: notes.filter(({ path, code }) => !rejected.has(path) || /^CTM[39]/.test(code)),
    sites: sites.map((site) => (rejected.has(site.path) && site.state !== 'accepted' ? { id: site.id, path: site.path, state: 'manual' } : site)),
  };
}

function findingsOf(changes: readonly FileChange[], notes: readonly Note[], read: ProjectFiles['read']): readonly Finding[] {
  const changed = new Map(changes.map((change) => [change.path, change]));
  return [...groupBy(notes, (note) => note.path)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, own]) => placeNotes(read(path) ?? '', own, changed.get(path)?.edits ?? []));
}
