import { ts } from '../ts.js';
import { literalText, returnedExpression, unwrap } from '../syntax.js';
import { calledMethod } from './calls.js';
import type { LiftContext, Parts } from './context.js';
import { lift } from './lift.js';
import { holdsMarkerText, isText, text } from './parts.js';

/** `.replace('{{x}}', value)` on text that is known: the first, or with replaceAll or /g every, occurrence. */
export function liftReplace(
  receiver: ts.Expression,
  args: readonly ts.Expression[],
  context: LiftContext,
): Parts | undefined {
  const [pattern, value] = args;
  if (!pattern || !value || args.length !== 2) return undefined;
  const parts = lift(receiver, context);
  const slot = placeholder(unwrap(pattern));
  if (!holdsMarkerText(parts) || !slot) return undefined;
  const given = unwrap(value);
  const arrow = ts.isArrowFunction(given) && given.parameters.length === 0 ? returnedExpression(given) : undefined;
  if (!arrow && (ts.isFunctionLike(given) || !isReplacementText(given, context))) return undefined;
  let open = true;
  return parts.flatMap((part): Parts => {
    if (part.kind !== 'text' || !open || !part.text.includes(slot.text)) return [part];
    const pieces = slot.all ? part.text.split(slot.text) : splitOnce(part.text, slot.text);
    open = slot.all;
    return pieces.flatMap((piece, index) => [...(index > 0 ? lift(arrow ?? value, context) : []), text(piece)]);
  });
}

/** A replacement that is text; `$` in literal text has a meaning of its own in String.replace. */
function isReplacementText(node: ts.Expression, context: LiftContext): boolean {
  const known = literalText(node);
  return known === undefined
    ? isText(node, context) || (context.checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) !== 0
    : !known.includes('$');
}

function splitOnce(value: string, slot: string): readonly string[] {
  const at = value.indexOf(slot);
  return [value.slice(0, at), value.slice(at + slot.length)];
}

function placeholder(pattern: ts.Expression): { readonly text: string; readonly all: boolean } | undefined {
  const known = literalText(pattern);
  const { parent } = pattern;
  const all = ts.isCallExpression(parent) && calledMethod(parent) === 'replaceAll';
  if (known) return { text: known, all };
  if (!ts.isRegularExpressionLiteral(pattern)) return undefined;
  const [, source = '', flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(pattern.text) ?? [];
  const literal = source.replace(/\\([{}[\]$().*+?^|\\/-])/g, '$1');
  const isPlain = /^(?:[\w{}<>%#@ :-]|\\[{}[\]$().*+?^|\\/-])+$/.test(source) && !/[\w}]\{\d/.test(source);
  return isPlain && /^g?$/.test(flags) ? { text: literal, all: flags === 'g' } : undefined;
}
