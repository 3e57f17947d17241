import { ts } from '../ts.js';
import { walk } from '../syntax.js';

/** The first of the candidates, or one with a number, that nothing in the scope of a place binds or reads. */
export function freshName(place: ts.Node, candidates: readonly string[]): string {
  const taken = namesIn(scopeOf(place));
  const free = candidates.find((name) => !taken.has(name));
  if (free !== undefined) return free;
  for (let number = 2; ; number++) {
    const name = `${candidates[0] ?? 'value'}${String(number)}`;
    if (!taken.has(name)) return name;
  }
}

/** The block that a new name would belong to; the whole function where the block is its body. */
function scopeOf(place: ts.Node): ts.Node {
  let at = place;
  while (
    !ts.isSourceFile(at) &&
    !ts.isBlock(at) &&
    !ts.isFunctionLike(at) &&
    !ts.isForOfStatement(at) &&
    !ts.isCaseBlock(at) &&
    !ts.isModuleBlock(at)
  ) {
    at = at.parent;
  }
  return ts.isBlock(at) &&
    (ts.isFunctionLike(at.parent) || ts.isForOfStatement(at.parent) || ts.isCatchClause(at.parent))
    ? at.parent
    : at;
}

/** Every name that is bound or read within a node. */
export function namesIn(scope: ts.Node): ReadonlySet<string> {
  const names = new Set<string>();
  walk(scope, (node) => {
    if (ts.isIdentifier(node) && !isMemberName(node)) names.add(node.text);
    return undefined;
  });
  return names;
}

function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent))
    return parent.name === node;
  return ts.isBindingElement(parent) && parent.propertyName === node;
}
