/**
 * Puts things together that share a key: each set holds the items that have, directly or through others, a key in common.
 * Items keep their order, and sets come in the order of their first items.
 */
export function groupBy<T, K>(items: readonly T[], keysOf: (item: T) => Iterable<K>): readonly (readonly T[])[] {
  const parent = items.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parent[at] !== at) at = parent[at] ?? at;
    return at;
  };
  const owner = new Map<K, number>();
  for (const [index, item] of items.entries()) {
    for (const key of keysOf(item)) {
      const other = owner.get(key);
      if (other === undefined) owner.set(key, index);
      else parent[Math.max(root(index), root(other))] = Math.min(root(index), root(other));
    }
  }
  const groups = new Map<number, T[]>();
  for (const [index, item] of items.entries()) {
    const at = root(index);
    groups.set(at, [...(groups.get(at) ?? []), item]);
  }
  return [...groups.values()];
}
