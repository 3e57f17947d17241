import { ts } from '../ts.js';
import { isWritten } from '../syntax.js';
import { heldIn, privateMember } from './sources.js';
import type { World } from './world.js';

/** The declaration behind an assignment's target or a changed list, if answers can be followed through it. */
export function holderOf(target: ts.Expression, world: World): ts.Declaration | undefined {
  if (!ts.isIdentifier(target)) {
    const member = privateMember(target, world);
    return member && ts.isPropertyDeclaration(member) && world.answerOf(target) ? member : undefined;
  }
  const declaration = heldIn(target, world);
  return declaration && holds(declaration, world) ? declaration : undefined;
}

/** Whether a declaration's type has the answer; of one without a type, whether every read of it has. */
export function holds(declaration: ts.Declaration, world: World): boolean {
  if (world.answerOf(declaration)) return true;
  if (!ts.isVariableDeclaration(declaration) || declaration.type || !ts.isIdentifier(declaration.name)) return false;
  const symbol = world.symbols.of(declaration.name);
  const reads = symbol
    ? world.symbols.references(symbol).filter((node) => node !== declaration.name && !isWritten(node) && !isGrown(node))
    : [];
  return reads.every((node) => world.answerOf(node) !== undefined || isNothing(node, world));
}

function isGrown(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    ts.isPropertyAccessExpression(parent) &&
    parent.expression === node &&
    /^(push|unshift|length)$/.test(parent.name.text)
  );
}

function isNothing(node: ts.Expression, world: World): boolean {
  return (
    (world.view.checker.getTypeAtLocation(node).flags &
      (ts.TypeFlags.Null | ts.TypeFlags.Undefined | ts.TypeFlags.Never)) !==
    0
  );
}
