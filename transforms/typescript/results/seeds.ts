import { ts } from '../ts.js';
import { accessName, isAccess, staticName, walk } from '../syntax.js';
import { slotsOf } from './plan-types.js';
import { ownerOf } from './type-owner.js';
import type { TypeRef } from './type-refs.js';
import type { World } from './world.js';

/** Members of an answer whose names hardly anything else has. */
const TELLING = new Set(['completion', 'stop_reason', 'log_id']);

/**
 * Where answers are looked for: the calls, what is declared to hold an answer, and whatever reads a field or a stream of
 * one. Asking the checker about every expression would find no more, at twenty times the price.
 */
export function seedsOf(refs: readonly TypeRef[], world: World): readonly ts.Node[] {
  const seeds: ts.Node[] = world.sites.flatMap(({ answers }) => [...answers]);
  for (const { owner } of refs) seeds.push(...slotsOf(owner, world));
  for (const { tree } of world.units) {
    walk(tree, (node) => {
      if (isAccess(node) && TELLING.has(accessName(node) ?? '')) seeds.push(node.expression);
      else if (ts.isObjectBindingPattern(node) && node.elements.some(isTelling)) seeds.push(node.parent);
      else if (ts.isForOfStatement(node) && node.awaitModifier) seeds.push(node.expression);
      else if (ts.isTypeQueryNode(node)) seeds.push(...slotsOf(ownerOf(node, world), world));
      return undefined;
    });
  }
  return seeds;
}

function isTelling(element: ts.BindingElement): boolean {
  return TELLING.has(staticName(element.propertyName ?? element.name) ?? '');
}
