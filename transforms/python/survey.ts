import { chooseModel, mergeNeeds, type ModelChoice, type ModelNeeds } from '../../src/api/choose-model.js';
import type { Code } from '../../src/findings/catalogue.js';
import { groupBy } from '../groups.js';
import type { Project } from '../transform.js';
import { agree } from './answers/agree.js';
import { readByFunction, type ReadByFunction } from './answers/lower.js';
import { planAnswer } from './answers/plan.js';
import type { AnswerPlan } from './answers/reading.js';
import { Changes } from './changes.js';
import { isAccepted } from './comments.js';
import { needsByVariable } from './environment.js';
import { chooseHelperNames, type HelperNames } from './helper-names.js';
import { createGivenTo } from './flow/arguments.js';
import { createCallers, type Callers } from './flow/callers.js';
import { planFlows, type FlowPrompt } from './flow/plan.js';
import { bodyOf, locate, type Site } from './locate.js';
import { constantText } from './literals.js';
import { lowerSite } from './lower/site.js';
import { identityIds } from './model-plan.js';
import { createPrefillSearch } from './lift/ends-in-prefill.js';
import { isInside, unwrap, type Node } from './node.js';
import { createOrigins, type Origins } from './origin.js';
import { createProgram, type Program } from './program.js';
import { locateRequests } from './requests/locate-requests.js';
import { needsOf, planSite, type SitePlan } from './site-plan.js';
import { targetOf } from './target.js';

/** Everything that is decided before an edit is made. */
export interface Survey {
  readonly project: Project;
  readonly program: Program;
  readonly origins: Origins;
  readonly callers: Callers;
  readonly names: HelperNames;
  readonly plans: readonly SitePlan[];
  readonly answers: ReadonlyMap<Site, AnswerPlan>;
  /** The sites that stay, and why; `accepted` ones are no finding. */
  readonly stays: ReadonlyMap<Site, Stay>;
  /** The model for each id in the source that feeds a call which moves. */
  readonly models: ReadonlyMap<Node, ModelDecision>;
  /** The files in which the text of answers is read through one function. */
  readonly readByFunction: ReadByFunction;
  /** The environment variables that choose the model of a call which moves. */
  readonly variables: ReadonlyMap<string, ModelNeeds>;
}

export type Stay = 'accepted' | { readonly code: Code; readonly node: Node; readonly message: string };

export interface ModelDecision {
  readonly choice: ModelChoice;
  /** The id is compared or a key: it stays, and the call maps the value. */
  readonly isIdentity: boolean;
}

/** First pass: which sites there are, what they share, and which of them move. */
export function surveyProject(project: Project): Survey {
  const program = createProgram(project);
  const origins = createOrigins(program);
  const callers = createCallers(program, origins, project);
  const sites = [...locate(program, origins, callers), ...locateRequests(program, origins)].filter(
    ({ unit }) => unit.isTarget,
  );
  const names = chooseHelperNames(program.units);
  const sent = new Set(
    sites.flatMap((site) => bodyOf(site) ?? [site.call, ...site.args.flatMap(({ parent }) => parent?.parent ?? [])]),
  );
  const urls = sites.flatMap(({ request }) => (request.kind === 'http' ? [request.url] : []));
  const answersOfSites = new Set(sites.flatMap((site) => site.answers));
  const isSiteUrl = (node: Node): boolean => urls.some((url) => isInside(node, url));
  const surroundings = {
    program,
    origins,
    givenTo: createGivenTo(origins, callers),
    endsInPrefill: createPrefillSearch(program, origins),
    isSent: (node: Node) => sent.has(node),
    isSiteUrl,
  };
  const plans = sites.map((site) => planSite(site, surroundings));
  const paths = {
    origins,
    callers,
    sdkFor: project.sdkFor,
    isAnswer: (node: Node) => answersOfSites.has(unwrap(node)),
  };
  const answers = agree(plans.map(({ site, params }) => [site, planAnswer(site, params, paths)] as const));
  const decide = (unsafe: ReadonlySet<Site>): Survey => {
    const stays = decideStays(plans, answers, unsafe);
    const flows = planFlows(
      plans.filter(({ site }) => !stays.has(site)),
      { program, origins, callers },
    );
    const final = plans.map((plan) => withFlow(plan, flows.get(plan.site)));
    const moving = final.filter(({ site }) => !stays.has(site));
    const models = decideModels(moving, project, origins, program);
    const variables = needsByVariable(
      moving.flatMap((plan) =>
        plan.model ? [{ model: plan.model, unit: plan.site.unit, needs: needsIn(plan, project, origins) }] : [],
      ),
      origins,
    );
    return {
      project,
      program,
      origins,
      callers,
      names,
      plans: final,
      answers,
      stays,
      models,
      readByFunction: readByFunction(moving.flatMap(({ site }) => answers.get(site) ?? [])),
      variables,
    };
  };
  const all = decide(new Set());
  return project.safeOnly ? decide(adjustedSites(all)) : all;
}

/** A prompt that is handed on as messages needs no helper that splits it. */
function withFlow(plan: SitePlan, flow: FlowPrompt | undefined): SitePlan {
  return flow && plan.prompt ? { ...plan, prompt: { use: plan.prompt.use, plan: flow } } : plan;
}

/** The sites whose migration would change something that can be named; a trial run of the second pass tells. */
function adjustedSites(survey: Survey): ReadonlySet<Site> {
  const moving = survey.plans.filter(({ site }) => !survey.stays.has(site));
  return new Set(
    moving.filter((plan) => lowerSite(plan, survey, new Changes()).state === 'adjusted').map(({ site }) => site),
  );
}

/** Sites that share something that would be edited move together or stay together. */
function decideStays(
  plans: readonly SitePlan[],
  answers: ReadonlyMap<Site, AnswerPlan>,
  unsafe: ReadonlySet<Site>,
): ReadonlyMap<Site, Stay> {
  const stays = new Map<Site, Stay>();
  for (const { site, problems } of plans) {
    const problem = problems[0] ?? answers.get(site)?.problem;
    if (isAccepted(site.call, site.unit)) stays.set(site, 'accepted');
    else if (problem) stays.set(site, problem);
    else if (unsafe.has(site))
      stays.set(site, {
        code: 'CTM319',
        node: site.call,
        message: 'only exact edits were asked for, and this call would be adjusted',
      });
  }
  const shared = (plan: SitePlan): Iterable<unknown> => [
    ...plan.claims,
    ...(answers.get(plan.site)?.reads ?? []).map(({ node }) => node),
  ];
  for (const group of groupBy(plans, shared)) {
    const first = group.find(({ site }) => stays.has(site));
    if (!first) continue;
    const { unit, call } = first.site;
    const place = `${unit.path}:${String(unit.text.slice(0, call.start).split('\n').length)}`;
    for (const { site } of group) {
      const message = `it shares what would be edited with the call at ${place}, which cannot move yet`;
      if (!stays.has(site)) stays.set(site, { code: 'CTM310', node: site.call, message });
    }
  }
  return stays;
}

/** One model for each id in the source: what every call that it feeds accepts. */
function decideModels(
  plans: readonly SitePlan[],
  project: Project,
  origins: Origins,
  { units }: Program,
): ReadonlyMap<Node, ModelDecision> {
  const needs = new Map<Node, ModelNeeds>();
  for (const plan of plans) {
    const own = needsIn(plan, project, origins);
    for (const { node } of plan.model?.leaves ?? []) {
      const before = needs.get(node);
      needs.set(node, before ? mergeNeeds(before, own) : own);
    }
  }
  const identities = new Set(units.flatMap((unit) => [...identityIds(unit)]));
  return new Map(
    [...needs].map(([node, need]) => {
      const id = constantText(node) ?? '';
      const isDirect = plans.some(({ model }) => model && unwrap(model.expression) === node);
      return [node, { choice: chooseModel(id, need, project.models), isIdentity: identities.has(id) && !isDirect }];
    }),
  );
}

function needsIn(plan: SitePlan, project: Project, origins: Origins): ModelNeeds {
  return needsOf(plan, targetOf(plan.site, project).profile, origins);
}
