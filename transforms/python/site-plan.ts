import type { ModelNeeds } from '../../src/api/choose-model.js';
import { PARAMETERS } from '../../src/api/parameters.js';
import { demandedSampling } from '../../src/api/sampling.js';
import type { SdkTarget } from '../../src/api/sdk.js';
import { formOf } from './answers/kind.js';
import { isGivenTwice } from './deferred.js';
import { argumentNamed, keywordName } from './keywords.js';
import type { GivenTo } from './flow/arguments.js';
import type { FlowPrompt } from './flow/plan.js';
import type { LeftToPerson } from './left-to-person.js';
import type { EndsInPrefill } from './lift/ends-in-prefill.js';
import { bodyOf, type Site } from './locate.js';
import { samplingOf } from './lower/params.js';
import { readModel, type ModelSource } from './model-plan.js';
import { textOf, type Node } from './node.js';
import type { Origins } from './origin.js';
import { planParams, type ParameterUse, type ParamsPlan } from './params-plan.js';
import type { Program } from './program.js';
import { planPrompt, type PromptPlan } from './prompt-plan.js';
import { problemsOf, type IsSiteUrl } from './requests/request-plan.js';

/** What the survey found about one site, before anything is edited. */
export interface SitePlan {
  readonly site: Site;
  readonly params: ParamsPlan;
  readonly prompt: { readonly use: ParameterUse; readonly plan: PromptPlan | FlowPrompt } | undefined;
  readonly model: ModelSource | undefined;
  /** Whether the call always streams: only then may it ask for more than a call without a stream. */
  readonly streaming: boolean;
  /** Whether parameters that are converted when the program runs may hold a prompt that ends in text of the assistant. */
  readonly convertsPrefill: boolean;
  /** Nodes that the site would edit, and that others may share. */
  readonly claims: ReadonlySet<Node>;
  /** Why a person has to look; empty when the site can move. */
  readonly problems: readonly LeftToPerson[];
}

/** What planning a site asks of the program around it. */
export interface Surroundings {
  readonly program: Program;
  readonly origins: Origins;
  readonly givenTo: GivenTo;
  readonly endsInPrefill: EndsInPrefill;
  /** Whether an expression is what a site sends. */
  readonly isSent: (node: Node) => boolean;
  readonly isSiteUrl: IsSiteUrl;
}

/** Plans a site from its parameters. */
export function planSite(site: Site, surroundings: Surroundings): SitePlan {
  const { program, origins, givenTo, endsInPrefill, isSent, isSiteUrl } = surroundings;
  const { call, unit, request } = site;
  const problems: LeftToPerson[] = [];
  const params = planParams(site.args, bodyOf(site), unit, origins, isSent);
  const streaming = isStreaming(site, params);
  problems.push(...problemsOf(site, params, streaming, program, isSiteUrl));
  const claims = new Set<Node>(params.variables);
  const unknown = request.kind === 'old' ? site.args.map(keywordName).find(isUnknown) : undefined;
  if (unknown !== undefined)
    problems.push({
      code: 'CTM302',
      node: call,
      message: `the parameter ${unknown} is none of the API, and messages.create takes no other`,
    });
  if (params.mode === 'runtime' && params.why === undefined)
    problems.push({
      code: 'CTM302',
      node: call,
      message: 'the call has parameters without a name, which the API never took',
    });
  if (isGivenTwice(site.args))
    problems.push({
      code: 'CTM302',
      node: call,
      message: 'a parameter that was bound before is given again, or may be',
    });
  if (request.kind === 'create') claims.add(request.resource);
  else if (request.kind === 'old') claims.add(request.name);
  const modelValue =
    request.kind === 'bedrock'
      ? request.modelId
      : (params.uses.find(({ key, form }) => key === 'model' && form !== 'read')?.value ??
        argumentNamed(site.args, 'model'));
  const model = modelValue && readModel(modelValue, unit, origins, givenTo);
  for (const leaf of model?.leaves ?? []) claims.add(leaf.node);
  if (request.kind === 'http')
    for (const { node } of [...request.endpoint.literals, ...request.endpoint.holders]) claims.add(node);

  let prompt: SitePlan['prompt'];
  const promptUses = params.uses.filter(({ key, form }) => key === 'prompt' && form !== 'read');
  const [use, ...more] = promptUses;
  if (params.mode === 'static' && use?.value) {
    if (more.length > 0)
      problems.push({ code: 'CTM302', node: call, message: 'the prompt is set in more than one place' });
    else {
      const plan = planPrompt(use.value, unit, origins, endsInPrefill);
      if ('kind' in plan) prompt = { use, plan };
      else problems.push(plan);
    }
  }
  const convertsPrefill =
    params.mode === 'runtime' && endsInPrefill(bodyOf(site) ? [bodyOf(site) as Node] : site.args, unit);
  return { site, params, prompt, model, streaming, convertsPrefill, claims, problems };
}

/** Whether a keyword is no parameter: the methods of SDK 0.2 handed on any. */
function isUnknown(name: string | undefined): boolean {
  return name !== undefined && !PARAMETERS.has(name);
}

/** Whether the call always streams. */
function isStreaming(site: Site, params: ParamsPlan): boolean {
  if (site.request.kind === 'bedrock') return site.request.isStream;
  if (site.request.kind !== 'http') return formOf(site, params).kind === 'stream';
  return params.uses.some(
    ({ key, form, value }) => key === 'stream' && form !== 'read' && value !== undefined && textOf(value) === 'True',
  );
}

/** What a site asks of the model that is chosen for it. */
export function needsOf(
  { params, prompt, site, convertsPrefill }: SitePlan,
  profile: SdkTarget['profile'],
  origins: Origins,
): ModelNeeds {
  return {
    prefill: convertsPrefill || (prompt !== undefined && mayPrefill(prompt.plan)),
    sampling: params.mode === 'static' ? demandedSampling(samplingOf(params, site.unit, origins)) : [],
    profile,
    bedrock: site.isBedrock,
  };
}

function mayPrefill(plan: PromptPlan | FlowPrompt): boolean {
  if (plan.kind === 'flow') return plan.sources.some((source) => source.plan.conversation.prefill !== null);
  return plan.kind === 'runtime' ? plan.mayPrefill : plan.conversation.prefill !== null;
}
