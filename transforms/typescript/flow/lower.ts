import { ts } from '../ts.js';
import type { Analysis } from '../analyse.js';
import type { Changes } from '../changes.js';
import { promptValues } from '../lower/prompt.js';
import { exportedAs, isExportObject } from '../commonjs.js';
import type { Pieces } from '../print.js';
import { localSymbol } from '../symbols.js';
import { indentAt, type Unit } from '../unit.js';
import { isAsync, promised } from './functions.js';
import { messageType, retypeComment } from './message-type.js';
import { nameOfTwin } from './names.js';
import { isGiven, shortKey, turnField, turnTaken } from './lower-fields.js';
import { readAt, type Flow } from './plan.js';
import {
  isPassed,
  isSource,
  placesOf,
  stepsBefore,
  type Builder,
  type Carrier,
  type Parameter,
  type Passed,
  type Source,
  type Variable,
} from './steps.js';
import { addTwin, calleeName, importsOf } from './twin.js';
import { isInside, wrapping } from '../syntax.js';
import { transcriptValues } from '../transcript/lower.js';
import type { TranscriptPrompt } from '../transcript/transcript.js';

/** What begins with a transcript. */
type Transcripts = ReadonlyMap<ts.Expression, TranscriptPrompt>;

type Lowering = Pick<Analysis, 'symbols' | 'units' | 'view'>;

/** Writes the messages where the prompts of a flow were written, and turns what hands them on. The calls themselves are no part of it. */
export function lowerFlow(flow: Flow, transcripts: Transcripts, analysis: Lowering, changes: Changes): void {
  const builders = flow.carriers.filter((carrier) => carrier.kind === 'builder');
  const staying = builders.filter((builder) => flow.twins.has(builder));
  const inTwin = (node: ts.Node): boolean => staying.some(({ fn }) => isInside(node, fn));
  for (const source of flow.sources) if (!inTwin(source.expression)) writeSource(source, flow, transcripts, changes);
  for (const carrier of flow.carriers) {
    if (carrier.kind === 'builder' ? staying.includes(carrier) : placesOf(carrier).some(inTwin)) continue;
    if (carrier.kind === 'variable' && flow.kept.has(carrier)) continue;
    turnCarrier(carrier, flow, analysis.units, changes);
  }
  const making = new Set([...flow.kept].map(({ value }) => value));
  for (const step of flow.passed)
    if (!inTwin(step.node) && !making.has(step))
      readTurned(step.node, step.carrier, step.unit, flow, analysis, changes);
  for (const builder of staying) {
    addTwin(builder, analysis.symbols, changes, (own) => {
      const steps = builder.returned.flatMap(({ step }) => stepsBefore(step, ({ kind }) => kind !== 'builder'));
      for (const source of steps.filter(isSource)) writeSource(source, flow, transcripts, own);
      for (const { node, carrier, unit } of steps.filter(isPassed)) {
        if (carrier.kind !== 'builder') turnCarrier(carrier, flow, analysis.units, own);
        readTurned(node, carrier, unit, flow, analysis, own);
      }
      turnCarrier(builder, flow, analysis.units, own);
    });
    exportTwin(builder, analysis, changes);
  }
  for (const builder of builders) tell(builder, flow, changes);
  for (const carrier of flow.carriers) {
    const [declared] =
      carrier.kind === 'field'
        ? [...carrier.declared, ...carrier.takers]
        : carrier.kind === 'parameter'
          ? [carrier.declaration]
          : [];
    if (declared) changes.note('CTM106', carrier.unit, carrier.unit.range(declared.name), WRAPPED);
  }
}

/** Messages, or an object with them and the system text, in the place of a prompt's text. */
function writeSource({ unit, expression, plan }: Source, flow: Flow, transcripts: Transcripts, changes: Changes): void {
  const { hasSystem } = flow;
  const range = unit.range(expression);
  const isTyped = isInTypedPlace(expression);
  const kept = transcripts.get(expression);
  const [system, messages] = kept
    ? transcriptValues(kept, range.start, isTyped)
    : promptValues(plan, { start: range.start, isTyped }, unit, changes);
  const written = hasSystem ? asObject(system, messages, expression, unit) : messages;
  changes.replace(unit, range, [...shortKey(expression, written, flow), ...written]);
}

function asObject(system: Pieces | undefined, messages: Pieces, expression: ts.Expression, unit: Unit): Pieces {
  const isBroken = messages.includes('\n');
  const base = indentAt(unit.text, unit.range(expression).start);
  const [open, between, close] = isBroken
    ? [`{\n${base}${unit.style.indent}`, `,\n${base}${unit.style.indent}`, `,\n${base}}`]
    : ['{ ', ', ', ' }'];
  const list = isBroken ? messages.map((piece) => (piece === '\n' ? `\n${unit.style.indent}` : piece)) : messages;
  const key: Pieces = list.length === 1 && list[0] === 'messages' ? list : ['messages: ', ...list];
  const lead: Pieces = system?.length === 1 && system[0] === 'system' ? system : ['system: ', ...(system ?? [])];
  const value = [open, ...(system ? [...lead, between] : []), ...key, close];
  const isBody = ts.isArrowFunction(expression.parent) && expression.parent.body === expression;
  return isBody ? ['(', ...value, ')'] : value;
}

/** Whether what is returned or passed here gets its type from a declaration that says it. */
function isInTypedPlace(expression: ts.Expression): boolean {
  let at: ts.Node = expression;
  while (ts.isConditionalExpression(at.parent) || ts.isParenthesizedExpression(at.parent)) at = at.parent;
  const { parent } = at;
  if (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) {
    const holder = wrapping(parent.parent).parent;
    return !ts.isVariableDeclaration(holder) || holder.type !== undefined;
  }
  if (ts.isCallExpression(parent)) return true;
  if (ts.isParameter(parent)) return true;
  if (ts.isVariableDeclaration(parent)) return parent.type !== undefined;
  if (ts.isArrowFunction(parent)) return parent.type !== undefined;
  for (; !ts.isSourceFile(at); at = at.parent) if (ts.isFunctionLike(at)) return at.type !== undefined;
  return false;
}

/** The types and the names of what hands messages on instead of text. */
function turnCarrier(carrier: Carrier, flow: Flow, units: readonly Unit[], changes: Changes): void {
  if (carrier.kind === 'builder') turnBuilder(carrier, flow, changes);
  else if (carrier.kind === 'field') turnField(carrier, flow, units, changes);
  else if (carrier.kind === 'variable' && ts.isBindingElement(carrier.declaration))
    turnTaken(carrier.declaration, carrier, flow, changes);
  else turnNamed(carrier, flow, units, changes);
}

function turnBuilder({ fn, unit }: Builder, flow: Flow, changes: Changes): void {
  const type = fn.type && isAsync(fn) ? promised(fn.type) : fn.type;
  if (type) changes.replace(unit, unit.range(type), [messageType(unit, flow, changes)]);
  const returns = ts.getJSDocReturnTag(fn)?.typeExpression;
  if (returns) retypeComment(returns.type, flow, unit, changes);
}

function turnNamed(carrier: Variable | Parameter, flow: Flow, units: readonly Unit[], changes: Changes): void {
  const { declaration, unit } = carrier;
  if (ts.isBindingElement(declaration)) return;
  const name = flow.names.get(carrier);
  for (const contracted of carrier.kind === 'parameter' ? carrier.contracted : []) {
    const holder = units.find(({ tree }) => tree === contracted.getSourceFile()) ?? unit;
    if (name !== undefined) changes.replace(holder, holder.range(contracted.name), [name]);
    if (contracted.type) changes.replace(holder, holder.range(contracted.type), [messageType(holder, flow, changes)]);
  }
  if (name !== undefined) changes.replace(unit, unit.range(declaration.name), [name]);
  if (declaration.type) changes.replace(unit, unit.range(declaration.type), [messageType(unit, flow, changes)]);
  // Without a type, a parameter would take only turns of the roles that its default has.
  else if (unit.isTypeScript && ts.isParameter(declaration) && declaration.initializer)
    changes.insert(unit, unit.range(declaration.name).end, [`: ${messageType(unit, flow, changes)}`]);
  const tag = ts.isParameter(declaration) ? ts.getJSDocParameterTags(declaration)[0] : undefined;
  if (tag?.typeExpression) retypeComment(tag.typeExpression.type, flow, unit, changes);
  if (tag && name !== undefined) changes.replace(unit, unit.range(tag.name), [name]);
}

/** A call of a twin, or a name that changed. */
function readTurned(
  node: Passed['node'],
  carrier: Carrier,
  unit: Unit,
  flow: Flow,
  analysis: Lowering,
  changes: Changes,
): void {
  if (ts.isPropertyAccessExpression(node)) {
    const key = flow.names.get(carrier);
    if (key !== undefined) changes.replace(unit, unit.range(node.name), [key]);
    return;
  }
  if (ts.isIdentifier(node)) {
    if (ts.isBindingElement(node.parent)) return;
    const read = readAt(flow, node);
    const isShort = ts.isShorthandPropertyAssignment(node.parent);
    if (isShort && isGiven(node.parent, flow))
      changes.replace(unit, unit.range(node), [...shortKey(node, read, flow), ...read]);
    if (!isShort && !(read.length === 1 && read[0] === node.text)) changes.replace(unit, unit.range(node), read);
    if (carrier.kind !== 'variable' || !flow.kept.has(carrier)) return;
    if (carrier.value.kind === 'passed' && carrier.value.carrier.kind === 'builder')
      importTwin(carrier.value.carrier, unit, flow, analysis, changes);
    return;
  }
  if (carrier.kind !== 'builder' || !flow.twins.has(carrier)) return;
  changes.replace(unit, unit.range(calleeName(node)), [nameOfTwin(carrier.name.text)]);
  importTwin(carrier, unit, flow, analysis, changes);
}

/** Names a twin in the import that brings in its builder: beside it, or in its place if nothing else reads it. */
function importTwin(
  builder: Builder,
  unit: Unit,
  flow: Flow,
  { symbols, view: { checker } }: Lowering,
  changes: Changes,
): void {
  const making = new Set([...flow.kept].map(({ value }) => value));
  const calls = flow.passed.filter((step) => step.carrier === builder);
  const calleesOf = (steps: readonly Passed[]): ReadonlySet<ts.Node> =>
    new Set(steps.flatMap(({ node }) => (ts.isCallExpression(node) ? [calleeName(node)] : [])));
  const ours = calleesOf(calls);
  const turned = calleesOf(calls.filter((step) => !making.has(step)));
  const twin = nameOfTwin(builder.name.text);
  for (const specifier of importsOf(builder.symbol, unit.tree, symbols)) {
    const reads = symbols
      .references(builder.symbol)
      .filter(
        (node) =>
          node.getSourceFile() === unit.tree &&
          node.parent !== specifier &&
          localSymbol(node, checker)?.declarations?.[0] === specifier,
      );
    if (!reads.some((node) => ours.has(node))) continue;
    if (reads.some((node) => !turned.has(node))) changes.insert(unit, unit.range(specifier).end, [`, ${twin}`]);
    else changes.replace(unit, unit.range(specifier.name), [twin]);
  }
}

/** Exports a twin wherever its builder is exported by name; an import that only serves an export takes it in. */
function exportTwin({ symbol, name }: Builder, { symbols, units }: Lowering, changes: Changes): void {
  const twin = nameOfTwin(name.text);
  for (const { parent } of symbols.references(symbol)) {
    const file = parent.getSourceFile();
    const unit = units.find(({ tree }) => tree === file);
    if (!unit) continue;
    const isListed =
      ts.isExportSpecifier(parent) || (ts.isShorthandPropertyAssignment(parent) && isExportObject(parent.parent));
    if (isListed) {
      const isFromElsewhere = ts.isExportSpecifier(parent) && parent.parent.parent.moduleSpecifier !== undefined;
      const imported = isFromElsewhere ? [] : importsOf(symbol, file, symbols);
      for (const each of [parent, ...imported]) changes.insert(unit, unit.range(each).end, [`, ${twin}`]);
    } else if (exportedAs(parent) && ts.isBinaryExpression(parent) && ts.isIdentifier(parent.right)) {
      const holder = unit.source((parent.left as ts.PropertyAccessExpression).expression);
      changes.insert(unit, unit.range(parent.parent).end, [
        `\n${indentAt(unit.text, unit.range(parent).start)}${holder}.${twin} = ${twin}${unit.style.semicolon}`,
      ]);
    }
  }
}

function tell(builder: Builder, { twins }: Flow, changes: Changes): void {
  const { name, unit } = builder;
  const twin = nameOfTwin(name.text);
  const message = twins.has(builder)
    ? `${name.text} has other readers and stays; ${twin} beside it returns the messages.`
    : `${name.text} returns messages now; its callers pass them on.`;
  changes.note('CTM106', unit, unit.range(name), message);
}

const WRAPPED = 'Every caller is seen and passes messages here now.';
