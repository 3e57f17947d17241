import { isBlank, trimContent } from './content.js';
import type { ChoiceEntry, Entry, RoleName } from './conversation.js';
import { leaveToPerson, type Remark } from './conversion.js';
import { eitherTurn } from './draft.js';

/** Finished entries, and what there is to say about them. */
export interface Finished<H> {
  readonly entries: readonly Entry<H>[];
  readonly remarks: readonly Remark[];
}

/**
 * Trims the turns of a draft and leaves out assistant turns without text; a user turn without text is left to a person.
 * `atEnd`: nothing follows, so that a bare last Assistant marker only asks for the answer.
 */
export function finishEntries<H>(entries: readonly Entry<H>[], atEnd: boolean): Finished<H> {
  const finished = entries.map((entry, index) => finishEntry(entry, atEnd && index === entries.length - 1));
  return {
    entries: finished.flatMap((each) => each.entries),
    remarks: finished.flatMap((each) => each.remarks),
  };
}

function finishEntry<H>(entry: Entry<H>, atEnd: boolean): Finished<H> {
  switch (entry.kind) {
    case 'turn': {
      if (!isBlank(entry.content)) return { entries: [{ ...entry, content: trimContent(entry.content) }], remarks: [] };
      if (entry.role === 'user') leaveToPerson('CTM313', 'A Human turn of the prompt has no text.');
      return { entries: [], remarks: atEnd ? [] : [LEFT_OUT] };
    }
    case 'each': {
      const body = finishEntries(entry.entries, false);
      if (body.entries.length === 0) return body;
      return { entries: [{ ...entry, entries: body.entries }], remarks: body.remarks };
    }
    case 'choice': {
      const yes = finishEntries(entry.then, atEnd);
      const no = finishEntries(entry.else, atEnd);
      const remarks = [...yes.remarks, ...no.remarks];
      if (yes.entries.length + no.entries.length === 0) return { entries: [], remarks };
      return { entries: [simplest({ ...entry, then: yes.entries, else: no.entries })], remarks };
    }
  }
}

const LEFT_OUT: Remark = {
  code: 'CTM217',
  message:
    'An Assistant turn without text in the middle of the prompt is left out; the user turns around it become one.',
};

/** Two branches of one turn each are one turn with a choice of role and content. */
function simplest<H>(entry: ChoiceEntry<H>): Entry<H> {
  const [yes, ...moreYes] = entry.then;
  const [no, ...moreNo] = entry.else;
  if (yes?.kind !== 'turn' || no?.kind !== 'turn' || moreYes.length + moreNo.length > 0) return entry;
  return eitherTurn(entry.test, yes, no);
}

/** In what a prompt can end: a turn with text, a bare Assistant marker, turns built from data, or nothing at all. */
export type Ending = RoleName | 'bare' | 'data' | 'nothing';

export function endingsOf<H>(entries: readonly Entry<H>[]): ReadonlySet<Ending> {
  const last = entries.at(-1);
  if (last === undefined) return new Set(['nothing']);
  if (last.kind === 'each')
    return [...endingsOf(last.entries)].every((ending) => ending === 'bare') ? new Set(['bare']) : new Set(['data']);
  if (last.kind === 'choice') {
    const endings = new Set([...endingsOf(last.then), ...endingsOf(last.else)]);
    return endings.delete('nothing') ? new Set([...endings, ...endingsOf(entries.slice(0, -1))]) : endings;
  }
  if (typeof last.role !== 'string') return new Set(['user', 'assistant']);
  return new Set([last.role === 'assistant' && isBlank(last.content) ? 'bare' : last.role]);
}

/** Whether a user turn can be among the entries. */
export function mayHoldUser<H>(entry: Entry<H>): boolean {
  switch (entry.kind) {
    case 'turn':
      return entry.role !== 'assistant';
    case 'each':
      return entry.entries.some(mayHoldUser);
    case 'choice':
      return entry.then.some(mayHoldUser) || entry.else.some(mayHoldUser);
  }
}
