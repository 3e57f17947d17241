import { ts } from '../ts.js';
import type { Code } from '../../../src/findings/catalogue.js';
import type { Access } from '../syntax.js';
import { callTarget } from './call-target.js';
import { addDestinations } from './destinations.js';
import { neighboursOf } from './neighbours.js';
import { addSource } from './sources.js';
import { isUnseen } from './unseen.js';
import type { World } from './world.js';

/** What is done with an answer where it does not simply move on. */
export type Use =
  | { readonly kind: 'field'; readonly access: Access }
  | { readonly kind: 'pattern' }
  | { readonly kind: 'loop'; readonly statement: ts.ForOfStatement }
  /** `'completion' in answer` */
  | { readonly kind: 'in'; readonly key: ts.Expression }
  | { readonly kind: 'log' }
  /** It is handed to code that is not seen, or that expects the legacy shape. */
  | { readonly kind: 'out' }
  | { readonly kind: 'problem'; readonly code: Code; readonly message: string };

/** How answers move: expressions, and the declarations and functions that hold them in between. */
export interface Flow {
  readonly nodes: ReadonlySet<ts.Node>;
  readonly from: (node: ts.Node) => ReadonlySet<ts.Node>;
  readonly into: (node: ts.Node) => ReadonlySet<ts.Node>;
  readonly uses: ReadonlyMap<ts.Node, readonly Use[]>;
  /** Nodes that can also hold an answer from code that is not seen: it has the legacy shape. */
  readonly unseen: ReadonlySet<ts.Node>;
  /** Expressions that are turned into the legacy shape where they stand, whatever reads them. */
  readonly turned: ReadonlySet<ts.Expression>;
}

export interface FlowBuilder {
  readonly edge: (from: ts.Node, to: ts.Node) => void;
  readonly use: (node: ts.Node, use: Use) => void;
  readonly unseen: (node: ts.Node) => void;
  readonly turned: (node: ts.Expression) => void;
}

/** Follows answers from place to place, in both directions: from the calls, and from what is declared to hold an answer. */
export function followAnswers(seeds: Iterable<ts.Node>, world: World): Flow {
  const nodes = new Set<ts.Node>();
  const forward = new Map<ts.Node, Set<ts.Node>>();
  const backward = new Map<ts.Node, Set<ts.Node>>();
  const uses = new Map<ts.Node, Use[]>();
  const unseen = new Set<ts.Node>();
  const turned = new Set<ts.Expression>();
  const looked = new Set<ts.Node>();
  const queue = [...seeds];
  const builder: FlowBuilder = {
    edge: (from, to) => {
      nodes.add(from).add(to);
      queue.push(from, to);
      if (losesEvents(from, to, world)) unseen.add(to);
      addTo(forward, from, to);
      addTo(backward, to, from);
    },
    use: (node, use) => {
      nodes.add(node);
      uses.set(node, [...(uses.get(node) ?? []), use]);
    },
    unseen: (node) => {
      nodes.add(node);
      queue.push(node);
      unseen.add(node);
    },
    turned: (node) => {
      turned.add(node);
      builder.unseen(node);
    },
  };
  for (const { answers, request } of world.sites) {
    const outermost = [...answers].at(-1);
    if (request.kind === 'http' && request.isTurned && outermost) builder.turned(outermost as ts.Expression);
  }
  for (let node = queue.pop(); node; node = queue.pop()) {
    if (looked.has(node) || !world.unitOf(node)) continue;
    looked.add(node);
    if (ts.isExpression(node)) {
      if (!isValue(node) || !world.answerOf(node)) continue;
      addSource(node, world, builder);
      addDestinations(node, world, builder);
    }
    nodes.add(node);
    queue.push(...neighboursOf(node, world));
  }
  for (const node of nodes) {
    if (isUnseen(node, world, backward.get(node) ?? EMPTY)) unseen.add(node);
  }
  const givesLegacy = [...unseen].some((node) => ts.isFunctionLike(node));
  const isGivenUnseen = (node: ts.Node): boolean => ts.isParameter(node) && !backward.has(node) && !world.siteOf(node);
  for (const node of nodes) if (givesLegacy && isGivenUnseen(node)) unseen.add(node);
  for (const node of unreached(nodes, forward, world)) unseen.add(node);
  return {
    nodes,
    from: (node) => backward.get(node) ?? EMPTY,
    into: (node) => forward.get(node) ?? EMPTY,
    uses,
    unseen,
    turned,
  };
}

/** Whether a stream goes to where its type is only that of something which gives chunks. */
function losesEvents(from: ts.Node, to: ts.Node, world: World): boolean {
  const [source, target] = [world.answerOf(from)?.kind, world.answerOf(to)];
  const isOfChunks = target?.kind === 'completion' || target?.kind === 'chunk';
  // What may be a completion too is one by its type, unless that type has completions inside.
  return isOfChunks && (source === 'stream' || (source === 'either' && target.wrapper === 'container'));
}

/** Nodes that no call and no parameter leads to: where their answers come from is not known. */
function unreached(
  nodes: ReadonlySet<ts.Node>,
  forward: ReadonlyMap<ts.Node, ReadonlySet<ts.Node>>,
  world: World,
): readonly ts.Node[] {
  const reached = new Set<ts.Node>();
  const queue = [...nodes].filter((node) => isOrigin(node, world));
  for (let node = queue.pop(); node; node = queue.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    queue.push(...(forward.get(node) ?? EMPTY));
  }
  return [...nodes].filter((node) => !reached.has(node));
}

/** Whether answers begin here: a call, a parameter, or something that is still empty. */
function isOrigin(node: ts.Node, world: World): boolean {
  if (
    world.siteOf(node) ||
    ts.isParameter(node) ||
    ts.isArrayLiteralExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node)
  )
    return true;
  if (ts.isNewExpression(node))
    return (node.arguments ?? []).length === 0 && callTarget(node, world).kind === 'carrier';
  return ts.isCallExpression(node) && callTarget(node, world).kind === 'create';
}

const EMPTY: ReadonlySet<ts.Node> = new Set();

function addTo(map: Map<ts.Node, Set<ts.Node>>, key: ts.Node, value: ts.Node): void {
  const known = map.get(key);
  if (known) known.add(value);
  else map.set(key, new Set([value]));
}

/** Whether a node is an expression that is evaluated, and not a name of something. */
function isValue(node: ts.Node): node is ts.Expression {
  if (!ts.isExpression(node) || ts.isSpreadElement(node) || ts.isExpressionWithTypeArguments(node)) return false;
  if (!ts.isIdentifier(node)) return true;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isShorthandPropertyAssignment(parent)) return parent.name === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isExportAssignment(parent)) return true;
  if ('name' in parent && parent.name === node) return false;
  return (
    !ts.isImportSpecifier(parent) &&
    !ts.isExportSpecifier(parent) &&
    !ts.isLabeledStatement(parent) &&
    !ts.isBreakOrContinueStatement(parent) &&
    !ts.isJsxAttribute(parent)
  );
}
