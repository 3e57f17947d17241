import { ApiError } from './api-error.js';
import type { Conversation } from './conversation.js';
import { directiveIn } from './directives.js';
import { modelText } from './model-text.js';
import { tokens } from './tokens.js';

export interface Limits {
  readonly maxTokens: number;
  /** Every string that ends the answer, those built into an API included. */
  readonly stops: readonly string[];
}

/** Why the model stopped, in terms of neither API. */
export type Ending =
  | { readonly kind: 'finished' }
  | { readonly kind: 'stop'; readonly sequence: string }
  | { readonly kind: 'limit' }
  /** Prompt and answer together filled the context window. */
  | { readonly kind: 'overflow' }
  | { readonly kind: 'refusal' }
  | { readonly kind: 'failure'; readonly error: ApiError };

/** An answer in the pieces in which it is streamed. After a failure the pieces are those sent before it. */
export interface Answer {
  readonly pieces: readonly string[];
  readonly ending: Ending;
}

/** Lets the reference model answer: the same conversation under the same limits gives the same answer. */
export function generate(conversation: Conversation, limits: Limits): Answer {
  const asked = conversation.turns.findLast(({ role }) => role === 'user')?.text ?? '';
  const directive = directiveIn(asked);
  if (directive?.kind === 'refuse') return { pieces: [], ending: { kind: 'refusal' } };
  if (directive?.kind === 'say') return limited(tokens(directive.text), limits);
  const pieces = tokens(modelText(conversation));
  if (directive === undefined) return limited(pieces, limits);
  const begun = pieces.slice(0, 2);
  if (directive.kind === 'overflow') return { pieces: begun, ending: { kind: 'overflow' } };
  const error = new ApiError(directive.type, `The prompt asked for this ${directive.type}`);
  return { pieces: begun, ending: { kind: 'failure', error } };
}

function limited(all: readonly string[], { maxTokens, stops }: Limits): Answer {
  const pieces = all.slice(0, maxTokens);
  const text = pieces.join('');
  const hit = firstStop(text, stops);
  if (hit !== undefined) return { pieces: cut(pieces, hit.index), ending: { kind: 'stop', sequence: hit.sequence } };
  return { pieces, ending: { kind: pieces.length < all.length ? 'limit' : 'finished' } };
}

function firstStop(text: string, stops: readonly string[]): { index: number; sequence: string } | undefined {
  return stops
    .filter((sequence) => sequence !== '')
    .map((sequence) => ({ index: text.indexOf(sequence), sequence }))
    .filter(({ index }) => index !== -1)
    .reduce<{ index: number; sequence: string } | undefined>(
      (first, hit) => (first === undefined || hit.index < first.index ? hit : first),
      undefined,
    );
}

function cut(pieces: readonly string[], length: number): readonly string[] {
  const kept: string[] = [];
  let left = length;
  for (const piece of pieces) {
    if (left <= 0) break;
    kept.push(piece.slice(0, left));
    left -= piece.length;
  }
  return kept;
}
