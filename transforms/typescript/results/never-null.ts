import { ts } from '../ts.js';
import { knowsNullReasons } from '../../../src/api/stop-reasons.js';
import type { Edit } from '../../../src/edits/edit.js';
import { accessName, isAccess, isWritten, staticName, wrapping } from '../syntax.js';
import type { Unit } from '../unit.js';
import type { Flow } from './flow.js';
import { readsOf } from './reads-of.js';
import type { Change } from './result-use.js';
import type { Shapes } from './shapes.js';
import type { World } from './world.js';

/**
 * Where a stop reason goes to a place that takes no null. Old SDKs typed it `string`, newer ones know that it is null
 * while a stream runs: code written for the old types says with `!` what it took for granted.
 */
export function neverNull(flow: Flow, shapes: Shapes, world: World): readonly Change[] {
  return [...flow.uses].flatMap(([node, uses]) => {
    const unit = world.unitOf(node);
    // What the helpers give keeps the type of old.
    if (!unit || !wasNeverNull(unit, world) || shapes.isLegacy(node) || shapes.wraps.has(node as ts.Expression))
      return [];
    const reads = uses.flatMap((use): readonly ts.Expression[] => {
      if (use.kind === 'field') return accessName(use.access) === 'stop_reason' ? [use.access] : [];
      return use.kind === 'pattern' && ts.isObjectBindingPattern(node) ? namesIn(node, world) : [];
    });
    const edits = reads.flatMap((read) => assertions(read, unit, world));
    return edits.length > 0 ? [{ at: node, edits }] : [];
  });
}

/** Whether the code of a file was written for types that have no null in a stop reason. */
export function wasNeverNull(unit: Unit, world: World): boolean {
  return unit.isTypeScript && !knowsNullReasons(world.targetOf(unit));
}

function namesIn(pattern: ts.ObjectBindingPattern, world: World): readonly ts.Identifier[] {
  const element = pattern.elements.find(
    ({ propertyName, name, initializer }) => staticName(propertyName ?? name) === 'stop_reason' && !initializer,
  );
  return element && ts.isIdentifier(element.name) ? readsOf(element.name, world) : [];
}

function assertions(read: ts.Expression, unit: Unit, world: World): readonly Edit[] {
  if (refusesNull(read, world)) return [assertion(read, unit)];
  const { parent } = wrapping(read);
  if (!ts.isVariableDeclaration(parent) || parent.type || !ts.isIdentifier(parent.name)) return [];
  const later = readsOf(parent.name, world).filter((node) => world.unitOf(node) === unit && !isWritten(node));
  return later.some((node) => refusesNull(node, world)) ? [assertion(read, unit)] : [];
}

function assertion(read: ts.Expression, unit: Unit): Edit {
  const { end } = unit.range(read);
  return { range: { start: end, end }, pieces: ['!'] };
}

/** Whether what stands around an expression does not compile with null in its place. */
export function refusesNull(node: ts.Expression, { view: { checker } }: World): boolean {
  const isKnown = checker.getNonNullableType(checker.getTypeAtLocation(node)) === checker.getTypeAtLocation(node);
  if (isKnown) return false;
  const outer = wrapping(node);
  const { parent } = outer;
  if (outer !== node && !ts.isParenthesizedExpression(node.parent)) return false;
  if (isAccess(parent))
    return ts.isElementAccessExpression(parent) && parent.argumentExpression === outer
      ? true
      : !parent.questionDotToken;
  const expected = checker.getContextualType(outer);
  const isOpen =
    expected === undefined || expected.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.TypeParameter);
  return !isOpen && !checker.isTypeAssignableTo(checker.getNullType(), expected);
}
