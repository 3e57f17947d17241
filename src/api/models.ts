import { retiredBedrock, retiredModels, servedModels } from './model-table.js';

/** The families that Anthropic sells beside each other; a replacement comes from the same one where it can. */
export type Tier = 'haiku' | 'sonnet' | 'opus' | 'fable' | 'mythos';

/** One model and what the APIs say of it. `null` means that no source states it. */
export interface Model {
  readonly id: string;
  /** Other ids that the first-party API took for the same model. */
  readonly aliases: readonly string[];
  /** Ids on Amazon Bedrock without regional prefix, the one to write first. */
  readonly bedrock: readonly string[];
  readonly tier: Tier;
  /** ISO date. */
  readonly released: string | null;
  readonly status: 'active' | 'retired' | 'unknown';
  /** ISO date on which the first-party API stopped, or is announced to stop, serving it. */
  readonly ends: string | null;
  /** ISO date before which it will not stop, where one is promised and no end is announced. */
  readonly staysUntil: string | null;
  /** Tokens. */
  readonly maxOutput: number | null;
  /** Whether the conversation may end in an assistant message. */
  readonly prefill: boolean | null;
  /**
   * temperature, top_p and top_k under API version 2023-06-01: any of them, temperature or top_p but not both,
   * or none (other than their defaults). Version 2026-10-21 takes none on any model.
   */
  readonly sampling: 'both' | 'one' | 'none' | null;
  /** asked: only on request; default: unless the request switches it off; always: cannot be switched off. */
  readonly thinks: 'asked' | 'default' | 'always' | null;
}

/** The day on which every row of the table was checked. */
export const MODELS_DATE = '2026-11-20';

/** Every model whose id can stand in legacy code or replace one that does. */
export const MODELS: readonly Model[] = [...servedModels, ...retiredModels, ...retiredBedrock];

const BY_ID: ReadonlyMap<string, Model> = new Map(
  MODELS.flatMap((model) => [model.id, ...model.aliases, ...model.bedrock].map((id) => [id, model] as const)),
);

/** `us.`, `eu.`, `global.`, `us-gov.`: the inference profile of a Bedrock id, with its full stop; or nothing. */
const REGION = /^[a-z]{2,6}(?:-[a-z]{2,4})?\.(?=anthropic\.claude-)/;
/** `:200k`: the context window that ids for provisioned throughput on Bedrock end in. */
const CONTEXT_WINDOW = /:\d+k$/;
const MODEL_ID =
  /^(?:(?:[a-z]{2,6}(?:-[a-z]{2,4})?\.)?anthropic\.)?claude-(?:v?\d|instant|haiku|sonnet|opus|fable|mythos)[\w.:@-]*$/;

/**
 * The row of a model id in any of its spellings, Bedrock ids with regional prefix or context window included.
 * Undefined for an id that the table does not know.
 */
export function findModel(id: string): Model | undefined {
  return BY_ID.get(id) ?? BY_ID.get(id.replace(REGION, '').replace(CONTEXT_WINDOW, ''));
}

/** Whether an id names a model that is gone, so that whatever sends it gets an error. */
export function isLegacyId(id: string): boolean {
  return findModel(id)?.status === 'retired';
}

/** Whether a string has the form of a Claude model id, known or not. Prose that merely mentions one has not. */
export function looksLikeModelId(text: string): boolean {
  return MODEL_ID.test(text);
}

/** Whether an id is written as Amazon Bedrock wants it. */
export function isBedrockId(id: string): boolean {
  return id.replace(REGION, '').startsWith('anthropic.');
}

/** The regional prefix of a Bedrock id with its full stop, such as `us.`; empty when it has none. */
export function bedrockRegion(id: string): string {
  return REGION.exec(id)?.[0] ?? '';
}
