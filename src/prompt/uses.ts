import type { Content, Conversation, Entry, Role } from './conversation.js';

/** A handle of a conversation, with the handles of the loops that it stands in, the outermost first. */
export interface Use<H> {
  readonly handle: H;
  readonly loops: readonly H[];
}

/** Everything that a conversation evaluates, in the order of its text. The data of a loop stands outside of that loop. */
export function usesIn<H>({ system, entries, prefill }: Conversation<H>): readonly Use<H>[] {
  return [
    ...usesOfContent(system),
    ...entries.flatMap((entry) => usesOfEntry(entry, [])),
    ...usesOfContent(prefill ?? []),
  ];
}

/** Everything that some content evaluates. */
export function usesOfContent<H>(content: Content<H>, loops: readonly H[] = []): readonly Use<H>[] {
  return content.flatMap((piece) => {
    if (piece.kind === 'text') return [];
    if (piece.kind === 'hole') return [{ handle: piece.value, loops }];
    return [{ handle: piece.test, loops }, ...usesOfContent(piece.then, loops), ...usesOfContent(piece.else, loops)];
  });
}

function usesOfEntry<H>(entry: Entry<H>, loops: readonly H[]): readonly Use<H>[] {
  if (entry.kind === 'turn') return [...usesOfRole(entry.role, loops), ...usesOfContent(entry.content, loops)];
  if (entry.kind === 'choice') {
    const inner = [...entry.then, ...entry.else].flatMap((each) => usesOfEntry(each, loops));
    return [{ handle: entry.test, loops }, ...inner];
  }
  const inside = [...loops, entry.over];
  return [{ handle: entry.over, loops }, ...entry.entries.flatMap((inner) => usesOfEntry(inner, inside))];
}

function usesOfRole<H>(role: Role<H>, loops: readonly H[]): readonly Use<H>[] {
  if (typeof role === 'string') return [];
  return [{ handle: role.test, loops }, ...usesOfRole(role.then, loops), ...usesOfRole(role.else, loops)];
}
