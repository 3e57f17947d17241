import { severityOf, type Code } from '../src/findings/catalogue.js';
import type { Note } from '../src/findings/finding.js';

/** Whether a note about something that moved says that it is not quite what it was. */
export function isAdjustment({ code }: Note): boolean {
  return severityOf(code) !== 'exact';
}

/** Whether a code is told without a comment in the file: model ids, of which there may be many. */
export function isOnlySaid(code: Code): boolean {
  return code === 'CTM318' || code === 'CTM311';
}

/** A reason as a sentence. Reasons begin with a word, never with a name of the program. */
export function asSentence(reason: string): string {
  const begun = reason.replace(/^\p{Ll}+(?=[ ,])/u, (word) => word.charAt(0).toUpperCase() + word.slice(1));
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

/** Notes without those that say the same of the same place. */
export function distinct(notes: readonly Note[]): readonly Note[] {
  return [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()];
}
