import type { LanguageEntry, Migration, Project, SiteOutcome } from '../transforms/transform.js';
import type { ModelOptions } from './api/choose-model.js';
import type { SdkTarget } from './api/sdk.js';
import { needingMessages, openContainers, type Hosting } from './containers.js';
import type { Candidate } from './discover/candidate.js';
import { discover, type DiscoverOptions, type Discovery } from './discover/discover.js';
import type { ImporterSearch } from './discover/importers.js';
import { neighbourhood, neighbourless } from './discover/neighbourhood.js';
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
  const { root, files: names, notices } = discovery;
  const hosting = await openContainers(discovery, options.containers, {
    languages: options.languages,
    unread: options.unread ?? [],
  });
  const skipped = [...discovery.notes, ...hosting.notes];
  const candidates = [...discovery.candidates, ...hosting.code, ...hosting.shown];
  const files = projectFiles(root.folder, [...discovery.candidates, ...discovery.hosts], hosting.programAt);
  if (candidates.length === 0)
    return { root: root.folder, sites: [], findings: findingsOf([], skipped, files.read), changes: [], notices };

  const manifests = await planManifestsOf(names, discovery.candidates, files, hosting, options);
  const migrations = await migrate(discovery, hosting, files, manifests, options);
  const raised = manifests.raise(needingMessages(migrations, hosting));

  const settings = await planSettingsOf(candidates, names, files, migrations, options);
  const data = await findDataOf(candidates, names, files, migrations);

  options.progress('verifying');
  const edits = mergeEdits([...migrations.map((migration) => migration.edits), raised.edits, settings.edits]);
  const created = migrations.flatMap((migration) => migration.created);
  const verified = await verify({ edits, created, load: files.load, languages: options.languages, hosting });

  const notes = [...migrations.flatMap((migration) => migration.notes), ...raised.notes, ...settings.notes, ...data];
  const standing = withoutRejected(
    notes,
    migrations.flatMap((migration) => migration.sites),
    verified,
  );
  return {
    root: root.folder,
    sites: standing.sites.map(hosting.siteAtHome),
    findings: findingsOf(
      verified.changes,
      [...skipped, ...[...standing.notes, ...verified.notes].map(hosting.atHome)],
      files.read,
    ),
    changes: verified.changes,
    notices,
  };
}

/** Loaded only now: without a candidate nobody asks for a version. */
async function planManifestsOf(
  names: readonly string[],
  candidates: readonly Candidate[],
  { read }: ProjectFiles,
  { code, installsOf }: Hosting,
  { sdk }: RunOptions,
): Promise<ManifestPlan> {
  const { isManifest, planManifests } = await import('./manifests/plan.js');
  const plan = planManifests({ manifests: names.filter(isManifest), read }, sdk === undefined ? {} : { sdk });
  const withMetadata = candidates.filter(({ text }) => text.includes('# /// script'));
  if (withMetadata.length === 0 && code.every(({ path }) => installsOf(path).length === 0)) return plan;
  const { planInstalls } = await import('./manifests/installs.js');
  const { installsInScript } = await import('./manifests/script-metadata.js');
  const scripts = new Map(withMetadata.map(({ path, text }) => [path, installsInScript(path, text)]));
  return planInstalls(plan, (path) => [...installsOf(path), ...(scripts.get(path) ?? [])], sdk);
}

/** Settings are the business of a migration only where something of the vendor's is called. */
async function planSettingsOf(
  candidates: readonly Candidate[],
  paths: readonly string[],
  { read }: ProjectFiles,
  migrations: readonly Migration[],
  { models }: RunOptions,
): Promise<SettingsPlan> {
  const callsVendor =
    migrations.some(({ sites }) => sites.length > 0) || candidates.some(({ text }) => text.includes('@anthropic-ai/'));
  if (!callsVendor) return { edits: new Map(), notes: [] };
  const { planSettings } = await import('./settings/plan.js');
  return planSettings({
    paths,
    read,
    fed: new Map(migrations.flatMap(({ modelVariables }) => [...modelVariables])),
    models,
  });
}

/** More of a file than this is not looked through for recorded requests. */
const LARGEST_DATA = 5_000_000;
const CALLS = /@anthropic-ai\/|api\.anthropic\.com|max_tokens_to_sample|\/v1\/complete/;
const READS_OPTION = /max_tokens["']?\s*:[^,;\n]*max_tokens_to_sample/;

/** Recorded and described requests are the business of a migration where the API is called, by whatever means. */
async function findDataOf(
  candidates: readonly Candidate[],
  paths: readonly string[],
  { glance }: ProjectFiles,
  migrations: readonly Migration[],
): Promise<readonly Note[]> {
  const calls = migrations.some(({ sites }) => sites.length > 0) || candidates.some(({ text }) => CALLS.test(text));
  if (!calls) return [];
  const { findLegacyData } = await import('./settings/legacy-data.js');
  const readsOption =
    migrations.some(({ notes }) => notes.some(({ code }) => code === 'CTM215')) ||
    candidates.some(({ text }) => READS_OPTION.test(text));
  return findLegacyData({ paths, read: (path) => glance(path, LARGEST_DATA), readsOption });
}

/** Survey, then lower, for each language that has candidates; only their parsers are loaded. */
async function migrate(
  { root, candidates, everyPath, isTarget }: Discovery,
  { code, shown, programAt, programsIn }: Hosting,
  { read }: ProjectFiles,
  manifests: ManifestPlan,
  { models, safeOnly, progress }: RunOptions,
): Promise<readonly Migration[]> {
  const migrations: Migration[] = [];
  const common = { sdkFor: (path: string) => manifests.sdkFor(path), models, safeOnly };
  const all = [...candidates, ...code].sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const [language, own] of groupBy(all, (candidate) => candidate.language)) {
    progress(`surveying files: ${own.length}`);
    const search: ImporterSearch = {
      ...{ root: root.folder, paths: await everyPath(), candidates: own, read, isTarget },
      programsIn: (path, text) => programsIn(path, text, language),
    };
    const { near, apart, importers } = await neighbourhood(language, search);
    const isAlone = (path: string): boolean => programAt(path)?.kind === 'notebook';
    migrations.push(
      await migrated(language, { ...common, candidates: near, apart, importers, read, isAlone }, progress),
    );
  }
  for (const own of groupBy(
    shown,
    ({ path, language }) => `${language.name} ${programAt(path)?.host.path ?? ''}`,
  ).values()) {
    const [{ language }] = own as readonly [Candidate];
    progress(`surveying snippets: ${own.length}`);
    const { isManifest } = await import('./manifests/plan.js');
    // What a document imports is whoever reads it has, and no file of this repository.
    const readManifest = (path: string): string | undefined => (isManifest(path) ? read(path) : undefined);
    const around = { ...(await neighbourless(language, own)), read: readManifest, isAlone: () => true };
    migrations.push(await migrated(language, { ...common, ...around }, progress));
  }
  return migrations;
}

async function migrated(
  language: LanguageEntry,
  project: Project,
  progress: RunOptions['progress'],
): Promise<Migration> {
  const transform = await language.load();
  const survey = transform.survey(project);
  progress(`migrating files: ${project.candidates.length}`);
  return transform.lower(survey);
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
    sites: sites.map((site) =>
      rejected.has(site.path) && site.state !== 'accepted' ? { id: site.id, path: site.path, state: 'manual' } : site,
    ),
  };
}

function findingsOf(
  changes: readonly FileChange[],
  notes: readonly Note[],
  read: ProjectFiles['read'],
): readonly Finding[] {
  const changed = new Map(changes.map((change) => [change.path, change]));
  return [...groupBy(notes, (note) => note.path)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, own]) => placeNotes(read(path) ?? '', own, changed.get(path)?.edits ?? []));
}
