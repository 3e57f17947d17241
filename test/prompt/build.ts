import type { Content, Entry, Role, Turn } from '../../src/prompt/conversation.js';
import type { ChoicePart, HolePart, MarkerKnowledge, Part, RepeatPart, TextPart } from '../../src/prompt/parts.js';

/** Short ways to write parts and conversations, with names for handles. A string among parts is a text. */
export type Written = string | Part<string>;

export const parts = (...written: Written[]): Part<string>[] =>
  written.map((each) => (typeof each === 'string' ? text(each) : each));
export const text = (text: string): TextPart => ({ kind: 'text', text });

/** A value whose markers are known as given; `name` for one that is never blank. */
export const hole = (value: string, markers: MarkerKnowledge = 'unknown'): HolePart<string> => ({
  kind: 'hole',
  value,
  markers,
  mayBeBlank: markers === 'unknown',
});

export const choice = (test: string, then: Written[], otherwise: Written[]): ChoicePart<string> => ({
  kind: 'choice',
  test,
  then: parts(...then),
  else: parts(...otherwise),
});

export const repeat = (over: string, separator: string, ...body: Written[]): RepeatPart<string> => ({
  kind: 'repeat',
  over,
  separator,
  body: parts(...body),
});

/** Content as one reads it: holes in braces, choices as {test ? then : else}. */
export function show(content: Content<string>): string {
  return content
    .map((piece) => {
      if (piece.kind === 'text') return piece.text;
      return piece.kind === 'hole' ? `{${piece.value}}` : `{${piece.test} ? ${show(piece.then)} : ${show(piece.else)}}`;
    })
    .join('');
}

/** Entries as one reads them. */
export function showEntries(entries: readonly Entry<string>[]): readonly unknown[] {
  return entries.map((entry) => {
    if (entry.kind === 'turn') return showTurn(entry);
    if (entry.kind === 'each') return { each: entry.over, entries: showEntries(entry.entries) };
    return { if: entry.test, then: showEntries(entry.then), else: showEntries(entry.else) };
  });
}

const showTurn = (turn: Turn<string>) => `${showRole(turn.role)}: ${show(turn.content)}`;
const showRole = (role: Role<string>): string =>
  typeof role === 'string' ? role : `(${role.test} ? ${showRole(role.then)} : ${showRole(role.else)})`;
