import type { RoleName } from './conversation.js';
import { leaveToPerson, leaveToRuntime } from './conversion.js';
import { afterPart, beforeBody } from './edges.js';
import { findMarkers, PROMPT_START, type Before, type Marker } from './markers.js';
import type { ChoicePart, HolePart, Part, RepeatPart, TextPart } from './parts.js';

/** A prompt whose markers have been found: texts hold none any more, and a repeat has lost its blank separator. */
export type Token<H> =
  | TextPart
  | HolePart<H>
  | { readonly kind: 'marker'; readonly role: RoleName }
  | {
      readonly kind: 'choice';
      readonly test: H;
      readonly then: readonly Token<H>[];
      readonly else: readonly Token<H>[];
    }
  | { readonly kind: 'repeat'; readonly over: H; readonly body: readonly Token<H>[] };

/** Finds the markers of a prompt. Refuses where a marker is there on one way through the parts and not on another. */
export function tokenize<H>(parts: readonly Part<H>[], before = PROMPT_START): readonly Token<H>[] {
  return tokensOf(parts, [before]);
}

function tokensOf<H>(parts: readonly Part<H>[], start: readonly Before[]): readonly Token<H>[] {
  const queue = mergeTexts(parts);
  const tokens: Token<H>[] = [];
  let before = start;
  for (const [index, queued] of queue.entries()) {
    const next = queue[index + 1];
    let part = queued;
    if (part.kind === 'choice' && next?.kind === 'text') {
      const length = lengthOfStraddlers(afterPart(part, before), next.text);
      part = extendBranches(part, next.text.slice(0, length));
      queue[index + 1] = { kind: 'text', text: next.text.slice(length) };
    }
    tokens.push(...tokensOfPart(part, before));
    before = afterPart(part, before);
  }
  return tokens;
}

function tokensOfPart<H>(part: Part<H>, before: readonly Before[]): readonly Token<H>[] {
  switch (part.kind) {
    case 'text':
      return tokensOfText(part.text, before);
    case 'hole':
      if (part.markers === 'present') leaveToRuntime('A value within the prompt holds turns of its own.');
      return [part];
    case 'choice':
      return [
        { kind: 'choice', test: part.test, then: tokensOf(part.then, before), else: tokensOf(part.else, before) },
      ];
    case 'repeat':
      if (part.separator.trim() !== '') refuseSeparator(part);
      return [{ kind: 'repeat', over: part.over, body: tokensOf(part.body, beforeBody(part, before)) }];
  }
}

function tokensOfText<H>(text: string, before: readonly Before[]): readonly Token<H>[] {
  const ways = before.map((edge) => findMarkers(edge, text));
  const markers = ways[0];
  if (!markers || ways.some((way) => !sameMarkers(way, markers)) || markers.some((marker) => marker.start < 0)) {
    leaveToRuntime('Whether a turn begins here depends on values that are known only when the program runs.');
  }
  const tokens: Token<H>[] = [];
  let done = 0;
  for (const marker of markers) {
    tokens.push({ kind: 'text', text: text.slice(done, marker.start) }, { kind: 'marker', role: marker.role });
    done = marker.end;
  }
  tokens.push({ kind: 'text', text: text.slice(done) });
  return tokens.filter((token) => token.kind !== 'text' || token.text !== '');
}

function sameMarkers(one: readonly Marker[] | null, other: readonly Marker[]): boolean {
  return one?.length === other.length && one.every((marker, index) => marker.start === other[index]?.start);
}

/** How much of `text` belongs to markers whose word began in the choice before it, as in `${a ? 'Human' : 'Assistant'}: `. */
function lengthOfStraddlers(before: readonly Before[], text: string): number {
  const straddlers = before.flatMap((edge) => findMarkers(edge, text) ?? []).filter((marker) => marker.start < 0);
  return Math.max(0, ...straddlers.map((marker) => marker.end));
}

function extendBranches<H>(part: ChoicePart<H>, text: string): ChoicePart<H> {
  return { ...part, then: [...part.then, { kind: 'text', text }], else: [...part.else, { kind: 'text', text }] };
}

function refuseSeparator<H>(part: RepeatPart<H>): never {
  const lineBreaks: Before = { edge: 'text', text: '\n\n' };
  const separatorHasTurns = findMarkers(lineBreaks, part.separator)?.length !== 0;
  const bodyHasTurns = tokensOf(part.body, [lineBreaks]).some(holdsMarker);
  if (bodyHasTurns && !separatorHasTurns) {
    leaveToPerson(
      'CTM301',
      `The turns are joined with ${JSON.stringify(part.separator)}, which ends up in their text.`,
    );
  }
  leaveToRuntime('The prompt joins values with text between them.');
}

/** Whether a turn begins somewhere within a token. */
export function holdsMarker<H>(token: Token<H>): boolean {
  switch (token.kind) {
    case 'marker':
      return true;
    case 'choice':
      return token.then.some(holdsMarker) || token.else.some(holdsMarker);
    case 'repeat':
      return token.body.some(holdsMarker);
    default:
      return false;
  }
}

/** Adjacent texts as one, so that a marker written in pieces is whole; empty ones are left out. */
export function mergeTexts<H>(parts: readonly Part<H>[]): Part<H>[] {
  const merged: Part<H>[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (part.kind === 'text' && part.text === '') continue;
    if (part.kind === 'text' && last?.kind === 'text')
      merged[merged.length - 1] = { kind: 'text', text: last.text + part.text };
    else merged.push(part);
  }
  return merged;
}
