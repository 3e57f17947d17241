import type ts from 'typescript';
import type { Edit } from '../../src/edits/edit.js';
import type { Migration, SiteOutcome } from '../transform.js';
import { Changes } from './changes.js';
import { commentAnchor, isAccepted, todoEdit } from './comments.js';
import { declaredRange } from './declared-range.js';
import { leftoversApart } from './leftovers/apart.js';
import { withoutEchoes } from './leftovers/echoes.js';
import { convertedByHelper, findLeftovers, optionsReadIn, type Known } from './leftovers/find.js';
import { lowerFlow } from './flow/lower.js';
import type { Flow } from './flow/plan.js';
import type { Assembly } from './lift/assembly.js';
import type { Leftover } from './leftovers/leftover.js';
import { strayMarkers } from './leftovers/stray-markers.js';
import { usesOldClient } from './locate.js';
import { lowerTranscript } from './transcript/lower.js';
import { importsUnread } from './lower/model.js';
import { lowerSite } from './lower/site.js';
import { settleMarkers } from './markers.js';
import { placeHelpers } from './place-helpers.js';
import type { StaticPrompt } from './prompt-plan.js';
import { asSentence, distinct, isAdjustment, isOnlySaid } from '../notes.js';
import { stayingIn } from './staying.js';
import { lowerAnswerTypes } from './requests/answer-types.js';
import { settleImports } from './remove-imports.js';
import type { SitePlan } from './site-plan.js';
import type { Symbols } from './symbols.js';
import type { Survey } from './survey.js';
import type { Unit } from './unit.js';
import { sourcesOf } from './values.js';
import type { ResultUse } from './results/plan.js';
import { projectOfHelpers } from './target.js';
import { removeUnread, removeUnused } from './unused.js';

/** Second pass: the edits for everything that the survey lets move, and a comment for what it leaves. */
export function lowerProject(survey: Survey): Migration {
  const { analysis, plans, results, stays, names, project } = survey;
  const { symbols, units } = analysis;
  const changes = new Changes();
  const outcomes = plans.map((plan) => lowerOrLeave(plan, survey, changes));
  const leftovers = leftoversOf(survey);
  const moved = plans.filter(({ site }) => !stays.has(site));
  const staying = stayingIn(survey, moved, leftovers);
  if (moved.some(({ site }) => usesOldClient(site)))
    for (const { unit, edits } of survey.oldClient.edits) changes.apply(unit, edits);
  for (const use of results) {
    if (use.problem || [...use.sites].some((site) => stays.has(site))) continue;
    if (use.sites.size === 0 && !staying.movesTypes(use.unit)) {
      leaveTypes(use, changes);
      continue;
    }
    changes.apply(use.unit, use.edits);
    changes.notes.push(...use.notes);
    for (const helper of use.helpers) changes.need(use.unit, helper);
  }
  lowerAnswerTypes(
    moved.map(({ site }) => site),
    results,
    analysis,
    (unit) => project.sdkFor(unit.path),
    changes,
  );
  const flows = new Set(moved.flatMap(({ prompt }) => (prompt?.plan.kind === 'flow' ? [prompt.plan.flow] : [])));
  for (const flow of flows) lowerFlow(flow, survey.transcripts, analysis, changes);
  const transcripts = new Set([...survey.transcripts.values()].map(({ transcript }) => transcript));
  for (const transcript of transcripts) {
    lowerTranscript(transcript, symbols, changes);
    removeUnused(transcript.assemblies, transcript.unit, symbols, changes);
  }
  for (const [unit, written] of writtenByUnit(moved, [...flows])) {
    removeUnused(written.flatMap(assembliesOf), unit, symbols, changes);
    removeUnread(
      written.flatMap(({ builders }) => builders),
      unit,
      analysis.view,
      changes,
    );
  }
  for (const plan of moved) removeUnread(importsUnread(plan, survey), plan.site.unit, analysis.view, changes);
  const created = placeHelpers(changes, {
    names,
    units,
    project: projectOfHelpers(moved, project),
    prefilled: prefilledIn(moved),
  });
  for (const unit of units) if (!staying.files.has(unit)) settleMarkers(unit, symbols, changes);
  for (const [unit, own] of leftovers) reportLeftovers(unit, own, survey, changes);
  for (const file of analysis.apart) {
    const { unit, leftovers: own } = leftoversApart(file);
    reportLeftovers(unit, own, survey, changes);
  }
  settleImports(changes);
  noteTheRest(changes);
  return {
    sites: outcomes,
    edits: editsByPath(changes),
    created,
    notes: [...survey.notes, ...distinct(changes.notes)],
    modelVariables: survey.variables,
    needMessages: [...new Set(moved.flatMap(({ site }) => (site.request.kind === 'sdk' ? [site.unit.path] : [])))],
  };
}

function prefilledIn(moved: readonly SitePlan[]): ReadonlySet<Unit> {
  return new Set(moved.filter(({ convertsPrefill }) => convertsPrefill).map(({ site }) => site.unit));
}

/** No file changes without a word: what follows the calls of other files, types and arguments, is said once. */
function noteTheRest(changes: Changes): void {
  const told = new Set(changes.notes.map(({ path }) => path));
  for (const [unit, [first]] of changes.edits) {
    if (first && !told.has(unit.path))
      changes.note('CTM107', unit, first.range, 'Changed with the calls that moved in other files.');
  }
}

/** Says that legacy types stay where nothing that moved is seen to need them. */
function leaveTypes({ unit, edits }: ResultUse, changes: Changes): void {
  const [first] = edits;
  if (!first || changes.notes.some(({ code, path }) => code === 'CTM316' && path === unit.path)) return;
  changes.note(
    'CTM316',
    unit,
    first.range,
    'Legacy types stay in this file, because no call that moved is seen to feed what they describe.',
  );
}

/** What is legacy and no site, by file. */
function leftoversOf({ analysis, names, plans, project }: Survey): ReadonlyMap<Unit, readonly Leftover[]> {
  const { symbols, units } = analysis;
  const converted = convertedByHelper(units, names, symbols);
  const runtime = plans.filter(({ params }) => params.mode === 'runtime').map(({ site }) => site.unit.tree);
  const known: Known = {
    owned: new Set([...plans.flatMap((plan) => ownedBy(plan, symbols)), ...converted.nodes]),
    fed: new Set([...converted.files, ...runtime]),
    options: optionsReadIn(analysis, plans, converted.nodes),
    rangeOf: (path, name) => declaredRange(path, name, project),
  };
  const found = new Map(units.map((unit) => [unit, withoutEchoes(findLeftovers(unit, analysis, known))]));
  const calling = new Set(plans.map(({ site }) => site.unit));
  const isTold = (unit: Unit): boolean => (found.get(unit) ?? []).some(({ code }) => !isOnlySaid(code));
  for (const [unit, stray] of strayMarkers(units, calling, isTold, analysis.view.checker))
    found.set(unit, [...(found.get(unit) ?? []), stray]);
  return found;
}

function lowerOrLeave(plan: SitePlan, survey: Survey, changes: Changes): SiteOutcome {
  const { site } = plan;
  const stay = survey.stays.get(site);
  const outcome = { id: site.id, path: site.unit.path };
  if (stay === undefined) {
    const moved = lowerSite(plan, survey, changes);
    const isAdjusted = survey.results.some(({ sites, notes }) => sites.has(site) && notes.some(isAdjustment));
    return { ...outcome, ...moved, ...(isAdjusted ? { state: 'adjusted' } : {}) };
  }
  if (stay === 'accepted') return { ...outcome, state: 'accepted' };
  const sentence = asSentence(stay.message);
  changes.note(stay.code, site.unit, site.unit.range(site.call), sentence);
  const todo = todoEdit(site.call, site.unit, stay.code, sentence);
  if (todo) changes.apply(site.unit, [todo]);
  return { ...outcome, state: 'manual' };
}

/** Says what is legacy and no site, with one comment a statement and code. */
function reportLeftovers(unit: Unit, leftovers: readonly Leftover[], { stays }: Survey, changes: Changes): void {
  const told = new Set(
    [...stays].flatMap(([site, stay]) =>
      site.unit === unit && stay !== 'accepted' ? [`${stay.code} ${String(commentAnchor(site.call).pos)}`] : [],
    ),
  );
  for (const { code, node, message } of leftovers) {
    if (isAccepted(node, unit)) continue;
    const key = `${code} ${String(commentAnchor(node).pos)}`;
    if (told.has(key) && !isOnlySaid(code)) continue;
    told.add(key);
    changes.note(code, unit, unit.range(node), message);
    const todo = isOnlySaid(code) ? undefined : todoEdit(node, unit, code, message);
    if (todo) changes.apply(unit, [todo]);
  }
}

/** The nodes that a site answers for: its call, the parameters it reads, the ids that feed it. */
function ownedBy({ site, params, model, requestType }: SitePlan, symbols: Symbols): readonly ts.Node[] {
  const argument = site.parameters;
  const converted = params.mode === 'runtime' && argument ? sourcesOf(argument, symbols) : [];
  return [
    site.call,
    ...(site.request.kind === 'http'
      ? [site.request.url, ...site.request.endpoint.holders, ...site.request.endpoint.literals]
      : []),
    ...(requestType ? [requestType.description] : []),
    ...params.declarations,
    ...params.uses.map(({ node }) => node),
    ...(model?.leaves ?? []),
    ...converted,
  ];
}

/** The prompts that are written as messages, by the file that they are written in. */
function writtenByUnit(moved: readonly SitePlan[], flows: readonly Flow[]): ReadonlyMap<Unit, readonly StaticPrompt[]> {
  const sent = moved.flatMap(({ site: { unit }, prompt }) =>
    prompt?.plan.kind === 'conversation' ? [{ unit, plan: prompt.plan }] : [],
  );
  const found = new Map<Unit, StaticPrompt[]>();
  for (const { unit, plan } of [...sent, ...flows.flatMap(({ sources }) => sources)])
    found.set(unit, [...(found.get(unit) ?? []), plan]);
  return found;
}

function assembliesOf({ assemblies, declaration }: StaticPrompt): readonly Assembly[] {
  return assemblies.filter((assembly) => assembly.declaration !== declaration);
}

function editsByPath({ edits }: Changes): ReadonlyMap<string, readonly Edit[]> {
  return new Map([...edits].map(([unit, own]) => [unit.path, own]));
}
