/** A request of the legacy run and its counterpart in the migrated run; null where there is none. */
export interface Pair<Request> {
  readonly before: Request | null;
  readonly after: Request | null;
}

/**
 * Pairs the requests of two runs. A program may send several at once, so that their order says nothing:
 * requests that are alike belong together first, the rest go by order of arrival.
 */
export function pairRequests<Request>(
  before: readonly Request[],
  after: readonly Request[],
  alike: (before: Request, after: Request) => boolean,
): readonly Pair<Request>[] {
  const rest = [...after];
  const partners = before.map((request) => take(rest, (other) => alike(request, other)));
  const pairs = before.map((request, index) => ({ before: request, after: partners[index] ?? rest.shift() ?? null }));
  return [...pairs, ...rest.map((request) => ({ before: null, after: request }))];
}

function take<Item>(items: Item[], wanted: (item: Item) => boolean): Item | undefined {
  const index = items.findIndex(wanted);
  return index === -1 ? undefined : items.splice(index, 1)[0];
}
