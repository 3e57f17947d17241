import { afterHole, afterText, type Before } from './markers.js';
import type { Part, RepeatPart } from './parts.js';

/** Everything that can stand before what follows `parts`, one for each way through them. */
export function afterParts<H>(parts: readonly Part<H>[], before: readonly Before[]): readonly Before[] {
  return parts.reduce((edges, part) => afterPart(part, edges), before);
}

/** Everything that can stand before what follows `part`. */
export function afterPart<H>(part: Part<H>, before: readonly Before[]): readonly Before[] {
  switch (part.kind) {
    case 'text':
      return distinct(before.map((edge) => afterText(edge, part.text)));
    case 'hole':
      return distinct([...before.map(afterHole), ...(part.mayBeBlank ? before : [])]);
    case 'choice':
      return distinct([...afterParts(part.then, before), ...afterParts(part.else, before)]);
    case 'repeat':
      return distinct([...before, ...afterParts(part.body, beforeBody(part, before))]);
  }
}

/** Everything that can stand before the body of a repeat: before its first iteration, and between two. */
export function beforeBody<H>(part: RepeatPart<H>, before: readonly Before[]): readonly Before[] {
  const between = afterParts(part.body, before).map((edge) => afterText(edge, part.separator));
  const grown = distinct([...before, ...between]);
  return grown.length === before.length ? grown : beforeBody(part, grown);
}

function distinct(edges: readonly Before[]): readonly Before[] {
  return [...new Map(edges.map((edge) => [`${edge.edge} ${edge.text}`, edge])).values()];
}
