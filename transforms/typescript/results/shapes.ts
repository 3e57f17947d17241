import { ts } from '../ts.js';
import type { Site } from '../locate.js';
import type { Flow } from './flow.js';
import { isSimple } from './text.js';
import type { World } from './world.js';

/** Which shape the answer has at each place of the program once the calls have moved. */
export interface Shapes {
  /** Whether a place holds the legacy shape: what is read there stays as it is. */
  readonly isLegacy: (node: ts.Node) => boolean;
  /** Expressions where a message has to be turned into the legacy shape. */
  readonly wraps: ReadonlySet<ts.Expression>;
  /** The calls whose answer can arrive at a place. */
  readonly sitesAt: (node: ts.Node) => ReadonlySet<Site>;
}

/**
 * Decides the shapes: a message everywhere, but
 * - what comes from unseen code is legacy, and everything that it flows into;
 * - what goes out to unseen code is turned there; what has an answer inside cannot be turned, so it is legacy from
 *   where the answer was put into it.
 * `demanded` are further places that must be legacy.
 */
export function decideShapes(flow: Flow, world: World, demanded: ReadonlySet<ts.Node>): Shapes {
  const legacy = new Set<ts.Node>();
  const wraps = new Set<ts.Expression>();
  const queue: ts.Node[] = [];
  const mark = (node: ts.Node): void => {
    if (legacy.has(node)) return;
    legacy.add(node);
    queue.push(node);
  };
  const demand = (node: ts.Node): void => {
    if (isWrappable(node, world)) wraps.add(node);
    else if (world.answerOf(node)?.kind !== 'response') mark(node);
  };
  flow.unseen.forEach(mark);
  demanded.forEach(demand);
  for (const [node, uses] of flow.uses) if (uses.some(({ kind }) => kind === 'out')) demand(node);
  for (let node = queue.pop(); node; node = queue.pop()) {
    flow.into(node).forEach(mark);
    if (!flow.turned.has(node as ts.Expression)) flow.from(node).forEach(demand);
  }
  return {
    isLegacy: (node) => legacy.has(node),
    wraps: new Set([...[...wraps].filter((node) => !legacy.has(node)), ...flow.turned]),
    sitesAt: sitesIn(flow, world),
  };
}

/** Whether an expression is an answer, a stream or a promise of one, so that a helper can turn it where it stands. */
function isWrappable(node: ts.Node, world: World): node is ts.Expression {
  const answer = world.answerOf(node);
  if (!ts.isExpression(node) || ts.isFunctionLike(node) || !answer || answer.wrapper === 'container') return false;
  if (answer.isNullable && !isSimple(node)) return false;
  return answer.kind === 'completion' || answer.kind === 'stream' || answer.kind === 'either';
}

function sitesIn(flow: Flow, world: World): Shapes['sitesAt'] {
  const sites = new Map<ts.Node, Set<Site>>();
  for (const site of world.sites) {
    const queue: ts.Node[] = [...site.answers];
    for (let node = queue.pop(); node; node = queue.pop()) {
      const known = sites.get(node) ?? new Set();
      if (known.has(site)) continue;
      sites.set(node, known.add(site));
      queue.push(...flow.into(node));
    }
  }
  return (node) => sites.get(node) ?? new Set();
}
