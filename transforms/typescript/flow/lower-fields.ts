import { ts } from '../ts.js';
import type { Changes } from '../changes.js';
import type { Pieces } from '../print.js';
import type { Unit } from '../unit.js';
import { keyOf, type DeclaredMember } from './fields.js';
import { messageType, retypeComment } from './message-type.js';
import type { Flow } from './plan.js';
import type { Field, Variable } from './steps.js';

/** The type of a member of options, and its key wherever they are written out. */
export function turnField(field: Field, flow: Flow, units: readonly Unit[], changes: Changes): void {
  const key = flow.names.get(field);
  const unitOf = (node: ts.Node): Unit => units.find(({ tree }) => tree === node.getSourceFile()) ?? field.unit;
  for (const declared of field.declared) turnDeclared(declared, key, flow, unitOf(declared), changes);
  if (key === undefined) return;
  for (const { property } of field.given)
    if (ts.isPropertyAssignment(property))
      changes.replace(unitOf(property), unitOf(property).range(property.name), [key]);
}

function turnDeclared(
  declared: DeclaredMember,
  key: string | undefined,
  flow: Flow,
  unit: Unit,
  changes: Changes,
): void {
  if (ts.isPropertySignature(declared)) {
    if (key !== undefined) changes.replace(unit, unit.range(declared.name), [key]);
    if (declared.type && unit.isTypeScript)
      changes.replace(unit, unit.range(declared.type), [messageType(unit, flow, changes)]);
    else if (declared.type) retypeComment(declared.type, flow, unit, changes);
    return;
  }
  const { name, typeExpression } = declared;
  if (key !== undefined) changes.replace(unit, unit.range(ts.isQualifiedName(name) ? name.right : name), [key]);
  if (typeExpression) retypeComment(typeExpression.type, flow, unit, changes);
}

/** A name that a pattern takes out of options. */
export function turnTaken(element: ts.BindingElement, variable: Variable, flow: Flow, changes: Changes): void {
  const { value, unit } = variable;
  const old = keyOf(element)?.text ?? '';
  const key = (value.kind === 'passed' ? flow.names.get(value.carrier) : undefined) ?? old;
  const name = flow.names.get(variable) ?? unit.source(element.name);
  changes.replace(unit, unit.range(element), [key === name ? key : `${key}: ${name}`]);
}

/** Whether a property is one that gives options their prompt. */
export function isGiven(property: ts.Node, flow: Flow): boolean {
  return fieldGivenBy(property, flow) !== undefined;
}

/** The key that options written as `{ prompt }` need once the value is another one. */
export function shortKey(value: ts.Node, written: Pieces, flow: Flow): Pieces {
  const field = fieldGivenBy(value.parent, flow);
  if (!field || !ts.isShorthandPropertyAssignment(value.parent)) return [];
  const key = flow.names.get(field) ?? field.key;
  return written.length === 1 && written[0] === key ? [] : [`${key}: `];
}

function fieldGivenBy(property: ts.Node, { carriers }: Flow): Field | undefined {
  return carriers.find(
    (carrier): carrier is Field =>
      carrier.kind === 'field' && carrier.given.some((given) => given.property === property),
  );
}
