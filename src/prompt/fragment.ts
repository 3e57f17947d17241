import { isBlank, trimContent } from './content.js';
import type { Content, Entry } from './conversation.js';
import { leaveToRuntime, Refusal } from './conversion.js';
import { draftOf } from './draft.js';
import { endingsOf, finishEntries, type Ending } from './finish.js';
import type { Before } from './markers.js';
import { PROMPT_START } from './markers.js';
import { refuseBrokenAssistant, refuseBrokenHuman, refuseJoinedTurns } from './near-markers.js';
import type { Part } from './parts.js';
import { mergeTexts, tokenize } from './tokens.js';

/** What one piece says of a prompt that a program puts together over several calls. */
export interface Fragment<H> {
  /** What stands before its first marker: system text at the start of a prompt, behind other text more of the last turn. */
  readonly lead: Content<H>;
  readonly entries: readonly Entry<H>[];
  /** In what it can end; a bare Assistant marker there is no entry. */
  readonly endings: ReadonlySet<Ending>;
}

/** What stands before a piece is another piece, of which nothing is known. */
const BEHIND_A_PIECE: Before = { edge: 'hole', text: '' };

/**
 * Reads one piece of such a prompt; undefined where its turns depend on what the program does, or on the pieces around it,
 * and where there would be anything to say about them.
 */
export function readFragment<H>(parts: readonly Part<H>[], place: 'start' | 'behind'): Fragment<H> | undefined {
  try {
    refuseJoinedTurns(parts);
    const draft = draftOf(tokenize(mergeTexts(parts), place === 'start' ? PROMPT_START : BEHIND_A_PIECE));
    refuseBrokenHuman(draft.lead);
    const last = draft.entries.at(-1);
    if (last?.kind === 'turn') refuseBrokenAssistant(last.content);
    const { entries, remarks } = finishEntries(draft.entries, true);
    if (remarks.length > 0) leaveToRuntime('A turn without text would be left out.');
    const lead = isBlank(draft.lead) ? [] : trimContent(draft.lead);
    return { lead, entries, endings: endingsOf(draft.entries) };
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
