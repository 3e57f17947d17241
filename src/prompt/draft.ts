import { eitherContent, isBlank } from './content.js';
import type { ChoiceEntry, Content, Entry, Role, Turn } from './conversation.js';
import { leaveToRuntime } from './conversion.js';
import { holdsMarker, type Token } from './tokens.js';

/** A prompt cut into turns, white space and blank turns still in place. */
export interface Draft<H> {
  /** What stands before the first marker. */
  readonly lead: Content<H>;
  readonly entries: readonly Entry<H>[];
}

/** Cuts tokens at their markers. Refuses where content belongs to a turn that only some branches have. */
export function draftOf<H>(tokens: readonly Token<H>[]): Draft<H> {
  return tokens.reduce<Draft<H>>(addToken, { lead: [], entries: [] });
}

function addToken<H>(draft: Draft<H>, token: Token<H>): Draft<H> {
  switch (token.kind) {
    case 'marker':
      return addEntries(draft, [{ kind: 'turn', role: token.role, content: [] }]);
    case 'text':
    case 'hole':
      return addContent(draft, [token]);
    case 'choice': {
      const yes = draftOf(token.then);
      const no = draftOf(token.else);
      const led = addContent(draft, eitherContent(token.test, yes.lead, no.lead));
      if (!holdsMarker(token)) return led;
      return addEntries(led, [{ kind: 'choice', test: token.test, then: yes.entries, else: no.entries }]);
    }
    case 'repeat': {
      const body = draftOf(token.body);
      if (body.entries.length === 0) leaveToRuntime('The prompt repeats text that belongs to no turn of its own.');
      if (!isBlank(body.lead)) leaveToRuntime('The repeated text does not begin with a turn.');
      return addEntries(draft, [{ kind: 'each', over: token.over, entries: body.entries }]);
    }
  }
}

function addEntries<H>(draft: Draft<H>, entries: readonly Entry<H>[]): Draft<H> {
  return { lead: draft.lead, entries: [...draft.entries, ...entries] };
}

function addContent<H>(draft: Draft<H>, content: Content<H>): Draft<H> {
  const last = draft.entries.at(-1);
  if (last === undefined) return { lead: [...draft.lead, ...content], entries: [] };
  if (isBlank(content)) return { lead: draft.lead, entries: addBlank(draft.entries, content) };
  const { rest, turn } = openEntry(last);
  return addEntries({ lead: draft.lead, entries: draft.entries.slice(0, -1) }, [...rest, addToTurn(turn, content)]);
}

/** White space goes to every turn that could be the last one. It only counts if text follows, and is trimmed otherwise. */
function addBlank<H>(entries: readonly Entry<H>[], blank: Content<H>): readonly Entry<H>[] {
  const last = entries.at(-1);
  const others = entries.slice(0, -1);
  if (last?.kind === 'turn') return [...others, addToTurn(last, blank)];
  if (last?.kind === 'choice')
    return [...others, { ...last, then: addBlank(last.then, blank), else: addBlank(last.else, blank) }];
  return entries;
}

function addToTurn<H>(turn: Turn<H>, content: Content<H>): Turn<H> {
  return { ...turn, content: [...turn.content, ...content] };
}

interface Opened<H> {
  readonly rest: readonly Entry<H>[];
  readonly turn: Turn<H>;
}

/** Takes the last turn out of an entry and its branches, so that content can be added to it. */
function openEntry<H>(entry: Entry<H>): Opened<H> {
  if (entry.kind === 'turn') return { rest: [], turn: entry };
  if (entry.kind === 'each') leaveToRuntime('Text follows the repeated turns without a turn of its own.');
  const yes = openLast(entry.then);
  const no = openLast(entry.else);
  const rest: ChoiceEntry<H> = { kind: 'choice', test: entry.test, then: yes.rest, else: no.rest };
  return {
    rest: rest.then.length + rest.else.length > 0 ? [rest] : [],
    turn: eitherTurn(entry.test, yes.turn, no.turn),
  };
}

function openLast<H>(entries: readonly Entry<H>[]): Opened<H> {
  const last = entries.at(-1);
  if (last === undefined) leaveToRuntime('Text follows a turn that is there under a condition only.');
  const { rest, turn } = openEntry(last);
  return { rest: [...entries.slice(0, -1), ...rest], turn };
}

/** One turn for two branches that have one each. */
export function eitherTurn<H>(test: H, then: Turn<H>, otherwise: Turn<H>): Turn<H> {
  const role: Role<H> = then.role === otherwise.role ? then.role : { test, then: then.role, else: otherwise.role };
  return { kind: 'turn', role, content: eitherContent(test, then.content, otherwise.content) };
}
