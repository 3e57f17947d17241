import type { Code } from '../findings/catalogue.js';
import type { Conversation } from './conversation.js';

/** What became of a legacy prompt. */
export type Conversion<H> = Converted<H> | Refused;

export interface Converted<H> {
  readonly kind: 'conversation';
  readonly conversation: Conversation<H>;
  /** structural: some turns are built from data or under a condition; static: all turns are known. */
  readonly tier: 'static' | 'structural';
  readonly remarks: readonly Remark[];
}

export type Refused =
  /** Only the running program can tell the turns apart. */
  | { readonly kind: 'runtime'; readonly reason: string; readonly remarks: readonly Remark[] }
  /** A person has to look: even the running program would have to guess. */
  | { readonly kind: 'manual'; readonly code: Code; readonly reason: string };

/** A difference between the legacy prompt and what is sent now, or a doubt about it; one sentence. */
export interface Remark {
  readonly code: Code;
  readonly message: string;
}

/** Carries a refusal out of the recursion; caught by `convert`, never seen outside of this folder. */
export class Refusal extends Error {
  constructor(readonly refused: Refused) {
    super(refused.reason);
  }
}

/** Ends the conversion: the runtime helper decides. */
export function leaveToRuntime(reason: string, remarks: readonly Remark[] = []): never {
  throw new Refusal({ kind: 'runtime', reason, remarks });
}

/** Ends the conversion: a person decides. */
export function leaveToPerson(code: Code, reason: string): never {
  throw new Refusal({ kind: 'manual', code, reason });
}
