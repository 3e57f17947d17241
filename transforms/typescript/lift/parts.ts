import { ts } from '../ts.js';
import type { Part } from '../../../src/prompt/parts.js';
import { unwrap } from '../syntax.js';
import type { Assembly } from './assembly.js';
import type { LiftContext, Parts } from './context.js';
import { handleOf } from './handle-of.js';
import type { Handle } from './handle.js';
import { sdkMarkerText } from './marker-values.js';

export function text(value: string): Part<Handle> {
  return { kind: 'text', text: value };
}

export function choice(test: ts.Expression, then: Parts, otherwise: Parts, context: LiftContext): Parts {
  return [{ kind: 'choice', test: handleOf(test, context), then, else: otherwise }];
}

/** Whether text anywhere in these parts could be, or be part of, a marker. */
export function holdsMarkerText(parts: Parts): boolean {
  return parts.some((part) => {
    if (part.kind === 'text') return /(Human|Assistant)(:|$)/.test(part.text);
    if (part.kind === 'choice') return holdsMarkerText(part.then) || holdsMarkerText(part.else);
    if (part.kind === 'repeat') return holdsMarkerText(part.body);
    return part.markers === 'present';
  });
}

/** Whether `+` with this operand joins text. */
export function isText(expression: ts.Expression, context: LiftContext): boolean {
  const node = unwrap(expression);
  if (sdkMarkerText(node, context.symbols) !== undefined) return true;
  const type = context.checker.getTypeAtLocation(node);
  return (
    (type.flags & ts.TypeFlags.StringLike) !== 0 ||
    (type.isUnion() && type.types.every((t) => t.flags & ts.TypeFlags.StringLike))
  );
}

/** Says that what a constant or function holds was taken over, so that it may go when nothing else reads it. */
export function tell(
  owner: ts.Expression,
  declaration: Assembly['declaration'],
  parts: Parts,
  { symbols, onAssembly }: LiftContext,
): Parts {
  const symbol = symbols.of(owner);
  if (symbol) onAssembly({ symbol, declaration, parts, appends: [], isPieceMeal: false });
  return parts;
}
