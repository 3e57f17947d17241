import type { HolePart, TextPart } from './parts.js';

/** What the model is asked, in the terms of the Messages API. `H` is a language's handle for an expression. */
export interface Conversation<H> {
  /** Empty when there is no system text. */
  readonly system: Content<H>;
  readonly entries: readonly Entry<H>[];
  /** The text that the answer continues; null when the prompt ended in a bare Assistant marker. */
  readonly prefill: Content<H> | null;
}

export type Entry<H> = Turn<H> | EachEntry<H> | ChoiceEntry<H>;

export interface Turn<H> {
  readonly kind: 'turn';
  readonly role: Role<H>;
  readonly content: Content<H>;
}

/** The entries once for each element of some data. */
export interface EachEntry<H> {
  readonly kind: 'each';
  readonly over: H;
  readonly entries: readonly Entry<H>[];
}

/** One of two lists of entries. */
export interface ChoiceEntry<H> {
  readonly kind: 'choice';
  readonly test: H;
  readonly then: readonly Entry<H>[];
  readonly else: readonly Entry<H>[];
}

export type RoleName = 'user' | 'assistant';
export type Role<H> = RoleName | RoleChoice<H>;

/** A role that the program decides when it runs. */
export interface RoleChoice<H> {
  readonly test: H;
  readonly then: Role<H>;
  readonly else: Role<H>;
}

export type Content<H> = readonly ContentPiece<H>[];

export type ContentPiece<H> = TextPart | HolePart<H> | ContentChoice<H>;

export interface ContentChoice<H> {
  readonly kind: 'choice';
  readonly test: H;
  readonly then: Content<H>;
  readonly else: Content<H>;
}

/** Whether a user says one thing, and nothing else is said. */
export function isOneTurn<H>({ system, entries, prefill }: Conversation<H>): boolean {
  const [only, ...more] = entries;
  return system.length === 0 && prefill === null && more.length === 0 && only?.kind === 'turn' && only.role === 'user';
}

/** Whether all that the first turn says is one value: a name of its own would only repeat it. */
export function isOneValue<H>({ entries: [only] }: Conversation<H>): boolean {
  return only?.kind === 'turn' && only.content.length === 1 && only.content[0]?.kind === 'hole';
}
