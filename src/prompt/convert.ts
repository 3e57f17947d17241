import { isBlank, leaves, trimContent } from './content.js';
import type { Content, Entry } from './conversation.js';
import { leaveToPerson, leaveToRuntime, Refusal, type Conversion, type Converted, type Remark } from './conversion.js';
import { draftOf } from './draft.js';
import { endingsOf, finishEntries, mayHoldUser } from './finish.js';
import {
  refuseBrokenAssistant,
  refuseBrokenAssistantAfterHole,
  refuseBrokenHuman,
  refuseJoinedTurns,
} from './near-markers.js';
import type { Part } from './parts.js';
import { prefillOf } from './prefill.js';
import { mergeTexts, tokenize } from './tokens.js';

export type { Conversion, Converted, Refused, Remark } from './conversion.js';

/**
 * Decides what a legacy prompt says in the terms of the Messages API: system text, turns and prefill; or that the
 * running program has to decide (`runtime`); or that a person has to (`manual`). Throws nothing.
 *
 * Sources: the prompt validation page of the legacy API, and its guide to migrating to Messages.
 */
export function convert<H>(parts: readonly Part<H>[]): Conversion<H> {
  try {
    return convertOrRefuse(parts);
  } catch (error) {
    if (error instanceof Refusal) return error.refused;
    throw error;
  }
}

function convertOrRefuse<H>(parts: readonly Part<H>[]): Converted<H> {
  refuseJoinedTurns(parts);
  const merged = mergeTexts(parts);
  refuseBrokenAssistantAfterHole(merged);
  const draft = draftOf(tokenize(merged));
  const opening = openingOf(draft.lead, draft.entries);
  const { entries, answer } = endingOf(opening.entries);
  const body = finishEntries(entries, answer === null);
  const prefill = answer === null ? null : prefillOf(answer);
  if (body.entries.length === 0 && prefill === null) leaveToPerson('CTM313', 'The prompt has no turn with text.');
  const order = opening.remarks.includes(NO_HUMAN) ? [] : orderRemarks(opening.entries);
  const remarks = [...opening.remarks, ...order, ...body.remarks, ...(prefill?.remarks ?? [])];
  return {
    kind: 'conversation',
    conversation: { system: opening.system, entries: body.entries, prefill: prefill?.content ?? null },
    tier: body.entries.every((entry) => entry.kind === 'turn' && typeof entry.role === 'string')
      ? 'static'
      : 'structural',
    remarks: distinct(remarks),
  };
}

interface Opening<H> {
  readonly system: Content<H>;
  readonly entries: readonly Entry<H>[];
  readonly remarks: readonly Remark[];
}

/** Text before the first turn is system text; with no Human turn at all it is what the user says. */
function openingOf<H>(lead: Content<H>, entries: readonly Entry<H>[]): Opening<H> {
  if (isBlank(lead)) return { system: [], entries, remarks: [] };
  const knowledge = new Set(leaves(lead).map((leaf) => (leaf.kind === 'hole' ? leaf.markers : 'never')));
  const hasUser = entries.some(mayHoldUser);
  if (!hasUser) refuseBrokenHuman(lead);
  if (knowledge.has('unknown')) leaveToRuntime('A value before the first Human turn may hold turns of its own.');
  if (hasUser) return { system: trimContent(lead), entries, remarks: knowledge.has('unlikely') ? [NAMED_SYSTEM] : [] };
  if (knowledge.has('unlikely')) leaveToRuntime('The prompt has no Human turn, and a value in it may hold one.');
  return { system: [], entries: [{ kind: 'turn', role: 'user', content: lead }, ...entries], remarks: [NO_HUMAN] };
}

interface PromptEnd<H> {
  readonly entries: readonly Entry<H>[];
  /** Text after the last Assistant marker. */
  readonly answer: Content<H> | null;
}

/** A bare last Assistant marker is nothing; text after it begins the answer. */
function endingOf<H>(entries: readonly Entry<H>[]): PromptEnd<H> {
  const last = entries.at(-1);
  if (last?.kind !== 'turn' || last.role !== 'assistant') {
    if (endingsOf(entries).has('assistant'))
      leaveToRuntime('Whether the prompt ends in text of the assistant depends on a condition.');
    if (last?.kind === 'turn') refuseBrokenAssistant(last.content);
    return { entries, answer: null };
  }
  return isBlank(last.content) ? { entries, answer: null } : { entries: entries.slice(0, -1), answer: last.content };
}

function orderRemarks<H>(entries: readonly Entry<H>[]): readonly Remark[] {
  const [first] = entries;
  const endings = endingsOf(entries);
  return [
    ...(first?.kind === 'turn' && first.role === 'assistant' ? [ASSISTANT_FIRST] : []),
    ...(endings.has('user') || endings.has('data') ? [NO_LAST_ASSISTANT] : []),
  ];
}

const NAMED_SYSTEM: Remark = {
  code: 'CTM205',
  message: 'The value before the first Human turn is sent as system text, because its name says so.',
};

const NO_HUMAN: Remark = {
  code: 'CTM211',
  message: 'The prompt has no Human turn; its text is sent as one user message.',
};

const ASSISTANT_FIRST: Remark = {
  code: 'CTM216',
  message: 'The prompt starts with an Assistant turn, which the legacy API refused; it is sent as it stands.',
};

const NO_LAST_ASSISTANT: Remark = {
  code: 'CTM216',
  message: 'The prompt does not end in "Assistant:", which the legacy API refused; its turns are sent as they stand.',
};

function distinct(remarks: readonly Remark[]): readonly Remark[] {
  return [...new Map(remarks.map((remark) => [remark.message, remark])).values()];
}
