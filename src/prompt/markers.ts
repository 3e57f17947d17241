import type { RoleName } from './conversation.js';

const ROLES: Readonly<Record<string, RoleName>> = { Human: 'user', Assistant: 'assistant' };
const AT_START = ['Human:', 'Assistant:'];
const AFTER_HOLE = [...AT_START, '\nHuman:', '\nAssistant:'];
const ANYWHERE = ['\n\nHuman:', '\n\nAssistant:'];

/**
 * What stands directly before a text, as far as a marker that begins or ends there can depend on it.
 * start: the prompt begins there, and the line breaks of a marker may be missing (prompt validation page of the
 * legacy API); hole: a value that could end in line breaks; roleHole: a value after two line breaks, after
 * another value or at the start, which could be the word of a marker; text: anything else.
 */
export interface Before {
  readonly edge: 'start' | 'hole' | 'roleHole' | 'text';
  /** The characters since that edge, or the last ones, that could be the beginning of a marker. */
  readonly text: string;
}

export const PROMPT_START: Before = { edge: 'start', text: '' };

/** A marker's word and colon within a text; `start` is negative if the word begins before the text. */
export interface Marker {
  readonly role: RoleName;
  readonly start: number;
  readonly end: number;
}

/** The markers of `text`, or null if they depend on the value of the hole before it. */
export function findMarkers(before: Before, text: string): readonly Marker[] | null {
  const whole = before.text + text;
  if (before.edge === 'hole' || before.edge === 'roleHole') {
    if (AFTER_HOLE.some((marker) => whole.startsWith(marker))) return null;
    if (before.edge === 'roleHole' && whole.startsWith(':')) return null;
  }
  const pattern = before.edge === 'start' ? /(?:^|\n\n)(Human|Assistant):/g : /\n\n(Human|Assistant):/g;
  return [...whole.matchAll(pattern)].map((match) => {
    const word = match[1] as string;
    const end = match.index + match[0].length - before.text.length;
    return { role: ROLES[word] as RoleName, start: end - word.length - 1, end };
  });
}

/** What stands before the text that follows `text`. */
export function afterText(before: Before, text: string): Before {
  const whole = before.text + text;
  const canBegin = (candidate: string, markers: readonly string[]) =>
    markers.some((marker) => marker.length > candidate.length && marker.startsWith(candidate));
  const atEdge = { start: AT_START, hole: AFTER_HOLE, roleHole: AFTER_HOLE, text: [] }[before.edge];
  if (canBegin(whole, atEdge)) return { edge: before.edge, text: whole };
  for (let length = Math.min(whole.length, 11); length > 0; length--) {
    const tail = whole.slice(-length);
    if (canBegin(tail, ANYWHERE)) return { edge: 'text', text: tail };
  }
  return { edge: 'text', text: '' };
}

/** What stands before the text that follows a hole. */
export function afterHole(before: Before): Before {
  const canBeWord = before.text.endsWith('\n\n') || (before.edge !== 'text' && before.text.trim() === '');
  return { edge: canBeWord ? 'roleHole' : 'hole', text: '' };
}
