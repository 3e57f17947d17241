import { ts } from './ts.js';
import type { ModelNeeds } from '../../src/api/choose-model.js';
import type { Code } from '../../src/findings/catalogue.js';
import type { Note } from '../../src/findings/finding.js';
import type { Project } from '../transform.js';
import { analyse, type Analysis } from './analyse.js';
import { isAccepted } from './comments.js';
import { decideModels, type ModelDecision } from './decide-models.js';
import { needsByVariable } from './environment.js';
import type { FlowPrompt } from './flow/plan.js';
import { isConstantClosed } from './flow/readers.js';
import { groupBy } from '../groups.js';
import { Changes } from './changes.js';
import { lowerSite } from './lower/site.js';
import { isAdjustment } from '../notes.js';
import { chooseHelperNames, type HelperNames } from './helper-names.js';
import type { LeftToPerson } from './left-to-person.js';
import { usesOldClient, type Site } from './locate.js';
import { planOldClient, type OldClientNames } from './old-client/naming.js';
import { variablesIn, type Surroundings } from './params-plan.js';
import { planResults, type ResultUse } from './results/plan.js';
import { paramsShapes } from './params-shape.js';
import { isLeftAnyway, needsOf, planSite, type SitePlan } from './site-plan.js';
import { isInside, unwrap } from './syntax.js';
import type { Symbols } from './symbols.js';
import { targetOf } from './target.js';
import type { TranscriptPrompt } from './transcript/transcript.js';
import { planHandedOn } from './transcript/with-flows.js';

/** Everything that is decided before an edit is made. */
export interface Survey {
  readonly project: Project;
  readonly analysis: Analysis;
  readonly names: HelperNames;
  readonly plans: readonly SitePlan[];
  /** What begins with a transcript that is kept over several calls, where that becomes a list. */
  readonly transcripts: ReadonlyMap<ts.Expression, TranscriptPrompt>;
  /** The sites that stay, and why; `accepted` ones are no finding. */
  readonly stays: ReadonlyMap<Site, Stay>;
  readonly results: readonly ResultUse[];
  readonly oldClient: OldClientNames;
  /** The model for each id in the source that feeds a call which moves. */
  readonly models: ReadonlyMap<ts.StringLiteralLike, ModelDecision>;
  /** The environment variables that choose the model of a call which moves. */
  readonly variables: ReadonlyMap<string, ModelNeeds>;
  readonly notes: readonly Note[];
}

export type Stay = 'accepted' | { readonly code: Code; readonly node: ts.Node; readonly message: string };

/** First pass: which sites there are, what they share, and which of them move. */
export function surveyProject(project: Project): Survey {
  const analysis = analyse(project);
  const { view, symbols, sites, units } = analysis;
  const names = chooseHelperNames(units);
  const urls = sites.flatMap(({ request }) => (request.kind === 'http' ? [request.url] : []));
  const isSiteUrl = (node: ts.Node): boolean => urls.some((url) => isInside(node, url));
  const movable = sites.filter((site) => !isLeftAnyway(site, symbols, isSiteUrl));
  const arguments_ = new Set(movable.flatMap(({ parameters }) => (parameters ? [unwrap(parameters)] : [])));
  const converted = new Set<ts.VariableDeclaration>();
  const surroundings: Surroundings = {
    isSiteArgument: (node) => leadsToArgument(node, arguments_, analysis),
    isClosed: (declaration) => isConstantClosed(declaration, analysis),
    isConverted: (declaration) => converted.has(declaration),
  };
  const oldClient = planOldClient(units, symbols);
  const plans = planUntilSettled(
    () => sites.map((site) => planSite(site, view, symbols, surroundings, isSiteUrl)),
    converted,
    symbols,
  ).map((plan) => withProblem(plan, usesOldClient(plan.site) ? oldClient.problem : undefined));
  const results = planResults({
    view,
    symbols,
    units,
    sites,
    targetOf: (unit) => project.sdkFor(unit.path),
    nameOf: (_unit, helper) => names.get(helper) ?? helper,
    paramsTypeAt: paramsShapes(plans, symbols),
  });
  const decide = (unsafe: ReadonlySet<Site>): Survey => {
    const stays = decideStays(plans, results, unsafe);
    const isMoving = ({ site }: SitePlan): boolean => !stays.has(site);
    const moving = plans.filter(isMoving);
    const { prompts, transcripts } = planHandedOn(moving, analysis);
    const final = plans.map((plan) => withPrompt(plan, prompts.get(plan.site)));
    const models = decideModels(final, isMoving, project, analysis);
    const fed = final.filter(isMoving).flatMap((plan) => {
      const needs = needsOf(plan, targetOf(plan.site, project).profile, symbols);
      return plan.model ? [{ model: plan.model, needs }] : [];
    });
    const variables = needsByVariable(fed, symbols);
    return {
      project,
      analysis,
      names,
      plans: final,
      transcripts,
      stays,
      results,
      oldClient,
      models,
      variables,
      notes: analysis.notes,
    };
  };
  const all = decide(new Set());
  return project.safeOnly ? decide(adjustedSites(all)) : all;
}

/** What a call converts when the program runs stays as it is: other calls that send a part of it convert theirs, too. */
function planUntilSettled(
  plan: () => readonly SitePlan[],
  converted: Set<ts.VariableDeclaration>,
  symbols: Symbols,
): readonly SitePlan[] {
  for (;;) {
    const plans = plan();
    const before = converted.size;
    for (const { params, site } of plans) {
      if (params.mode === 'runtime' && site.parameters)
        for (const variable of variablesIn(site.parameters, symbols)) converted.add(variable);
    }
    const isShared = plans.some(({ params }) =>
      params.declarations.some((each) => params.mode === 'static' && converted.has(each)),
    );
    if (converted.size === before || !isShared) return plans;
  }
}

function withProblem(plan: SitePlan, problem: LeftToPerson | undefined): SitePlan {
  return problem ? { ...plan, problems: [...plan.problems, problem] } : plan;
}

/** A prompt that is handed on, or kept, as messages needs no helper that splits it. */
function withPrompt(plan: SitePlan, prompt: FlowPrompt | TranscriptPrompt | undefined): SitePlan {
  return prompt && plan.prompt ? { ...plan, prompt: { use: plan.prompt.use, plan: prompt } } : plan;
}

/** The sites whose migration would change something that can be named; a trial run of the second pass tells. */
function adjustedSites(survey: Survey): ReadonlySet<Site> {
  const moving = survey.plans.filter(({ site }) => !survey.stays.has(site));
  const byCall = moving
    .filter((plan) => lowerSite(plan, survey, new Changes()).state === 'adjusted')
    .map(({ site }) => site);
  const byAnswer = survey.results.filter(({ notes }) => notes.some(isAdjustment)).flatMap(({ sites }) => [...sites]);
  return new Set([...byCall, ...byAnswer]);
}

/** Whether an object literal is, or is the value of a variable that is, the parameters of a legacy call. */
function leadsToArgument(node: ts.Expression, arguments_: ReadonlySet<ts.Expression>, { symbols }: Analysis): boolean {
  const inner = unwrap(node);
  if (arguments_.has(inner)) return true;
  let at: ts.Node = node.parent;
  while (ts.isAsExpression(at) || ts.isSatisfiesExpression(at) || ts.isParenthesizedExpression(at)) at = at.parent;
  if (ts.isSpreadAssignment(at) || ts.isConditionalExpression(at) || ts.isBinaryExpression(at)) {
    const literal = enclosingLiteral(at);
    return literal !== undefined && leadsToArgument(literal, arguments_, { symbols } as Analysis);
  }
  if (!ts.isVariableDeclaration(at) || !ts.isIdentifier(at.name)) return false;
  const symbol = symbols.of(at.name);
  return (
    symbol !== undefined &&
    symbols
      .references(symbol)
      .some((reference) => arguments_.has(reference) || isSpreadIntoArgument(reference, arguments_))
  );
}

function enclosingLiteral(node: ts.Node): ts.ObjectLiteralExpression | undefined {
  let at: ts.Node = node;
  while (!ts.isObjectLiteralExpression(at) && !ts.isStatement(at)) at = at.parent;
  return ts.isObjectLiteralExpression(at) ? at : undefined;
}

function isSpreadIntoArgument({ parent }: ts.Node, arguments_: ReadonlySet<ts.Expression>): boolean {
  return ts.isSpreadAssignment(parent) && arguments_.has(parent.parent);
}

/** Sites that share something that would be edited move together or stay together. */
function decideStays(
  plans: readonly SitePlan[],
  results: readonly ResultUse[],
  unsafe: ReadonlySet<Site>,
): ReadonlyMap<Site, Stay> {
  const stays = new Map<Site, Stay>();
  for (const { site, problems } of plans) {
    const [problem] = problems;
    if (isAccepted(site.call, site.unit)) stays.set(site, 'accepted');
    else if (problem) stays.set(site, { code: problem.code, node: problem.node, message: problem.message });
    else if (unsafe.has(site))
      stays.set(site, {
        code: 'CTM319',
        node: site.call,
        message: 'only exact edits were asked for, and this call would be adjusted',
      });
  }
  for (const { problem, sites } of results) {
    if (problem) for (const site of sites) if (!stays.has(site)) stays.set(site, problem);
  }
  const shared = new Map<Site, ResultUse[]>();
  for (const use of results) {
    if (use.sites.size > 1) for (const site of use.sites) shared.set(site, [...(shared.get(site) ?? []), use]);
  }
  const keysOf = ({ site, claims }: SitePlan): Iterable<unknown> => [...claims, ...(shared.get(site) ?? [])];
  for (const group of groupBy(plans, keysOf)) {
    const first = group.find(({ site }) => stays.has(site));
    if (!first) continue;
    const { line } = first.site.unit.tree.getLineAndCharacterOfPosition(first.site.call.getStart());
    const place = `${first.site.unit.path}:${String(line + 1)}`;
    for (const { site } of group) {
      const message = `it shares what would be edited with the call at ${place}, which cannot move yet`;
      if (!stays.has(site)) stays.set(site, { code: 'CTM310', node: site.call, message });
    }
  }
  return stays;
}
