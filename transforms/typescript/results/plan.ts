import { ts } from '../ts.js';
import { hasOwnType, mayAnswerError } from '../locate.js';
import { planEvents } from './events.js';
import { followAnswers, type Flow } from './flow.js';
import { neverNull } from './never-null.js';
import { placeOf } from './pattern-place.js';
import { planTypes, sharedByAlias } from './plan-types.js';
import { readChanges } from './read-changes.js';
import type { ReadContext } from './read-context.js';
import { planResourceTypes } from './resource-types.js';
import type { Change, ResultUse } from './result-use.js';
import { seedsOf } from './seeds.js';
import { decideShapes, type Shapes } from './shapes.js';
import { stuckPlaces, unreadAnswers } from './stuck.js';
import { turn } from './turn.js';
import { findTypeRefs, type TypeRef } from './type-refs.js';
import { createWorld, type ResultsInput, type World } from './world.js';

export type { ResultUse } from './result-use.js';

/**
 * What has to change where the answers of legacy calls are read, typed and handed on, if the calls become Messages.
 * Makes no edit to the calls themselves; every use says whose answers it is about.
 */
export function planResults(input: ResultsInput): readonly ResultUse[] {
  const world = createWorld(input);
  const refs = findTypeRefs(world);
  const flow = followAnswers(seedsOf(refs, world), world);
  const optimistic: ReadContext = { world, isStopReason: () => true, isText: () => true, seen: new Set() };
  const demanded = new Set<ts.Node>();
  for (const [node, uses] of flow.uses) {
    if (uses.some(({ kind }) => kind === 'pattern') && !isTakenApart(node, optimistic)) demanded.add(node);
  }
  const shapes = settleShapes(flow, demanded, refs, world);
  const changes = [
    ...readChanges(flow, shapes, world),
    ...turned(shapes, world),
    ...stuckPlaces(flow, shapes, world),
    ...unreadAnswers(flow, world),
    ...neverNull(flow, shapes, world),
  ];
  return [
    ...changes.flatMap((change) => finish(change, shapes, world)),
    ...planTypes(refs, shapes, world),
    ...planResourceTypes(world),
    ...planEvents(world),
  ];
}

/** Places that share a type alias have one shape: what one of them demands, all of them get. */
function settleShapes(flow: Flow, demanded: Set<ts.Node>, refs: readonly TypeRef[], world: World): Shapes {
  for (;;) {
    const shapes = decideShapes(flow, world, demanded);
    const shared = sharedByAlias(refs, shapes, world).filter((node) => !demanded.has(node));
    if (shared.length === 0) return shapes;
    shared.forEach((node) => demanded.add(node));
  }
}

/** Whether a pattern can take a message apart as it did a completion. */
function isTakenApart(node: ts.Node, stops: ReadContext): boolean {
  return ts.isObjectBindingPattern(node) && placeOf(node, stops) !== undefined;
}

function turned(shapes: Shapes, world: World): readonly Change[] {
  return [...shapes.wraps].flatMap((node) => {
    const unit = world.unitOf(node);
    const mayBeError = [...shapes.sitesAt(node)].some((site) => mayAnswerError(site) || hasOwnType(site));
    return unit ? [turn(node, mayBeError, unit, world)] : [];
  });
}

function finish(change: Change, shapes: Shapes, world: World): readonly ResultUse[] {
  const { at, edits, helpers = [], notes = [], problem } = change;
  const unit = world.unitOf(at);
  if (!unit || (edits.length === 0 && notes.length === 0 && !problem)) return [];
  return [
    {
      unit,
      edits,
      notes: notes.map(({ code, node, message }) => ({ code, path: unit.path, range: unit.range(node), message })),
      sites: shapes.sitesAt(at),
      helpers,
      ...(problem ? { problem } : {}),
    },
  ];
}
