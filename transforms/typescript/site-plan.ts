import { ts } from './ts.js';
import { demandedSampling } from '../../src/api/sampling.js';
import { LEGACY_ONLY_PARAMETER } from '../../src/api/parameters.js';
import type { ModelNeeds } from '../../src/api/choose-model.js';
import type { FlowPrompt } from './flow/plan.js';
import { LeftToPerson } from './left-to-person.js';
import { endsInPrefill } from './lift/ends-in-prefill.js';
import type { Site } from './locate.js';
import { samplingOf } from './lower/params.js';
import { readModel, type ModelSource } from './model-plan.js';
import { optionWithin } from './limit-option.js';
import { modelIn, planParams, type ParameterUse, type ParamsPlan, type Surroundings } from './params-plan.js';
import type { Updates } from './old-client/updates.js';
import type { View } from './program.js';
import { planPrompt, type PromptPlan } from './prompt-plan.js';
import type { Symbols } from './symbols.js';
import {
  fitsHelper,
  ownRequestTypes,
  planBedrockRequest,
  planHttpRequest,
  type IsSiteUrl,
} from './requests/request-plan.js';
import { readRequestType, type RequestType } from './requests/request-type.js';
import { planSdkRequest, type RequestPlan } from './sdk-request.js';
import { unwrap } from './syntax.js';
import type { TranscriptPrompt } from './transcript/transcript.js';

/** What the survey found about one site, before anything is edited. */
export interface SitePlan {
  readonly site: Site;
  readonly params: ParamsPlan;
  readonly prompt:
    { readonly use: ParameterUse; readonly plan: PromptPlan | FlowPrompt | TranscriptPrompt } | undefined;
  readonly model: ModelSource | undefined;
  readonly streaming: boolean;
  /** Whether parameters that are converted when the program runs may hold a prompt that ends in text of the assistant. */
  readonly convertsPrefill: boolean;
  /** The type of the program's own that describes the request, and moves with it. */
  readonly requestType: RequestType | undefined;
  /** What the callbacks of a `completeStream` ask for. */
  readonly updates: Updates | undefined;
  /** The member named max_tokens_to_sample that the limit is read from: an option of the program's own. */
  readonly limitOption: ts.Node | undefined;
  /** Declarations that the site would edit, and that others may share. */
  readonly claims: ReadonlySet<ts.Node>;
  /** Why a person has to look; empty when the site can move. */
  readonly problems: readonly LeftToPerson[];
}

/** Plans a site from its parameters; its answer is planned for all sites together. */
export function planSite(
  site: Site,
  view: View,
  symbols: Symbols,
  surroundings: Surroundings,
  isSiteUrl: IsSiteUrl,
): SitePlan {
  const problems: LeftToPerson[] = [];
  const claims = new Set<ts.Node>();
  const argument = site.parameters;
  const params = argument ? planParams(argument, symbols, surroundings) : NO_PARAMS;
  if (params === NO_PARAMS)
    problems.push(new LeftToPerson('CTM302', site.call, 'the call has no parameters that can be seen'));
  for (const declaration of params.declarations) claims.add(declaration);
  if (argument) claims.add(unwrap(argument));

  const modelUse = params.uses.find(({ key, value }) => key === 'model' && value);
  const modelId = site.request.kind === 'bedrock' ? site.request.modelId : undefined;
  const modelValue = modelId ?? modelUse?.value ?? (argument && modelIn(argument, symbols));
  const model = modelValue && readModel(modelValue, symbols, view.checker);

  const request = planRequest(site, params, symbols, isSiteUrl);
  for (const claim of request.claims) claims.add(claim);
  problems.push(...request.problems);
  // A request that cannot move whatever becomes of its parameters holds no other call back, but for one that sends the same object.
  if (isLeftAnyway(site, symbols, isSiteUrl)) {
    claims.clear();
    if (argument) claims.add(unwrap(argument));
  }
  if (site.request.kind !== 'sdk' && params.mode === 'runtime' && argument && !fitsHelper(site, view.checker))
    problems.push(
      new LeftToPerson(
        'CTM308',
        argument,
        'the type of these parameters does not say that they are a legacy request; move it by hand',
      ),
    );
  const [typed, ...more] = site.request.kind === 'sdk' ? [] : ownRequestTypes(site, params, symbols);
  // What Bedrock wants in a body, no type of the program has.
  const canMove = site.request.kind === 'http' && params.mode === 'static' && more.length === 0;
  const requestType = typed && canMove ? readRequestType(typed, symbols) : undefined;
  if (requestType) claims.add(requestType.description);
  else if (typed) {
    const message = `${typed.getText()} is a type of this program that describes the legacy request; move it by hand`;
    problems.push(new LeftToPerson('CTM308', typed, message));
  }
  const { updates } = request;

  const promptUses = params.uses.filter(({ key, form }) => key === 'prompt' && form !== 'read');
  let prompt: SitePlan['prompt'];
  if (params.mode === 'static') {
    const [use] = promptUses;
    if (promptUses.length > 1)
      problems.push(new LeftToPerson('CTM302', site.call, 'the prompt is set in more than one place'));
    else if (use?.value) {
      try {
        const plan = planPrompt(use.value, { unit: site.unit, view, symbols });
        prompt = { use, plan };
        if (plan.kind === 'conversation' && plan.declaration) claims.add(plan.declaration);
      } catch (error) {
        if (!(error instanceof LeftToPerson)) throw error;
        problems.push(error);
      }
    }
  }
  return {
    site,
    params,
    prompt,
    model,
    streaming: isStreaming(params) || updates?.onUpdate !== undefined || updates?.onOpen !== undefined,
    convertsPrefill: params.mode === 'runtime' && argument !== undefined && endsInPrefill(argument, symbols),
    requestType,
    updates,
    limitOption: limitOption(params, symbols, view),
    claims,
    problems,
  };
}

/** Whether a request that no SDK sends stays because of its address or headers. */
export function isLeftAnyway({ request }: Site, symbols: Symbols, isSiteUrl: IsSiteUrl): boolean {
  if (request.kind === 'bedrock') return request.problem !== undefined;
  return request.kind === 'http' && planHttpRequest(request, symbols, isSiteUrl).problems.length > 0;
}

function planRequest(site: Site, params: ParamsPlan, symbols: Symbols, isSiteUrl: IsSiteUrl): RequestPlan {
  const { request } = site;
  if (request.kind === 'sdk') return planSdkRequest(site, request, params, symbols);
  return request.kind === 'http'
    ? planHttpRequest(request, symbols, isSiteUrl)
    : planBedrockRequest(site, request, params);
}

const NO_PARAMS: ParamsPlan = { mode: 'runtime', uses: [], declarations: [], shown: [], why: undefined };

/** The option of the program's own that the limit comes from. */
function limitOption({ mode, uses }: ParamsPlan, symbols: Symbols, { checker }: View): ts.Node | undefined {
  const value =
    mode === 'static'
      ? uses.find(({ key, form }) => key === LEGACY_ONLY_PARAMETER && form !== 'read')?.value
      : undefined;
  return value && optionWithin(value, symbols, checker);
}

/** Whether the call always streams: only then may it ask for more than a call without a stream. */
function isStreaming({ uses }: ParamsPlan): boolean {
  const values = uses.filter(({ key }) => key === 'stream').map(({ value }) => value && unwrap(value));
  return values.length > 0 && values.every((value) => value?.kind === ts.SyntaxKind.TrueKeyword);
}

/** What a site asks of the model that is chosen for it. */
export function needsOf(
  { params, prompt, site, convertsPrefill }: SitePlan,
  profile: ModelNeeds['profile'],
  symbols: Symbols,
): ModelNeeds {
  return {
    prefill: convertsPrefill || (prompt !== undefined && mayPrefill(prompt.plan)),
    sampling: params.mode === 'static' ? demandedSampling(samplingOf(params, symbols)) : [],
    profile,
    bedrock: site.bedrock,
  };
}

/** Whether the answer continues text of the prompt: seen to, or left to the program. */
function mayPrefill(plan: PromptPlan | FlowPrompt | TranscriptPrompt): boolean {
  if (plan.kind === 'transcript') return false;
  if (plan.kind === 'flow') return plan.sources.some((source) => source.plan.conversation.prefill !== null);
  return plan.kind === 'conversation' ? plan.conversation.prefill !== null : plan.mayPrefill;
}
