import { ts } from '../ts.js';
import type { Content } from '../../../src/prompt/conversation.js';
import type { Changes } from '../changes.js';
import { lostComments } from './comments-in.js';
import { readAt, type FlowPrompt } from '../flow/plan.js';
import type { HelperNames } from '../helper-names.js';
import type { ExpressionHandle, Handle } from '../lift/handle.js';
import type { Site } from '../locate.js';
import type { ParameterUse } from '../params-plan.js';
import { printContent, printMessages, type Pieces, type PrintStyle } from '../print.js';
import type { PromptPlan, StaticPrompt } from '../prompt-plan.js';
import { walk } from '../syntax.js';
import { transcriptValues } from '../transcript/lower.js';
import type { TranscriptPrompt } from '../transcript/transcript.js';
import { beginsLine, indentAt, type Unit } from '../unit.js';

/** Writes the messages, and the system text, where a call names its prompt. */
export function lowerPrompt(
  use: ParameterUse,
  plan: PromptPlan | FlowPrompt | TranscriptPrompt,
  { unit, request }: Site,
  names: HelperNames,
  changes: Changes,
): void {
  if (use.value === undefined) return;
  if (plan.kind === 'runtime') {
    changes.need(unit, 'toMessages');
    lowerRuntime(use, use.value, unit, names.get('toMessages') ?? 'toMessages', changes);
    return;
  }
  if (plan.kind === 'flow') {
    lowerPassed(use, plan, unit, changes);
    return;
  }
  const isJson = request.kind !== 'sdk';
  const place = { start: unit.range(use.node).start, isTyped: isJson || isTyped(use), isJson };
  const [system, messages] =
    plan.kind === 'transcript'
      ? transcriptValues(plan, place.start, place.isTyped)
      : promptValues(plan, place, unit, changes);
  if (use.form === 'set') lowerAssignment(use, system, messages, unit, changes);
  else lowerProperty(use, system, messages, unit, changes);
}

/** What is sent is messages already, or an object with them: only its key is written. */
function lowerPassed(use: ParameterUse, { flow }: FlowPrompt, unit: Unit, changes: Changes): void {
  const { node, value } = use;
  if (!value) return;
  const target = assignedObject(use);
  if (target) {
    const pieces: Pieces = flow.hasSystem
      ? ['Object.assign(', unit.range(target), ', ', unit.range(value), ')']
      : [unit.range(target), '.messages = ', unit.range(value)];
    changes.replace(unit, unit.range(target.parent.parent), pieces);
  } else if (node === value.parent && ts.isShorthandPropertyAssignment(node)) {
    const read = readAt(flow, node.name);
    changes.replace(unit, unit.range(node), flow.hasSystem ? ['...', ...read] : keyed('messages', read, ' ', use));
  } else {
    const key = flow.hasSystem ? ['...'] : keyed('messages', [], commentBefore(use, unit), use);
    changes.replace(unit, { start: unit.range(node).start, end: unit.range(value).start }, key);
  }
}

function lowerRuntime(use: ParameterUse, value: ts.Expression, unit: Unit, helper: string, changes: Changes): void {
  if (use.form === 'property') {
    changes.replace(unit, unit.range(use.node), [`...${helper}(`, unit.range(value), ')']);
    return;
  }
  const target = assignedObject(use);
  if (target)
    changes.replace(unit, unit.range(target.parent.parent), [
      'Object.assign(',
      unit.range(target),
      `, ${helper}(`,
      unit.range(value),
      '))',
    ]);
}

/** `params` of the statement `params.prompt = value`. */
function assignedObject({ node }: ParameterUse): ts.Expression | undefined {
  if (!ts.isExpressionStatement(node)) return undefined;
  const { expression } = node;
  const left = ts.isBinaryExpression(expression) ? expression.left : undefined;
  return left && (ts.isPropertyAccessExpression(left) || ts.isElementAccessExpression(left))
    ? left.expression
    : undefined;
}

function lowerProperty(
  use: ParameterUse,
  system: Pieces | undefined,
  messages: Pieces,
  unit: Unit,
  changes: Changes,
): void {
  const range = unit.range(use.node);
  const ownLine = beginsLine(unit.text, range.start);
  const separator = ownLine ? `,\n${indentAt(unit.text, range.start)}` : ', ';
  const lost = use.value && ownLine ? lostComments(use.value, [...(system ?? []), ...messages], unit) : [];
  const comments = lost.map((comment) => `${comment}${separator.slice(1)}`);
  changes.replace(unit, range, [
    ...comments,
    ...(system ? [...keyed('system', system, ' ', use), separator] : []),
    ...keyed('messages', messages, commentBefore(use, unit), use),
  ]);
}

/** A property, quoted as the prompt's was, in its short form where the value has the key's name. */
function keyed(key: string, value: Pieces, gap: string, { node }: ParameterUse): Pieces {
  const name = ts.isPropertyAssignment(node) ? node.name : undefined;
  const quote = name && ts.isStringLiteral(name) ? name.getText().charAt(0) : '';
  if (quote === '' && value.length === 1 && value[0] === key) return [key];
  return [`${quote}${key}${quote}:${gap}`, ...value];
}

/** Whether the place gives its value a type: an argument, or a variable that says what it is. */
function isTyped({ node, form }: ParameterUse): boolean {
  if (form !== 'property') return true;
  let at: ts.Node = (node as ts.Node).parent;
  while (!ts.isStatement(at) && !ts.isVariableDeclaration(at)) {
    if (ts.isSatisfiesExpression(at) || ts.isAsExpression(at)) return true;
    if (ts.isCallExpression(at.parent) && at.parent.arguments.includes(at as ts.Expression))
      return ts.isObjectLiteralExpression(at);
    if (ts.isSpreadAssignment(at.parent)) return false;
    at = at.parent;
  }
  return ts.isVariableDeclaration(at) && at.type !== undefined;
}

/** What stands between a key and its value, where that is more than white space. */
function commentBefore({ node, value }: ParameterUse, unit: Unit): string {
  if (!value || !ts.isPropertyAssignment(node)) return ' ';
  const gap = unit.text.slice(unit.range(node.name).end, unit.range(value).start);
  return gap.trim() === ':' ? ' ' : gap.replace(/^\s*:/, '');
}

function lowerAssignment(
  use: ParameterUse,
  system: Pieces | undefined,
  messages: Pieces,
  unit: Unit,
  changes: Changes,
): void {
  const target = assignedObject(use);
  if (!target) return;
  const statement = unit.range(use.node);
  const end = unit.style.semicolon;
  const first = system
    ? [unit.range(target), '.system = ', ...system, `${end}\n${indentAt(unit.text, statement.start)}`]
    : [];
  changes.replace(unit, statement, [...first, unit.range(target), '.messages = ', ...messages, end]);
}

/** Where a conversation is written. */
export interface PromptPlace {
  readonly start: number;
  /** Whether the place gives the messages their type. */
  readonly isTyped: boolean;
  /** Whether they are only written as JSON, which needs no type. */
  readonly isJson?: boolean;
}

/** The system text and the messages of a prompt, as they are written at a place; its variable may hold them from now on. */
export function promptValues(
  plan: StaticPrompt,
  { start, isTyped, isJson = false }: PromptPlace,
  unit: Unit,
  changes: Changes,
): readonly [Pieces | undefined, Pieces] {
  const { conversation, declaration, place } = plan;
  const style = printStyle(unit, start, isTyped, plan.rawNewLines);
  const system = conversation.system.length > 0 ? printSystem(conversation.system, style, unit) : undefined;
  if (place === 'inline' || !declaration?.initializer) return [system, printMessages(conversation, style)];
  const declared = { ...style, isTyped: isJson, base: indentAt(unit.text, unit.range(declaration).start) };
  if (place === 'text') {
    const [turn] = conversation.entries;
    const content = turn?.kind === 'turn' ? turn.content : [];
    changes.replace(unit, unit.range(declaration.initializer), printContent(content, declared));
    return [system, [`[{ role: ${style.quote}user${style.quote}, content: `, unit.source(declaration.name), ' }]']];
  }
  const name = freeName(unit, ['messages', 'promptMessages', 'messagesToSend']);
  changes.replace(unit, unit.range(declaration), [`${name} = `, ...printMessages(conversation, declared)]);
  return [system, [name]];
}

/** How messages are written at a place of a file. */
export function printStyle(unit: Unit, start: number, isTyped: boolean, rawNewLines: boolean): PrintStyle {
  return {
    ...unit.style,
    isTypeScript: unit.isTypeScript,
    isTyped,
    base: indentAt(unit.text, start),
    rawNewLines,
    sourceOf: (range) => unit.text.slice(range.start, range.end),
  };
}

/** Pieces that are one range as their text, so that a name can be told from other expressions. */
function named(pieces: Pieces, { text }: Unit): Pieces {
  const [only] = pieces;
  if (pieces.length !== 1 || only === undefined || typeof only === 'string') return pieces;
  return text.slice(only.start, only.end) === 'system' ? ['system'] : pieces;
}

/** The first of some names that nothing in the file is called; the last one otherwise. */
function freeName(unit: Unit, candidates: readonly string[]): string {
  const taken = new Set<string>();
  walk(unit.tree, (node) => {
    const isKey = !ts.isSourceFile(node) && ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
    if (ts.isIdentifier(node) && !isKey) taken.add(node.text);
    return undefined;
  });
  return candidates.find((name) => !taken.has(name)) ?? (candidates.at(-1) as string);
}

/** System text; what may be blank is left out then, because the API refuses or ignores a blank one. */
export function printSystem(system: Content<Handle>, style: PrintStyle, unit: Unit): Pieces {
  return named(systemText(system, style), unit);
}

function systemText(system: Content<Handle>, style: PrintStyle): Pieces {
  const only = system.length === 1 ? system[0] : undefined;
  if (only?.kind === 'hole' && only.mayBeBlank) return [...operand(only.value as ExpressionHandle), ' || undefined'];
  if (only?.kind === 'choice' && only.else.length === 0) return withUndefined(printContent([only], style));
  const canBeBlank = system.every((piece) =>
    piece.kind === 'text' ? piece.text.trim() === '' : piece.kind === 'choice' || piece.mayBeBlank,
  );
  const printed = printContent(system, style);
  return canBeBlank ? [...printed, '.trim() || undefined'] : printed;
}

function operand(handle: ExpressionHandle): Pieces {
  return handle.node && (ts.isBinaryExpression(handle.node) || ts.isConditionalExpression(handle.node))
    ? ['(', ...handle.pieces, ')']
    : handle.pieces;
}

/** A printed choice ends in the empty literal of its other branch. */
function withUndefined(pieces: Pieces): Pieces {
  return [...pieces.slice(0, -1), 'undefined'];
}
