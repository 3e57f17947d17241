import { MODELS, MODELS_DATE, bedrockRegion, findModel, isBedrockId, type Model, type Tier } from './models.js';
import { bedrockCaution, fate, parityReason, thinkingCaution } from './model-reason.js';
import type { SamplingKey } from './sampling.js';
import type { SdkTarget } from './sdk.js';

/** How models are chosen; see docs/models.md. */
export interface ModelOptions {
  readonly policy: 'parity' | 'latest' | 'keep';
  /** OLD=NEW pairs of the user; they win over the table. */
  readonly map: ReadonlyMap<string, string>;
}

/** What all the calls that one id feeds need of its replacement, taken together. */
export interface ModelNeeds {
  readonly prefill: boolean;
  /** Sampling parameters that some call sends with a value other than the default. */
  readonly sampling: readonly SamplingKey[];
  readonly profile: SdkTarget['profile'];
  /** Whether the calls go to Amazon Bedrock. An id in Bedrock's form says so by itself. */
  readonly bedrock?: boolean;
}

/** What two calls that one id feeds need together. */
export function mergeNeeds(a: ModelNeeds, b: ModelNeeds): ModelNeeds {
  return {
    prefill: a.prefill || b.prefill,
    sampling: [...new Set([...a.sampling, ...b.sampling])],
    profile: a.profile === '1.x' ? '1.x' : b.profile,
    bedrock: a.bedrock === true || b.bedrock === true,
  };
}

/** What calls send that the chosen model, or the API version, does not accept. */
export type Dropped = 'prefill' | SamplingKey;

export interface ChosenModel {
  readonly kind: 'replaced' | 'kept';
  /** The id to write. */
  readonly model: string;
  /** Its row; undefined for an id of the user's own map that the table does not know. */
  readonly row: Model | undefined;
  readonly dropped: readonly Dropped[];
  /** Whether `model` is a Bedrock id, whose regional prefix nobody can know. */
  readonly bedrock: boolean;
  /** A sentence for a person. */
  readonly reason: string;
}

/** An id that neither the table nor the user's map knows; nothing can be said of it. */
export interface UnknownModel {
  readonly kind: 'unknown';
  readonly model: string;
  readonly reason: string;
}

export type ModelChoice = ChosenModel | UnknownModel;

type Needs = Required<ModelNeeds>;

/** Where to look when a tier has no model that will do: the cheaper one first. */
const TIER_ORDER: Readonly<Record<Tier, readonly Tier[]>> = {
  haiku: ['haiku', 'sonnet', 'opus'],
  sonnet: ['sonnet', 'haiku', 'opus'],
  opus: ['opus', 'sonnet', 'haiku'],
  fable: ['fable'],
  mythos: ['mythos'],
};

/**
 * The model that replaces `id` in the calls that it feeds. Pure: the same arguments give the same choice.
 * Order: the user's map, then ids that are still served, then the policy.
 */
export function chooseModel(id: string, given: ModelNeeds, options: ModelOptions): ModelChoice {
  const needs: Needs = { ...given, bedrock: given.bedrock === true || isBedrockId(id) };
  const mapped = options.map.get(id);
  if (mapped !== undefined) {
    return chosen(id, mapped, findModel(mapped), needs, `${mapped} was given for ${id} by --model-map.`);
  }
  const row = findModel(id);
  if (row === undefined) {
    return { kind: 'unknown', model: id, reason: `${id} is not in the model table of ${MODELS_DATE}.` };
  }
  if (row.status === 'unknown') {
    return chosen(id, id, row, needs, `${id} is kept: no source says whether it is still served.`);
  }
  if (isServed(row)) return chosen(id, id, row, needs, `${id} is kept: it is served.${thinkingCaution(row)}`);
  if (options.policy === 'keep')
    return chosen(id, id, row, needs, `${id} is kept as asked, although it ${fate(row, id)}.`);

  const pick = options.policy === 'latest' ? latest(row, needs) : parity(row, needs);
  const model = spelled(pick.row, id, needs);
  const reason = `${id} ${fate(row, id)}; ${model} is ${pick.why}.`;
  const cautions = thinkingCaution(pick.row) + (needs.bedrock ? bedrockCaution(pick.row, needs.profile) : '');
  return chosen(id, model, pick.row, needs, reason + cautions);
}

/** Whether a model is there to stay, as far as anybody has said. */
function isServed(row: Model): boolean {
  return row.status === 'active' && row.ends === null;
}

interface Candidate {
  readonly row: Model;
  readonly why: string;
}

function parity(legacy: Model, needs: Needs): Candidate {
  for (const demand of demands(needs)) {
    for (const tier of TIER_ORDER[legacy.tier]) {
      const row = newest(tier, needs, (model) => model.thinks === 'asked' && accepts(model, demand));
      if (row !== undefined) return { row, why: parityReason(legacy, row, demand) };
    }
  }
  return latest(legacy, needs);
}

function latest(legacy: Model, needs: Needs): Candidate {
  const row = newest(legacy.tier, needs, () => true);
  if (row === undefined) throw new Error(`The model table has no active ${legacy.tier} model.`);
  return { row, why: `the newest ${legacy.tier} model` };
}

/** What is asked of a model. */
export interface Demand {
  readonly prefill: boolean;
  readonly sampling: readonly SamplingKey[];
}

/** What to ask of a model, the most first: where no model accepts everything, less is asked. */
function* demands(needs: Needs): Generator<Demand> {
  const { prefill } = needs;
  const sampling = needs.profile === '1.x' ? [] : needs.sampling;
  yield { prefill, sampling };
  yield {
    prefill,
    sampling: refused('one', sampling).length > 0 ? sampling.filter((key) => key !== 'top_p') : sampling,
  };
  yield { prefill, sampling: [] };
  yield { prefill: false, sampling: [] };
}

function newest(tier: Tier, needs: Needs, fits: (model: Model) => boolean): Model | undefined {
  return MODELS.filter((model) => model.tier === tier && isServed(model))
    .filter((model) => !needs.bedrock || model.bedrock.length > 0)
    .filter(fits)
    .sort((a, b) => (b.released ?? '').localeCompare(a.released ?? ''))[0];
}

function accepts(model: Model, demand: Demand): boolean {
  return (model.prefill === true || !demand.prefill) && refused(model.sampling, demand.sampling).length === 0;
}

/** The keys among `keys` that a model of this kind does not take. A kind that is not stated is taken to accept all. */
function refused(kind: Model['sampling'], keys: readonly SamplingKey[]): readonly SamplingKey[] {
  if (kind === 'none') return keys;
  if (kind === 'one' && keys.includes('temperature') && keys.includes('top_p')) return ['top_p'];
  return [];
}

function chosen(id: string, model: string, row: Model | undefined, needs: Needs, reason: string): ChosenModel {
  const sampling = needs.profile === '1.x' ? needs.sampling : refused(row?.sampling ?? null, needs.sampling);
  const prefill = needs.prefill && row?.prefill === false;
  return {
    kind: model === id ? 'kept' : 'replaced',
    model,
    row,
    dropped: [...(prefill ? (['prefill'] as const) : []), ...sampling],
    bedrock: isBedrockId(model),
    reason,
  };
}

function spelled(row: Model, id: string, needs: Needs): string {
  return needs.bedrock ? `${bedrockRegion(id)}${row.bedrock[0] as string}` : row.id;
}
