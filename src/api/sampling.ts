import type { Model } from './models.js';
import type { SdkTarget } from './sdk.js';

export type SamplingKey = 'temperature' | 'top_p' | 'top_k';

/** A sampling parameter that a call sends; `value` only where it is a constant. */
export interface SamplingParameter {
  readonly key: SamplingKey;
  readonly value?: number;
}

/** A parameter that has to go, and the sentence that says why; null where its going changes nothing. */
export interface SamplingRemoval {
  readonly key: SamplingKey;
  readonly why: string | null;
}

type Profile = SdkTarget['profile'];

/** What the API assumes of a parameter that is not sent (API reference, Text Completions and Messages). */
const DEFAULTS: Readonly<Partial<Record<SamplingKey, number>>> = { temperature: 1, top_p: 1 };

function isDefault(parameter: SamplingParameter): boolean {
  return parameter.value !== undefined && (DEFAULTS[parameter.key] === parameter.value || isOff(parameter));
}

/** The value that switched a cut-off off on the legacy API of old; Messages refuses it. */
export const SWITCHED_OFF = -1;

/** The parameters that had it. */
export const CUT_OFFS: ReadonlySet<SamplingKey> = new Set(['top_p', 'top_k']);

function isOff({ key, value }: SamplingParameter): boolean {
  return value === SWITCHED_OFF && CUT_OFFS.has(key);
}

/** The keys that a model has to accept for a call to keep its meaning: all that are not known to be the default. */
export function demandedSampling(parameters: readonly SamplingParameter[]): SamplingKey[] {
  return parameters.filter((parameter) => !isDefault(parameter)).map(({ key }) => key);
}

/**
 * Which sampling parameters of one call have to be removed, in the order given.
 * `model` is undefined where it is known only at run time: then only what no served model accepts is removed.
 */
export function samplingVerdict(
  parameters: readonly SamplingParameter[],
  model: Model | undefined,
  profile: Profile,
): SamplingRemoval[] {
  const sent = parameters.filter((parameter) => !isOff(parameter));
  const refused = refusedKeys(sent, model, profile);
  return parameters
    .filter((parameter) => isOff(parameter) || refused.has(parameter.key))
    .map((parameter) => ({ key: parameter.key, why: reason(parameter, refused.get(parameter.key) ?? '') }));
}

/** The refused keys, each with who refuses it. */
function refusedKeys(
  parameters: readonly SamplingParameter[],
  model: Model | undefined,
  profile: Profile,
): ReadonlyMap<SamplingKey, string> {
  const all = (by: string) => new Map(parameters.map(({ key }) => [key, by]));
  if (profile === '1.x') return all('API version 2026-10-21 has no sampling parameters');
  if (model?.sampling === 'none') return all(`${model.id} takes no sampling parameters`);
  if (model?.sampling === 'both') return new Map();

  const temperature = parameters.find(({ key }) => key === 'temperature');
  const topP = parameters.find(({ key }) => key === 'top_p');
  if (temperature === undefined || topP === undefined) return new Map();
  // Keep the one that was set on purpose; the documentation names temperature as the one to turn.
  const drop = isDefault(temperature) && !isDefault(topP) ? temperature.key : topP.key;
  const refuser = model === undefined ? 'no model that is served takes' : `${model.id} does not take`;
  return new Map([[drop, `${refuser} temperature and top_p together`]]);
}

function reason(parameter: SamplingParameter, refusedBy: string): string | null {
  if (isDefault(parameter)) return null;
  const what = parameter.value === undefined ? parameter.key : `${parameter.key}: ${String(parameter.value)}`;
  const isZero = parameter.key === 'temperature' && parameter.value === 0;
  const hint = isZero ? '; no other parameter makes answers repeatable' : '';
  return `${what} is removed because ${refusedBy}${hint}.`;
}
