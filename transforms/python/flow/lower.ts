import type { Changes } from '../changes.js';
import { keepComments, promptValues, styleAt } from '../lower/prompt.js';
import { field, isInside, textOf, type Node } from '../node.js';
import type { Pieces } from '../print-expression.js';
import type { Unit } from '../unit.js';
import { calleeName } from './copies.js';
import { describeAnew } from './docstring.js';
import { isText } from './functions.js';
import type { TypeImports } from './message-type.js';
import { nameOfTwin } from './names.js';
import { printBoth } from './print-both.js';
import { readAt, type Flow } from './plan.js';
import { isPassed, isSource, placesOf, stepsWithin, type Carrier, type Passed, type Source } from './steps.js';
import type { Analysis } from './trace.js';
import { importTwins } from './twin-imports.js';
import { addTwin } from './twin.js';

/** Writes the messages where the prompts of a flow were written, and turns what hands them on. The calls themselves are no part of it. */
export function lowerFlow(flow: Flow, analysis: Analysis, types: TypeImports, changes: Changes): void {
  const builders = flow.carriers.filter((carrier) => carrier.kind === 'builder');
  const staying = builders.filter((builder) => flow.twins.has(builder));
  const inTwin = (node: Node): boolean => staying.some(({ fn }) => isInside(node, fn));
  const isLeft = (carrier: Carrier): boolean => {
    if (carrier.kind === 'builder') return flow.twins.has(carrier);
    return placesOf(carrier).some(inTwin) || (carrier.kind === 'variable' && flow.kept.has(carrier));
  };
  for (const source of flow.sources) if (!inTwin(source.expression)) writeSource(source, flow, changes);
  for (const carrier of flow.carriers) if (!isLeft(carrier)) turnCarrier(carrier, flow, types, changes);
  const making = new Set([...flow.kept].flatMap(({ values }) => values));
  const turned = flow.passed.filter((step) => !inTwin(step.node) && !making.has(step));
  for (const step of turned) readTurned(step, flow, changes);
  for (const builder of staying) {
    addTwin(builder, analysis, changes, (own) => {
      const steps = stepsWithin(builder);
      for (const source of steps.filter(isSource)) writeSource(source, flow, own);
      for (const step of steps.filter(isPassed)) {
        if (step.carrier.kind !== 'builder') turnCarrier(step.carrier, flow, types, own);
        readTurned(step, flow, own);
      }
      turnCarrier(builder, flow, types, own);
    });
    importTwins(builder, flow, analysis, changes);
  }
  for (const carrier of flow.carriers) tell(carrier, flow, changes);
}

/** Messages, or a dictionary with them and the system text, in the place of a prompt's text. */
function writeSource({ unit, expression, plan }: Source, { hasSystem }: Flow, changes: Changes): void {
  const style = styleAt(expression.start, unit);
  keepComments(expression, plan, unit, changes);
  const values = (base: string): ReturnType<typeof promptValues> =>
    promptValues(plan, { ...style, base }, unit, changes);
  changes.replace(unit, expression, hasSystem ? printBoth(values, style, unit) : values(style.base).messages);
}

/** The types and the names of what hands messages on instead of text. */
function turnCarrier(carrier: Carrier, flow: Flow, types: TypeImports, changes: Changes): void {
  if (carrier.kind === 'builder') {
    retype(field(carrier.fn, 'return_type'), carrier.unit, flow, types, changes);
    return;
  }
  const { unit } = carrier;
  const name = flow.names.get(carrier);
  for (const place of placesOf(carrier)) {
    if (name !== undefined) changes.replace(unit, place, [name]);
    const holder = carrier.kind === 'parameter' ? carrier.declaration : place.parent;
    retype(holder && field(holder, 'type'), unit, flow, types, changes);
  }
  if (carrier.kind !== 'parameter') return;
  const from = carrier.binding.name;
  describeAnew(carrier.fn, { from, to: name ?? from, type: flow.hasSystem ? 'dict' : 'list' }, unit, changes);
  if (name === undefined) return;
  for (const keyword of carrier.keywords) changes.replace(keyword.unit, keyword.name, [name]);
}

function retype(type: Node | undefined, unit: Unit, flow: Flow, types: TypeImports, changes: Changes): void {
  if (!type || !isText(type)) return;
  const quote = /^["']/.exec(textOf(type))?.[0] ?? '';
  changes.replace(unit, type, [quote + types.typeOf(unit, flow) + quote]);
}

/** A call of a twin, or a name that changed. */
function readTurned({ node, carrier, unit }: Passed, flow: Flow, changes: Changes): void {
  if (carrier.kind !== 'builder') {
    const read: Pieces = readAt(flow, node);
    if (!(read.length === 1 && read[0] === textOf(node))) changes.replace(unit, node, read);
  } else if (flow.twins.has(carrier)) changes.replace(unit, calleeName(node), [nameOfTwin(textOf(carrier.name))]);
}

function tell(carrier: Carrier, { twins }: Flow, changes: Changes): void {
  if (carrier.kind === 'variable') return;
  if (carrier.kind === 'parameter') {
    changes.note('CTM106', carrier.unit, carrier.declaration, 'Every caller is seen and passes messages here now.');
    return;
  }
  const name = textOf(carrier.name);
  const message = twins.has(carrier)
    ? `${name} has other readers and stays; ${nameOfTwin(name)} beside it returns the messages.`
    : `${name} returns messages now; its callers pass them on.`;
  changes.note('CTM106', carrier.unit, carrier.name, message);
}
