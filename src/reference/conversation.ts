/** What the model is asked, in the one form that both APIs lead to. */
export interface Conversation {
  /** Null where there is no system text. */
  readonly system: string | null;
  /** Alternating roles, none blank. */
  readonly turns: readonly Turn[];
  /** The text that the answer continues, or null. */
  readonly prefill: string | null;
}

export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** Between the texts of neighbouring turns of one role, and between the blocks of one message. */
const SEAM = '\n\n';

/** Joins the texts of one turn or of one system prompt: each trimmed, blank ones left out. */
export function joinTexts(texts: readonly string[]): string {
  return texts
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join(SEAM);
}

/**
 * The canonical conversation: white space at both ends of a text is dropped, blank turns are left out,
 * and neighbouring turns of one role become one (release notes of 2024-10-08: consecutive turns are combined).
 * @param open the text after which the model goes on writing; blank if it starts afresh
 */
export function canonicalConversation(system: string, turns: readonly Turn[], open: string): Conversation {
  const merged = mergeTurns(turns);
  const last = merged.at(-1);
  if (open.trim() === '') return { system: orNull(system), turns: merged, prefill: null };
  const continues = last?.role === 'assistant';
  return {
    system: orNull(system),
    turns: continues ? merged.slice(0, -1) : merged,
    prefill: joinTexts(continues ? [last.text, open] : [open]),
  };
}

function mergeTurns(turns: readonly Turn[]): readonly Turn[] {
  const runs: { readonly role: Turn['role']; readonly texts: string[] }[] = [];
  for (const { role, text } of turns) {
    if (text.trim() === '') continue;
    const last = runs.at(-1);
    if (last?.role === role) last.texts.push(text);
    else runs.push({ role, texts: [text] });
  }
  return runs.map(({ role, texts }) => ({ role, text: joinTexts(texts) }));
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
