import { MAY_PREFILL } from '../../../src/prompt/at-run-time.js';
import type { Range } from '../../../src/edits/edit.js';
import type { Remark } from '../../../src/prompt/convert.js';
import { modelsOf, movedNote } from '../../moved-note.js';
import { isAdjustment } from '../../notes.js';
import type { SiteOutcome } from '../../transform.js';
import { lowerAnswer } from '../answers/lower.js';
import { Changes } from '../changes.js';
import { argumentNamed } from '../keywords.js';
import { bodyOf } from '../locate.js';
import { field, namedChildren, type Node } from '../node.js';
import { separatorAt } from '../list-edits.js';
import { lowerOldCall, streamsByName } from '../old-client.js';
import type { SitePlan } from '../site-plan.js';
import type { Survey } from '../survey.js';
import { targetOf } from '../target.js';
import { lowerBedrockBody } from './bedrock-request.js';
import { lowerHttpRequest, lowerResponse } from './http-request.js';
import { lowerModel } from './model.js';
import type { Unit } from '../unit.js';
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
  const models = modelsOf(decisions.map(({ choice }) => choice));
  const model = models.length === 1 ? models[0] : undefined;
  if (request.kind === 'create') own.replace(unit, request.resource, ['messages']);
  else if (request.kind === 'old') lowerOldCall(site, request, params.mode === 'static', own);
  else if (request.kind === 'http') lowerHttpRequest(request, site, own);
  else lowerBedrockBody(request, site, params, own);
  if (request.kind === 'http' || request.kind === 'bedrock') lowerResponse(request.response, unit, names, own);
  lowerModel(plan, survey, own);
  if (params.mode === 'static') {
    // The limit of calls without a stream is the SDK's.
    const mayAskMore =
      bodyOf(site) !== undefined || plan.streaming || argumentNamed(site.args, 'timeout') !== undefined;
    lowerParams(params, { target: targetOf(site, survey.project), model, mayAskMore }, unit, origins, own);
    if (prompt) {
      lowerPrompt(prompt.use, prompt.plan, unit, names, own);
      for (const { remarks, at, holder } of remarksOf(prompt.plan, prompt.use.value ?? call, unit))
        for (const remark of remarks) own.note(remark.code, holder, at, remark.message);
    }
    for (const node of params.shown)
      own.note('CTM206', unit, node, 'What is shown has the parameters of the Messages API now.');
  } else convertWhole(plan, survey, own);
  const answer = survey.answers.get(site);
  if (answer) lowerAnswer(answer, site, survey.readByFunction, names, own);
  if (site.evidence !== undefined)
    own.note('CTM210', unit, site.client, `Where this client comes from cannot be seen; ${site.evidence}.`);
  const state = own.notes.some(isAdjustment) ? 'adjusted' : 'exact';
  const tier = params.mode === 'runtime' || answer?.isWrapped === true ? 'runtime' : prompt && tierOf(prompt.plan);
  own.notes.unshift({
    ...movedNote({
      to: request.kind === 'old' ? 'create' : request.kind,
      tier,
      promptReason: prompt?.plan.kind === 'runtime' ? prompt.plan.reason : undefined,
      isConverted: params.mode === 'runtime',
      answerReason: answer?.why,
      models,
    }),
    path: unit.path,
    range: { start: call.start, end: call.end },
  });
  changes.add(own);
  return { state, ...(tier ? { tier } : {}) };
}

/** All arguments go through the helper that converts them. */
function convertWhole({ site, params, convertsPrefill }: SitePlan, { names }: Survey, changes: Changes): void {
  const { unit, call } = site;
  const body = bodyOf(site);
  const { args } = site;
  const [first] = args;
  const last = args.at(-1);
  const helper = names.get('to_message_params') ?? 'to_message_params';
  if (!body && (!first || !last)) return;
  changes.need(unit, 'to_message_params');
  const mapping =
    first?.type === 'dictionary_splat' && args.length === 1 ? first.children.find(({ named }) => named) : undefined;
  const inner = body ?? mapping;
  if (inner) {
    const isStream = body === undefined && streamsByName(site);
    changes.insert(unit, inner.start, [`${helper}(${isStream ? 'dict(' : ''}`]);
    changes.insert(unit, inner.end, [isStream ? ', stream=True))' : ')']);
  } else if (first && last) {
    const { start, end } = insideOf(first.parent, args) ?? { start: first.start, end: last.end };
    changes.insert(unit, start, [`**${helper}(dict(`]);
    if (streamsByName(site)) changes.insert(unit, last.end, [`${separatorAt(last, unit)}stream=True`]);
    changes.insert(unit, end, ['))']);
  }
  changes.note(
    'CTM214',
    unit,
    field(call, 'arguments') ?? call,
    `The parameters are converted when the program runs, because ${params.why ?? 'they cannot be seen whole'}; blank stop sequences are left out.`,
  );
  if (convertsPrefill) changes.note(MAY_PREFILL.code, unit, field(call, 'arguments') ?? call, MAY_PREFILL.message);
}

/** What stands between the parentheses of a call, where these are its arguments. */
function insideOf(list: Node | undefined, args: readonly Node[]): Range | undefined {
  const isAll = list?.type === 'argument_list' && namedChildren(list).length === args.length;
  return isAll ? { start: list.start + 1, end: list.end - 1 } : undefined;
}

type AnyPrompt = NonNullable<SitePlan['prompt']>['plan'];

/** What the conversion has to say of a prompt, and where it is written. */
function remarksOf(
  plan: AnyPrompt,
  at: Node,
  holder: Unit,
): readonly { readonly remarks: readonly Remark[]; readonly at: Node; readonly holder: Unit }[] {
  if (plan.kind !== 'flow') return [{ remarks: plan.remarks, at, holder }];
  return plan.sources.map((source) => ({ remarks: source.plan.remarks, at: source.expression, holder: source.unit }));
}

function tierOf(plan: AnyPrompt): Moved['tier'] {
  if (plan.kind === 'runtime') return 'runtime';
  if (plan.kind === 'conversation') return plan.tier;
  return plan.sources.every((source) => source.plan.tier === 'static') ? 'static' : 'structural';
}
