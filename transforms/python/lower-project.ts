import type { Edit } from '../../src/edits/edit.js';
import { asSentence, distinct, isOnlySaid } from '../notes.js';
import type { Migration, SiteOutcome } from '../transform.js';
import { lowerBedrockPackage } from './bedrock-package.js';
import { Changes } from './changes.js';
import { commentAnchor, isAccepted, todoEdit } from './comments.js';
import { reachesCalls } from './doubles.js';
import { lowerFlow } from './flow/lower.js';
import type { Flow } from './flow/plan.js';
import { TypeImports } from './flow/message-type.js';
import { findLeftovers, type Leftover } from './leftovers.js';
import type { Assembly } from './lift/assembly.js';
import { bodyOf } from './locate.js';
import { lowerSite } from './lower/site.js';
import { trimTop } from './list-edits.js';
import { markerImports } from './marker-imports.js';
import { settleMarkers } from './markers.js';
import { convertedByHelpers } from './converted.js';
import type { Node } from './node.js';
import { asyncOnly, lowerAwaited, lowerConstructors, lowerExceptions } from './old-client.js';
import { placeHelpers } from './place-helpers.js';
import type { SitePlan } from './site-plan.js';
import type { Survey } from './survey.js';
import { projectOfHelpers } from './target.js';
import { lowerTypes } from './types.js';
import type { Unit } from './unit.js';
import { removeUnused, removeUnusedImports } from './unused.js';

/** Second pass: the edits for everything that the survey lets move, and a comment for what it leaves. */
export function lowerProject(survey: Survey): Migration {
  const { program, plans, stays, names, project, origins, callers } = survey;
  const changes = new Changes();
  const sites = plans.map((plan) => lowerOrLeave(plan, survey, changes));
  const moved = plans.filter(({ site }) => !stays.has(site));
  const staying = new Set(plans.filter(({ site }) => stays.has(site)).map(({ site }) => site.unit));
  const movedUnits = new Set(moved.map(({ site }) => site.unit));
  const flows = new Set(moved.flatMap(({ prompt }) => (prompt?.plan.kind === 'flow' ? [prompt.plan.flow] : [])));
  const types = new TypeImports();
  for (const flow of flows) lowerFlow(flow, { program, origins, callers }, types, changes);
  lowerOldClients(moved, survey, changes);
  lowerBedrockPackages(moved, survey, changes);
  for (const unit of movedUnits) if (!staying.has(unit)) lowerTypes(unit, origins, changes);
  const told = new Set(changes.notes.map(({ path }) => path));
  for (const [unit, edits] of changes.edits) {
    const [first] = [...edits].sort((a, b) => a.range.start - b.range.start);
    if (first && !movedUnits.has(unit) && !told.has(unit.path))
      changes.note('CTM107', unit, first.range, 'Changed with the calls that moved in other files.');
  }
  const targets = program.units.filter(({ isTarget }) => isTarget);
  const written = writtenByUnit(moved, [...flows]);
  for (const unit of new Set([...movedUnits, ...written.keys()])) {
    removeUnused(unit, written.get(unit) ?? [], program.units, origins, changes);
    removeUnusedImports(unit, changes);
  }
  const owned = new Set([...plans.flatMap(ownedBy), ...convertedByHelpers(targets, plans, origins)]);
  const withCalls = new Set(plans.map(({ site }) => site.unit));
  const leftovers = new Map(
    targets.map(
      (unit) => [unit, findLeftovers(unit, origins, owned, (each) => reachesCalls(each, withCalls, program))] as const,
    ),
  );
  const created = placeHelpers({
    names,
    project: projectOfHelpers(moved, project),
    changes,
    prefilled: prefilledIn(moved),
  });
  types.write(changes);
  const settling = new Set(targets.filter((unit) => !staying.has(unit)));
  const imports = markerImports(program, settling, origins, changes);
  for (const unit of settling) settleMarkers(unit, imports, origins, changes);
  for (const [unit, own] of leftovers) reportLeftovers(unit, own, changes);
  for (const [unit, edits] of changes.edits) {
    const blank = trimTop(unit, edits);
    if (blank) changes.apply(unit, [blank]);
  }
  return {
    sites,
    edits: new Map<string, readonly Edit[]>([...changes.edits].map(([unit, own]) => [unit.path, own])),
    created,
    notes: [...program.notes, ...distinct(changes.notes)],
    modelVariables: survey.variables,
    needMessages: [
      ...new Set(moved.filter(({ site }) => bodyOf(site) === undefined).map(({ site }) => site.unit.path)),
    ],
  };
}

/** The clients of SDK 0.2, wherever they are made, and its errors. */
function prefilledIn(moved: readonly SitePlan[]): ReadonlySet<Unit> {
  return new Set(moved.filter(({ convertsPrefill }) => convertsPrefill).map(({ site }) => site.unit));
}

function lowerOldClients(moved: readonly SitePlan[], { program, origins, names }: Survey, changes: Changes): void {
  const old = moved.flatMap(({ site }) => (site.request.kind === 'old' ? [site] : []));
  if (old.length === 0) return;
  const targets = program.units.filter(({ isTarget }) => isTarget);
  const renamed = asyncOnly(old, targets, origins);
  for (const unit of targets) {
    lowerConstructors(unit, renamed.has(unit), origins, changes);
    lowerExceptions(unit, origins, changes);
  }
  lowerAwaited(old, targets, origins, names, changes);
}

/** The package of Bedrock goes from every file once a call has moved that one of its clients may make. */
function lowerBedrockPackages(moved: readonly SitePlan[], { program }: Survey, changes: Changes): void {
  const isUsed = moved.some(({ site }) => site.request.kind === 'create');
  if (isUsed) for (const unit of program.units) if (unit.isTarget) lowerBedrockPackage(unit, changes);
}

function lowerOrLeave(plan: SitePlan, survey: Survey, changes: Changes): SiteOutcome {
  const { site } = plan;
  const stay = survey.stays.get(site);
  const outcome = { id: site.id, path: site.unit.path };
  if (stay === undefined) return { ...outcome, ...lowerSite(plan, survey, changes) };
  if (stay === 'accepted') return { ...outcome, state: 'accepted' };
  const sentence = asSentence(stay.message);
  changes.note(stay.code, site.unit, site.call, sentence);
  const todo = todoEdit(site.call, site.unit, stay.code, sentence);
  if (todo) changes.apply(site.unit, [todo]);
  return { ...outcome, state: 'manual' };
}

/** Says what is legacy and no site, with one comment a statement and code. */
function reportLeftovers(unit: Unit, leftovers: readonly Leftover[], changes: Changes): void {
  const told = new Set<string>();
  for (const { code, node, message } of leftovers) {
    if (isAccepted(node, unit)) continue;
    changes.note(code, unit, node, message);
    const key = `${code} ${String(commentAnchor(node).start)}`;
    if (isOnlySaid(code) || told.has(key)) continue;
    told.add(key);
    const todo = todoEdit(node, unit, code, message);
    if (todo) changes.apply(unit, [todo]);
  }
}

/** What the texts were made of that are written as messages now, by file. */
function writtenByUnit(moved: readonly SitePlan[], flows: readonly Flow[]): ReadonlyMap<Unit, readonly Assembly[]> {
  const found = new Map<Unit, Assembly[]>();
  const sent = moved.flatMap(({ site: { unit }, prompt }) =>
    prompt?.plan.kind === 'conversation' ? [{ unit, plan: prompt.plan }] : [],
  );
  for (const { unit, plan } of [...sent, ...flows.flatMap(({ sources }) => sources)])
    found.set(unit, [...(found.get(unit) ?? []), ...plan.assemblies]);
  return found;
}

/** The nodes that a site answers for: its call, the parameters it reads, the ids that feed it. */
function ownedBy({ site, params, model }: SitePlan): readonly Node[] {
  const { request } = site;
  const resource = request.kind === 'create' ? request.resource.parent : undefined;
  const address = request.kind === 'http' ? request.endpoint.literals.map(({ node }) => node) : [];
  return [
    site.call,
    ...(resource ? [resource] : []),
    ...address,
    ...site.args,
    ...params.uses.map(({ node }) => node),
    ...(model?.leaves ?? []).map(({ node }) => node),
  ];
}
