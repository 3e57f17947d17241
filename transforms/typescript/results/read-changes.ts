import { ts } from '../ts.js';
import { mayAnswerError } from '../locate.js';
import { accessName, isAccess, unwrap, type Access } from '../syntax.js';
import type { Unit } from '../unit.js';
import { takeApart, textReadsIn } from './destructure.js';
import { readField } from './fields.js';
import type { Flow, Use } from './flow.js';
import { dropSliceLater } from './leading-space.js';
import { placeOf } from './pattern-place.js';
import type { ReadContext } from './read-context.js';
import type { Change } from './result-use.js';
import type { Shapes } from './shapes.js';
import { readStopReason } from './stop-reason.js';
import { readEvents } from './stream-loop.js';
import { isInChain, readText, textForm, textFormOfJson, type TextForm } from './text.js';
import type { World } from './world.js';

/** What changes where a message is read, taken apart, looped over or logged. */
export function readChanges(flow: Flow, shapes: Shapes, world: World): readonly Change[] {
  const open = [...flow.uses].filter(([node]) => !shapes.isLegacy(node) && !shapes.wraps.has(node as ts.Expression));
  const forms = textForms(open, shapes, world);
  const stops: ReadContext = {
    world,
    seen: new Set(),
    isStopReason: (node) => isRead(node, 'stop_reason', flow, shapes),
    isText: (node) => isRead(node, 'completion', flow, shapes),
  };
  return open.flatMap(([node, uses]) =>
    uses.flatMap((use) => {
      const unit = world.unitOf(node);
      const form = unit && forms.get(unit)?.[isJson(node, shapes) ? 'json' : 'sdk'];
      const change = form && changeOf(node, use, form, stops);
      return change ? [change] : [];
    }),
  );
}

function changeOf(node: ts.Node, use: Use, form: TextForm, stops: ReadContext): Change | undefined {
  const { unit } = form;
  switch (use.kind) {
    case 'field': {
      const change = fieldChange(use.access, form, stops);
      return change && { ...change, at: node };
    }
    case 'pattern': {
      const pattern = node as ts.ObjectBindingPattern;
      const place = placeOf(pattern, stops);
      return place && takeApart(pattern, place, form, stops);
    }
    case 'loop':
      return readEvents(use.statement, unit, stops);
    case 'in': {
      const isText = ts.isStringLiteralLike(use.key) && use.key.text === 'completion';
      const { quote } = unit.style;
      return isText
        ? { at: node, edits: [{ range: unit.range(use.key), pieces: [`${quote}content${quote}`] }] }
        : undefined;
    }
    case 'log':
      return {
        at: node,
        edits: [],
        notes: [{ code: 'CTM206', node, message: 'The whole result is logged, and has the shape of a message now' }],
      };
    case 'problem':
      return { at: node, edits: [], problem: { ...use, node } };
    case 'out':
      return undefined;
  }
}

function fieldChange(access: Access, form: TextForm, stops: ReadContext): Change | undefined {
  const { unit } = form;
  const name = accessName(access);
  if (name === 'completion') {
    const change = readText(access, form);
    return { ...change, edits: [...change.edits, ...dropSliceLater(access, stops.isText, unit, stops.world)] };
  }
  return name === 'stop_reason' ? readStopReason(access, unit, stops) : readField(access, form, stops.world);
}

/** How each file reads text, by how often it does: that of the SDK's messages, and that of bodies of its own requests. */
function textForms(
  open: readonly (readonly [ts.Node, readonly Use[]])[],
  shapes: Shapes,
  world: World,
): ReadonlyMap<Unit, Readonly<Record<'sdk' | 'json', TextForm>>> {
  const reads = new Map<Unit, number>();
  const bodies = new Map<Unit, number>();
  for (const [node, uses] of open) {
    const unit = world.unitOf(node);
    if (!unit) continue;
    const counts = isJson(node, shapes) ? bodies : reads;
    const isUntyped = unit.isTypeScript && [...shapes.sitesAt(node)].some(({ originSeen }) => !originSeen);
    for (const use of uses) counts.set(unit, (counts.get(unit) ?? 0) + textReads(node, use) * (isUntyped ? 2 : 1));
  }
  return new Map(
    [...new Set([...reads.keys(), ...bodies.keys()])].map((unit) => [
      unit,
      {
        sdk: textForm(unit, reads.get(unit) ?? 0, world),
        json: textFormOfJson(unit, bodies.get(unit) ?? 0, world),
      },
    ]),
  );
}

/** Whether answers come here over HTTP, without the SDK. */
function isJson(node: ts.Node, shapes: Shapes): boolean {
  return [...shapes.sitesAt(node)].some(mayAnswerError);
}

function textReads(node: ts.Node, use: Use): number {
  if (use.kind === 'field') return accessName(use.access) === 'completion' && !isInChain(use.access) ? 1 : 0;
  return use.kind === 'pattern' && ts.isObjectBindingPattern(node) ? textReadsIn(node) : 0;
}

/** Whether an expression reads a field of a message. */
function isRead(node: ts.Expression, field: string, flow: Flow, shapes: Shapes): boolean {
  const access = unwrap(node);
  if (!isAccess(access) || accessName(access) !== field || shapes.isLegacy(access.expression)) return false;
  return flow.uses.get(access.expression)?.some((use) => use.kind === 'field' && use.access === access) ?? false;
}
