import type { Range } from './edit.js';

/** Whether `inner` lies in `outer`, borders included. */
export function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/**
 * Whether `inner` lies in `outer` and not at its edge: an empty range at a border is beside `outer`, not in it,
 * and a range is not within itself.
 */
export function within(outer: Range, inner: Range): boolean {
  if (isEmpty(inner)) return outer.start < inner.start && inner.start < outer.end;
  return contains(outer, inner) && !sameRange(outer, inner);
}

/** Whether the two share text, and neither contains the other. */
export function crosses(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end && !contains(a, b) && !contains(b, a);
}

export function sameRange(a: Range, b: Range): boolean {
  return a.start === b.start && a.end === b.end;
}

export function isEmpty(range: Range): boolean {
  return range.start === range.end;
}
