import { above, enclosingFunction, enclosingStatement, field, isInside, type Node } from './node.js';
import type { Binding, Definition } from './scopes.js';

/** The only definition whose value a read can see; undefined where several may reach it. */
export function reachingDefinition(read: Node, { definitions }: Binding): Definition | undefined {
  const [only, ...more] = definitions;
  if (only && more.length === 0) return only;
  const holder = enclosingFunction(read);
  if (definitions.some(({ name }) => enclosingFunction(name) !== holder)) return undefined;
  const last = definitions
    .filter((definition) => takesEffect(definition) <= read.start)
    .reduce<Definition | undefined>(
      (latest, each) => (latest && takesEffect(latest) > takesEffect(each) ? latest : each),
      undefined,
    );
  const block = last && enclosingStatement(last.name).parent;
  if (!last || !block || !isInside(read, block)) return undefined;
  // In a loop around the read alone, what is defined behind the read reaches it the next time.
  const isOverwritten = definitions.some((other) => {
    const loop =
      other.name.start > read.start ? above(read, (node) => isLoop(node) && isInside(other.name, node)) : undefined;
    return loop !== undefined && !isInside(last.name, loop);
  });
  return isOverwritten ? undefined : last;
}

/** Everything that reads the value which a name is given in one place; undefined where that cannot be told from its other values. */
export function readsOf(name: Node, binding: Binding): readonly Node[] | undefined {
  if (binding.definitions.length === 1) return binding.reads;
  const reached = binding.reads.map((read) => ({ read, definition: reachingDefinition(read, binding) }));
  const isUnclear = reached.some(({ read, definition }) => definition === undefined && !isOutOfReach(read, name));
  return isUnclear ? undefined : reached.flatMap(({ read, definition }) => (definition?.name === name ? [read] : []));
}

/** Whether a read stands before a definition, and in no loop with it. */
function isOutOfReach(read: Node, name: Node): boolean {
  return read.end <= name.start && above(read, (node) => isLoop(node) && isInside(name, node)) === undefined;
}

/** Where a definition takes effect: behind what is assigned, which still reads the value before, also where several names are given values. */
function takesEffect({ kind, name }: Definition): number {
  const holder = kind === 'assignment' || kind === 'loop' ? above(name, ({ type }) => BINDS.test(type)) : undefined;
  const given = holder && (field(holder, 'right') ?? field(holder, 'value'));
  return given?.end ?? name.end;
}

const BINDS = /^(assignment|named_expression|for_statement|for_in_clause)$/;

function isLoop({ type }: Node): boolean {
  return type === 'for_statement' || type === 'while_statement';
}
