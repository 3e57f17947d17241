import { ts } from '../ts.js';
import type { Part } from '../../../src/prompt/parts.js';
import { literalText, unwrap } from '../syntax.js';
import type { Assembly } from './assembly.js';
import type { LiftContext, Parts } from './context.js';
import { handleOf } from './handle-of.js';
import type { Handle } from './handle.js';
import { sdkMarkerText } from './marker-values.js';

export function text(value: string): Part<Handle> {
  return { kind: 'text', text: value };
}

export function choice(test: ts.Expression, then: Parts, otherwise: Parts, context: LiftContext): Parts {
  const known = knownTest(test, context);
  if (known !== undefined) return known ? then : otherwise;
  return [{ kind: 'choice', test: handleOf(test, context), then, else: otherwise }];
}

/** What a comparison of a parameter gives, where the argument is written out. */
function knownTest(test: ts.Expression, { symbols, literals }: LiftContext): boolean | undefined {
  const node = unwrap(test);
  const operator =
    literals && ts.isBinaryExpression(node) ? /^([!=])==?$/.exec(node.operatorToken.getText())?.[1] : undefined;
  if (!literals || operator === undefined || !ts.isBinaryExpression(node)) return undefined;
  const [left, right] = [node.left, node.right].map((side) => {
    const symbol = ts.isIdentifier(side) ? symbols.of(side) : undefined;
    return symbol ? literals.get(symbol) : literalText(side);
  });
  return left === undefined || right === undefined ? undefined : (left === right) === (operator === '=');
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
