import { ts } from '../ts.js';
import { commentAnchor } from '../comments.js';
import { enclosingFunction, isInside } from '../syntax.js';
import type { Leftover } from './leftover.js';

/** Codes that say of a part what others say of the whole. */
const ECHOES: ReadonlySet<string> = new Set(['CTM308', 'CTM318']);

/** Leaves out what repeats another finding: a body or an id within a request, call or double that is told already. */
export function withoutEchoes(all: readonly Leftover[]): readonly Leftover[] {
  const doubles = all.filter(({ code }) => code === 'CTM307').map(({ node }) => commentAnchor(node));
  const leftovers = all.filter(({ code, node }) => code !== 'CTM302' || !doubles.includes(commentAnchor(node)));
  const told = leftovers
    .filter(({ code }) => !ECHOES.has(code))
    .map(({ node }) => ({ statement: commentAnchor(node), own: enclosingFunction(node) }));
  return leftovers.filter(
    ({ code, node }) =>
      !ECHOES.has(code) ||
      !told.some(
        ({ statement, own }) =>
          (!ts.isSourceFile(statement) && isInside(node, statement)) || (own !== undefined && isInside(node, own)),
      ),
  );
}
