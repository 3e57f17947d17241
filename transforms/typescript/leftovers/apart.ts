import { ts } from '../ts.js';
import type { SourceFile } from '../../transform.js';
import { walk } from '../syntax.js';
import { createUnit, type Unit } from '../unit.js';
import type { Leftover } from './leftover.js';
import { strayModelId } from './model-ids.js';

/** What is legacy in a file that has nothing to do with a call: ids of models. Nothing of it needs a checker. */
export function leftoversApart({ path, text }: SourceFile): {
  readonly unit: Unit;
  readonly leftovers: readonly Leftover[];
} {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const leftovers: Leftover[] = [];
  walk(tree, (node) => {
    const leftover = strayModelId(node, { isOfSite: () => false, convertsParams: () => false });
    if (leftover) leftovers.push(leftover);
    return undefined;
  });
  return { unit: createUnit(path, text, tree, []), leftovers };
}
