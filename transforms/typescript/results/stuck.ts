import { ts } from '../ts.js';
import type { Code } from '../../../src/findings/catalogue.js';
import { streamsByItself, type Site } from '../locate.js';
import { accessName, isAccess, staticName } from '../syntax.js';
import { byHand } from '../requests/by-hand.js';
import type { Flow, Use } from './flow.js';
import { isLostField } from './lost-fields.js';
import type { Change } from './result-use.js';
import type { Shapes } from './shapes.js';
import type { World } from './world.js';

/** Whether a field is read that the helper cannot give back. */
function takesLostField(node: ts.Node, use: Use): boolean {
  if (use.kind === 'field') return isLostField(accessName(use.access));
  return (
    use.kind === 'pattern' &&
    ts.isObjectBindingPattern(node) &&
    node.elements.some((element) => isLostField(staticName(element.propertyName ?? element.name)))
  );
}

/** Requests without the SDK whose answer is not seen to be read by anything: what reads it would not move along. */
export function unreadAnswers(flow: Flow, world: World): readonly Change[] {
  return world.sites.flatMap((site): Change[] => {
    if (site.request.kind === 'sdk' || streamsByItself(site) || isDropped(site)) return [];
    const reached = new Set<ts.Node>(site.answers);
    for (const node of reached) flow.into(node).forEach((next) => reached.add(next));
    if ([...reached].some((node) => flow.uses.has(node) || flow.unseen.has(node))) return [];
    const [code, how] = byHand(site);
    const problem = { code, node: site.call, message: `What reads the answer cannot be seen; ${how}` };
    return [...site.answers].slice(0, 1).map((at) => ({ at, edits: [], problem }));
  });
}

/** Whether nothing is done with an answer. */
function isDropped({ answers }: Site): boolean {
  return [...answers].some(({ parent }) => {
    const outer = ts.isAwaitExpression(parent) ? parent.parent : parent;
    return ts.isExpressionStatement(outer) || ts.isVoidExpression(outer);
  });
}

/** Places where the answer would have to be legacy, and no helper can make it so. */
export function stuckPlaces(flow: Flow, shapes: Shapes, world: World): readonly Change[] {
  return [...flow.nodes].filter(shapes.isLegacy).flatMap((node): Change[] => {
    if (shapes.sitesAt(node).size > 0 && flow.uses.get(node)?.some((use) => takesLostField(node, use))) {
      return [
        {
          at: node,
          edits: [],
          problem: {
            code: 'CTM315',
            node,
            message: 'A field is read that only API version 2023-01-01 had, where the whole result is needed too',
          },
        },
      ];
    }
    const problem = (message: string, code: Code = 'CTM314'): Change[] => [
      { at: node, edits: [], problem: { code, node, message } },
    ];
    const site = flow.turned.has(node as ts.Expression) ? undefined : world.siteOf(node);
    if (site?.request.kind === 'sdk') return problem('The answer may be a stream or not, and is handed on whole');
    if (site) {
      const [code, how] = byHand(site);
      return problem(`The answer is handed on as it comes, so who reads it cannot be seen; ${how}`, code);
    }
    if (!ts.isCallExpression(node)) return [];
    const isTee = isAccess(node.expression) && accessName(node.expression) === 'tee';
    return isTee && world.answerOf(node.expression.expression)?.kind === 'stream'
      ? problem('What reads the stream behind tee() cannot be seen')
      : [];
  });
}
