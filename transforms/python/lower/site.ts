import { findModel, type Model } from '../../../src/api/models.js';
import type { SiteOutcome } from '../../transform.js';
import { lowerAnswer } from '../answers/lower.js';
import { Changes } from '../changes.js';
import { bodyOf, type Site } from '../locate.js';
import { argumentsOf, field, keyword } from '../node.js';
import { lowerOldCall } from '../old-client.js';
import type { SitePlan } from '../site-plan.js';
import type { ModelDecision, Survey } from '../survey.js';
import { targetOf } from '../target.js';
import { lowerBedrockBody } from './bedrock-request.js';
import { lowerHttpRequest, lowerResponse } from './http-request.js';
import { lowerModel } from './model.js';
import { lowerParams } from './params.js';
import { lowerPrompt } from './prompt.js';

type Moved = Pick<SiteOutcome, 'state' | 'tier'>;

/** Writes one site that moves: its call, parameters, prompt, model and what reads its answer. */
export function lowerSite(plan: SitePlan, survey: Survey, changes: Changes): Moved {
  const { site, params, prompt } = plan;
  const { unit, call, request } = site;
  const { origins, names } = survey;
  const own = new Changes();
  const decisions = (plan.model?.leaves ?? []).flatMap(({ node }) => survey.models.get(node) ?? []);
  const model = modelRow(decisions);
  if (request.kind === 'create') own.replace(unit, request.resource, ['messages']);
  else if (request.kind === 'old') lowerOldCall(site, request, own);
  else if (request.kind === 'http') lowerHttpRequest(request, site, own);
  else lowerBedrockBody(request, site, params, own);
  if (request.kind === 'http' || request.kind === 'bedrock') lowerResponse(request.response, unit, names, own);
  lowerModel(plan, survey, own);
  if (params.mode === 'static') {
    // The limit of calls without a stream is the SDK's.
    const mayAskMore = bodyOf(site) !== undefined || plan.streaming || keyword(call, 'timeout') !== undefined;
    lowerParams(params, { target: targetOf(site, survey.project), model, mayAskMore }, unit, origins, own);
    if (prompt) {
      lowerPrompt(prompt.use, prompt.plan, unit, names, own);
      for (const remark of prompt.plan.remarks) own.note(remark.code, unit, prompt.use.value ?? call, remark.message);
    }
    for (const node of params.shown)
      own.note('CTM206', unit, node, 'What is shown has the parameters of the Messages API now.');
  } else convertWhole(plan, survey, own);
  const answer = survey.answers.get(site);
  if (answer) lowerAnswer(answer, site, survey.readByFunction, names, own);
  if (site.evidence !== undefined)
    own.note('CTM210', unit, site.client, `Where this client comes from cannot be seen; ${site.evidence}.`);
  const state = own.notes.some(({ code }) => code.startsWith('CTM2')) ? 'adjusted' : 'exact';
  const tier = params.mode === 'runtime' || answer?.isWrapped === true ? 'runtime' : prompt && tierOf(prompt.plan);
  own.notes.unshift({
    code: codeOf(tier),
    path: unit.path,
    range: { start: call.start, end: call.end },
    message: sentenceOf(plan, survey, tier, model),
  });
  changes.add(own);
  return { state, ...(tier ? { tier } : {}) };
}

/** All arguments go through the helper that converts them. */
function convertWhole({ site, params }: SitePlan, { names }: Survey, changes: Changes): void {
  const { unit, call } = site;
  const body = bodyOf(site);
  const args = argumentsOf(call);
  const [first] = args;
  const last = args.at(-1);
  const helper = names.get('to_message_params') ?? 'to_message_params';
  if (!body && (!first || !last)) return;
  changes.need(unit, 'to_message_params');
  const inner =
    body ??
    (first?.type === 'dictionary_splat' && args.length === 1 ? first.children.find(({ named }) => named) : undefined);
  if (inner) {
    changes.insert(unit, inner.start, [`${helper}(`]);
    changes.insert(unit, inner.end, [')']);
  } else if (first && last) {
    changes.insert(unit, first.start, [`**${helper}(dict(`]);
    changes.insert(unit, last.end, ['))']);
  }
  changes.note(
    'CTM214',
    unit,
    field(call, 'arguments') ?? call,
    `The parameters are converted when the program runs, because ${params.why ?? 'they cannot be seen whole'}; blank stop sequences are left out.`,
  );
}

function tierOf(plan: NonNullable<SitePlan['prompt']>['plan']): Moved['tier'] {
  return plan.kind === 'runtime' ? 'runtime' : plan.tier;
}

/** The row of the model that a call uses; undefined when there are several or it is known only at run time. */
function modelRow(decisions: readonly ModelDecision[]): Model | undefined {
  const ids = new Set(decisions.map(({ choice }) => choice.model));
  const [only] = ids;
  return ids.size === 1 && only !== undefined ? findModel(only) : undefined;
}

function codeOf(tier: Moved['tier']): 'CTM101' | 'CTM102' | 'CTM103' {
  if (tier === 'structural') return 'CTM102';
  return tier === 'runtime' ? 'CTM103' : 'CTM101';
}

const MOVED: Readonly<Record<Site['request']['kind'], string>> = {
  create: 'Moved to messages.create',
  old: 'Moved to messages.create',
  http: 'Moved to /v1/messages',
  bedrock: 'Moved to a Messages body',
};

function sentenceOf(
  { prompt, params, site }: SitePlan,
  { answers }: Survey,
  tier: Moved['tier'],
  model: Model | undefined,
): string {
  const moved = MOVED[site.request.kind];
  if (tier === 'structural') return `${moved}; its messages are built from the same data.`;
  const refusal = model?.prefill === false ? ` ${model.id} refuses a prompt that ends in text after "Assistant:".` : '';
  if (prompt?.plan.kind === 'runtime')
    return `${moved}; the prompt is split when the program runs. ${prompt.plan.reason}${refusal}`;
  if (params.mode === 'runtime') return `${moved}; the parameters are converted when the program runs.`;
  const why = answers.get(site)?.why;
  return why === undefined ? `${moved}.` : `${moved}; a helper gives its answer the old form, because ${why}.`;
}
