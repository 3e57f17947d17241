import { above, descendants, enclosingFunction, enclosingStatement, isInside, type Node } from '../node.js';
import type { Binding } from '../scopes.js';

/**
 * The reads of a name between one assignment and the next, as of `r` in `r = create(...); r = r.completion.strip()`.
 * Undefined where one of the values may be read in the place of the other.
 */
export function readsUntilRebound(name: Node, binding: Binding): readonly Node[] | undefined {
  const first = enclosingStatement(name);
  const block = first.parent;
  const next = binding.definitions
    .filter(
      ({ kind, name: at }) => kind === 'assignment' && at.start > first.end && enclosingStatement(at).parent === block,
    )
    .map(({ name: at }) => enclosingStatement(at))[0];
  if (!block || next?.type !== 'expression_statement') return undefined;
  const isBetween = (node: Node): boolean => node.start >= first.end && node.end <= next.end;
  const others = binding.definitions.filter(({ name: at }) => at !== name && isBetween(at) && !isInside(at, next));
  const between = block.children.filter((statement) => statement.start >= first.end && statement.end <= next.start);
  const leaves = between.some(
    (statement) => descendants(statement, 'break_statement', 'continue_statement').length > 0,
  );
  const owner = enclosingFunction(name);
  const isElsewhere = binding.reads.some((read) => enclosingFunction(read) !== owner || isAfterFailure(read, first));
  return others.length > 0 || leaves || isElsewhere ? undefined : binding.reads.filter(isBetween);
}

/** Whether a node stands in what runs after a `try` around `first` has failed. */
function isAfterFailure(node: Node, first: Node): boolean {
  const clause = above(
    node,
    ({ type }) => type === 'except_clause' || type === 'finally_clause' || type === 'except_group_clause',
  );
  return (
    clause !== undefined &&
    ((clause.parent !== undefined && isInside(first, clause.parent) && !isInside(first, clause)) ||
      isAfterFailure(clause, first))
  );
}
