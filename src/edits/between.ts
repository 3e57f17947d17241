/** The items of a sorted list whose key lies in `from..to`, both included, found without looking at the others. */
export function between<T>(sorted: readonly T[], keyOf: (item: T) => number, from: number, to: number): readonly T[] {
  return sorted.slice(
    firstWith(sorted, (item) => keyOf(item) >= from),
    firstWith(sorted, (item) => keyOf(item) > to),
  );
}

/** The index of the first item for which a test holds that then holds for all after it. */
function firstWith<T>(sorted: readonly T[], test: (item: T) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(sorted[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}
