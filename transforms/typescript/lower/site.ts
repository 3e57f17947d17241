import { MAY_PREFILL } from '../../../src/prompt/at-run-time.js';
import { ts } from '../ts.js';
import type { SiteOutcome } from '../../transform.js';
import { streamingByTest } from '../cast-parameters.js';
import { Changes } from '../changes.js';
import type { Remark } from '../../../src/prompt/convert.js';
import type { FlowPrompt } from '../flow/plan.js';
import type { Pieces } from '../print.js';
import type { PromptPlan } from '../prompt-plan.js';
import { lowerOldCall } from '../old-client/lower.js';
import type { Site } from '../locate.js';
import type { SitePlan } from '../site-plan.js';
import type { Unit } from '../unit.js';
import type { Survey } from '../survey.js';
import { modelsOf, movedNote } from '../../moved-note.js';
import { isAdjustment } from '../../notes.js';
import { targetOf } from '../target.js';
import type { TranscriptPrompt } from '../transcript/transcript.js';
import { lowerBedrockBody } from './bedrock-request.js';
import { lowerHttpRequest } from './http-request.js';
import { lowerModel } from './model.js';
import type { Showing } from '../only-shown.js';
import { staticName } from '../syntax.js';
import { lowerParams } from './params.js';
import { possibleModels, shortest } from './possible-models.js';
import { lowerPrompt } from './prompt.js';
import { lowerResource } from './resource.js';
import { lowerRequestType } from '../requests/request-type.js';

type Moved = Pick<SiteOutcome, 'state' | 'tier'>;

/** Writes one site that moves: its resource, parameters, prompt and model. Its answer is written with all others. */
export function lowerSite(plan: SitePlan, survey: Survey, changes: Changes): Moved {
  const { site, params, prompt } = plan;
  const { unit, call, parameters } = site;
  const { symbols } = survey.analysis;
  const own = new Changes();
  const decisions = (plan.model?.leaves ?? []).flatMap((leaf) => survey.models.get(leaf) ?? []);
  const models = modelsOf(decisions.map(({ choice }) => choice));
  const model = models.length === 1 ? models[0] : undefined;
  const target = targetOf(site, survey.project);
  const { request } = site;

  if (request.kind === 'http') lowerHttpRequest(request, site, survey.analysis.units, own);
  else if (request.kind === 'bedrock') lowerBedrockBody(site, params, symbols, own);
  else if (request.method === 'create') lowerResource(request.resource, unit, symbols, own);
  else lowerOldCall(request, unit, plan.updates, survey.names, own);
  lowerModel(plan, survey, own);
  if (params.mode === 'static') {
    const mayAskMore = plan.streaming || !hasGuard(site);
    const writer = shortest(possibleModels(plan, survey));
    const unitOf = (node: ts.Node): Unit =>
      survey.analysis.units.find(({ tree }) => tree === node.getSourceFile()) ?? unit;
    lowerParams(params, { target, model, writer, mayAskMore }, unitOf, symbols, own);
    if (plan.limitOption) {
      own.note(
        'CTM215',
        unit,
        unit.range(call),
        'max_tokens_to_sample is an option of this program and keeps its name; the call sends it as max_tokens.',
      );
    }
    if (plan.requestType) lowerRequestType(plan.requestType, mayHaveSystem(plan), unit, own);
    if (prompt) lowerPrompt(prompt.use, prompt.plan, site, survey.names, own);
    for (const { remarks, at, holder } of remarksOf(plan))
      for (const remark of remarks) own.note(remark.code, holder, holder.range(at), remark.message);
    for (const { node, showing } of params.shown)
      own.note('CTM206', unitOf(node), unitOf(node).range(node), SHOWN[showing]);
  } else if (parameters) {
    const range = unit.range(parameters);
    own.need(unit, 'toMessageParams');
    own.replace(unit, range, converted(parameters, unit, survey));
    own.note(
      'CTM214',
      unit,
      range,
      `The parameters are converted when the program runs, because ${params.why ?? 'they cannot be seen whole'}; blank stop sequences are left out.`,
    );
    if (plan.convertsPrefill) own.note(MAY_PREFILL.code, unit, range, MAY_PREFILL.message);
  }
  if (request.kind === 'sdk' && !site.originSeen) {
    own.note(
      'CTM210',
      unit,
      unit.range(request.resource),
      'Where this client comes from cannot be seen; max_tokens_to_sample says that it is Anthropic’s.',
    );
  }
  const state = own.notes.some(isAdjustment) ? 'adjusted' : 'exact';
  const tier = params.mode === 'runtime' ? 'runtime' : prompt && tierOf(prompt.plan);
  own.notes.unshift({
    ...movedNote({
      to: movedTo(plan),
      tier,
      promptReason: prompt?.plan.kind === 'runtime' ? prompt.plan.reason : undefined,
      isTranscript: prompt?.plan.kind === 'transcript',
      isConverted: params.mode === 'runtime',
      models,
    }),
    path: unit.path,
    range: unit.range(call),
  });
  changes.add(own);
  return { state, ...(tier ? { tier } : {}) };
}

/** Parameters in the helper that converts them; TypeScript is told what only a test around the call tells of `stream`. */
function converted(parameters: ts.Expression, unit: Unit, { names, analysis: { symbols } }: Survey): Pieces {
  const call: Pieces = [`${names.get('toMessageParams') ?? 'toMessageParams'}(`, unit.range(parameters), ')'];
  const streaming = unit.isTypeScript ? streamingByTest(parameters, symbols) : 'unknown';
  return streaming === 'unknown' ? call : ['{ ...', ...call, `, stream: ${String(streaming === 'yes')} }`];
}

/** What the conversion has to say of a prompt, and where it is written. */
function remarksOf({
  site,
  prompt,
}: SitePlan): readonly { readonly remarks: readonly Remark[]; readonly at: ts.Node; readonly holder: Unit }[] {
  if (!prompt) return [];
  const { plan, use } = prompt;
  if (plan.kind === 'transcript') return [];
  if (plan.kind !== 'flow') return [{ remarks: plan.remarks, at: use.value ?? site.call, holder: site.unit }];
  return plan.sources.map((source) => ({ remarks: source.plan.remarks, at: source.expression, holder: source.unit }));
}

function tierOf(plan: PromptPlan | FlowPrompt | TranscriptPrompt): Moved['tier'] {
  if (plan.kind === 'transcript') return 'structural';
  if (plan.kind === 'runtime') return 'runtime';
  if (plan.kind === 'conversation') return plan.tier;
  return plan.sources.every((source) => source.plan.tier === 'static') ? 'static' : 'structural';
}

const SHOWN: Readonly<Record<Showing, string>> = {
  log: 'What is logged has the parameters of the Messages API now.',
  output: 'What is printed has the parameters of the Messages API now.',
  key: 'This key is made of the parameters of the Messages API now: what is kept under the keys of before is not found.',
};

/** Whether the SDK refuses a call for its size: not where it says how long it may take. */
function hasGuard({ request }: Site): boolean {
  if (request.kind !== 'sdk') return false;
  const { options } = request;
  return !(
    options !== undefined &&
    ts.isObjectLiteralExpression(options) &&
    options.properties.some(({ name }) => staticName(name) === 'timeout')
  );
}

function mayHaveSystem({ prompt }: SitePlan): boolean {
  return prompt?.plan.kind !== 'conversation' || prompt.plan.conversation.system.length > 0;
}

function movedTo({ site: { request }, updates }: SitePlan): Parameters<typeof movedNote>[0]['to'] {
  if (updates?.onUpdate || updates?.onOpen) return 'stream';
  return request.kind === 'sdk' ? 'create' : request.kind;
}
