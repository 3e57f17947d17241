import { ts } from '../ts.js';
import { walk } from '../syntax.js';
import type { World } from './world.js';

/** Everywhere that a declared name is used, its declaration aside. */
export function readsOf(name: ts.Identifier, { symbols }: World): readonly ts.Identifier[] {
  const symbol = symbols.of(name);
  return symbol ? symbols.references(symbol).filter((node) => node !== name) : [];
}

/** The same for the name of any declaration, as expressions: of a member, the accesses to it. */
export function usesOfName(name: ts.Node, world: World): readonly ts.Expression[] {
  const names = ts.isIdentifier(name) ? readsOf(name, world) : ts.isPrivateIdentifier(name) ? privateUses(name) : [];
  return names.map((node) =>
    ts.isPropertyAccessExpression(node.parent) && node.parent.name === node ? node.parent : (node as ts.Identifier),
  );
}

function privateUses(name: ts.PrivateIdentifier): readonly ts.PrivateIdentifier[] {
  let owner: ts.Node = name;
  while (!ts.isClassLike(owner)) owner = owner.parent;
  const uses: ts.PrivateIdentifier[] = [];
  walk(owner, (node) => {
    if (ts.isPrivateIdentifier(node) && node.text === name.text && node !== name) uses.push(node);
    return undefined;
  });
  return uses;
}
