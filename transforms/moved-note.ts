import type { ModelChoice } from '../src/api/choose-model.js';
import { findModel, type Model } from '../src/api/models.js';
import type { Code } from '../src/findings/catalogue.js';
import type { SiteOutcome } from './transform.js';

/** What became of a site, as far as its note tells it. */
export interface MovedSite {
  /** What it calls now. */
  readonly to: keyof typeof MOVED;
  readonly tier: SiteOutcome['tier'];
  /** Why its prompt is split when the program runs; undefined where it is not. */
  readonly promptReason: string | undefined;
  /** Whether its prompt was one text over several calls, and is a list of messages now. */
  readonly isTranscript?: boolean;
  /** Whether all its parameters are converted when the program runs. */
  readonly isConverted: boolean;
  /** Why a helper gives its answer the old form, as a clause; undefined where none does, or where that is told elsewhere. */
  readonly answerReason?: string | undefined;
  /** The models that it may send its prompt to. */
  readonly models: readonly Model[];
}

const MOVED = {
  create: 'Moved to messages.create',
  stream: 'Moved to messages.stream',
  http: 'Moved to /v1/messages',
  bedrock: 'Moved to a Messages body',
} as const;

/** The code and the sentence that tell of a site that moved. */
export function movedNote(site: MovedSite): { readonly code: Code; readonly message: string } {
  return { code: codeOf(site.tier), message: sentenceOf(site) };
}

function codeOf(tier: MovedSite['tier']): Code {
  if (tier === 'structural') return 'CTM102';
  return tier === 'runtime' ? 'CTM103' : 'CTM101';
}

function sentenceOf({ to, tier, promptReason, isTranscript, isConverted, answerReason, models }: MovedSite): string {
  const moved = MOVED[to];
  if (isTranscript) return `${moved}; the text that its prompts were kept in is a list of messages now.`;
  if (tier === 'structural') return `${moved}; its messages are built from the same data.`;
  const refusing = models.find(({ prefill }) => prefill === false);
  const refusal = refusing ? ` ${refusing.id} refuses a prompt that ends in text after "Assistant:".` : '';
  if (promptReason !== undefined)
    return `${moved}; the prompt is split when the program runs. ${promptReason}${refusal}`;
  if (isConverted) return `${moved}; the parameters are converted when the program runs.`;
  return answerReason === undefined
    ? `${moved}.`
    : `${moved}; a helper gives its answer the old form, because ${answerReason}.`;
}

/** The rows of the models that were chosen for a call; none for what is known only at run time. */
export function modelsOf(choices: readonly ModelChoice[]): readonly Model[] {
  return [...new Set(choices.map(({ model }) => model))].flatMap((id) => findModel(id) ?? []);
}
