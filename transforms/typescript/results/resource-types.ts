import { ts } from '../ts.js';
import { literalText, walk } from '../syntax.js';
import { sdkName } from '../symbols.js';
import type { ResultUse } from './result-use.js';
import type { World } from './world.js';

/** Types that lead through the client's resource: `typeof client.completions.create`, `Anthropic['completions']`. */
export function planResourceTypes(world: World): readonly ResultUse[] {
  return world.units.flatMap((unit) => {
    const edits: ResultUse['edits'][number][] = [];
    walk(unit.tree, (node) => {
      if (ts.isTypeQueryNode(node)) {
        for (const name of namesIn(node.exprName)) {
          if (sdkName(world.symbols.of(name)) === 'completions')
            edits.push({ range: unit.range(name), pieces: ['messages'] });
        }
      } else if (
        ts.isIndexedAccessTypeNode(node) &&
        ts.isLiteralTypeNode(node.indexType) &&
        isClient(node.objectType, world)
      ) {
        const { start, end } = unit.range(node.indexType);
        if (literalText(node.indexType.literal) === 'completions')
          edits.push({ range: { start: start + 1, end: end - 1 }, pieces: ['messages'] });
      }
      return undefined;
    });
    return edits.length > 0 ? [{ unit, edits, notes: [], sites: new Set(), helpers: [] }] : [];
  });
}

function namesIn(name: ts.EntityName): readonly ts.Identifier[] {
  return ts.isIdentifier(name) ? [name] : [...namesIn(name.left), name.right];
}

function isClient(type: ts.TypeNode, { view: { checker } }: World): boolean {
  return sdkName(checker.getTypeAtLocation(type).getSymbol()) === 'Anthropic';
}
