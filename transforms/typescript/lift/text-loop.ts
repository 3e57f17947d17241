import type { Content, ContentPiece } from '../../../src/prompt/conversation.js';
import type { MarkerKnowledge, Part, RepeatPart } from '../../../src/prompt/parts.js';
import { printContent } from '../print.js';
import type { LiftContext, Parts } from './context.js';
import type { Handle, IterationHandle } from './handle.js';
import { holdsMarkerText, text } from './parts.js';

/**
 * A loop that only adds text to a turn, as a value of its own: `data.map((item) => …).join('')`. Undefined where its body
 * may begin a turn. `before` is what stands in front of each element.
 */
export function asText(
  { over, body }: RepeatPart<Handle>,
  before: string,
  { unit }: LiftContext,
): Part<Handle> | undefined {
  const parts = before === '' ? body : [text(before), ...body];
  const content = contentOf(parts);
  if (!content || holdsMarkerText(parts)) return undefined;
  const loop = over as IterationHandle;
  const { quote } = unit.style;
  const style = {
    ...unit.style,
    isTypeScript: unit.isTypeScript,
    isTyped: true,
    base: '',
    rawNewLines: false,
    sourceOf: ({ start, end }: { readonly start: number; readonly end: number }) => unit.text.slice(start, end),
  };
  const printed = printContent(content, style);
  const pieces = [...loop.data, '.map((', ...loop.binding, ') => ', ...printed, `).join(${quote}${quote})`];
  return {
    kind: 'hole',
    value: {
      kind: 'expression',
      pieces,
      isString: true,
      loop: { over: loop, body: content, opens: isPadded(parts[0], /^\s/), closes: isPadded(parts.at(-1), /\s$/) },
    },
    markers: worst(parts),
    mayBeBlank: true,
  };
}

/** Whether text begins or ends in white space that a marker beside it takes in. */
function isPadded(part: Part<Handle> | undefined, edge: RegExp): boolean {
  return part?.kind === 'text' && edge.test(part.text);
}

function contentOf(parts: Parts): Content<Handle> | undefined {
  const pieces = parts.map((part): ContentPiece<Handle> | undefined => {
    if (part.kind === 'text') return part;
    if (part.kind === 'hole') return part;
    if (part.kind === 'repeat') return undefined;
    const then = contentOf(part.then);
    const otherwise = contentOf(part.else);
    return then && otherwise && { kind: 'choice', test: part.test, then, else: otherwise };
  });
  return pieces.every((piece) => piece !== undefined) ? pieces : undefined;
}

const ORDER: readonly MarkerKnowledge[] = ['never', 'unlikely', 'unknown', 'present'];

function worst(parts: Parts): MarkerKnowledge {
  const known = parts.flatMap((part): MarkerKnowledge[] => {
    if (part.kind === 'hole') return [part.markers];
    if (part.kind === 'choice') return [worst(part.then), worst(part.else)];
    return [];
  });
  return known.reduce((a, b) => (ORDER.indexOf(b) > ORDER.indexOf(a) ? b : a), 'never');
}
