import type { Content } from '../../../src/prompt/conversation.js';
import { usesIn } from '../../../src/prompt/uses.js';
import type { Changes } from '../changes.js';
import type { HelperNames } from '../helper-names.js';
import { commentAnchor } from '../comments.js';
import { constantText } from '../literals.js';
import type { ExpressionHandle, Handle } from '../lift/handle.js';
import { removeStatement, separatorAt } from '../list-edits.js';
import { descendants, field, isInside, namedChildren, textOf, unwrap, walk, type Node } from '../node.js';
import type { ParameterUse } from '../params-plan.js';
import { copy, type Pieces } from '../print-expression.js';
import { printContent, printMessages } from '../print.js';
import type { PrintStyle } from '../print-text.js';
import type { FlowPrompt } from '../flow/plan.js';
import type { PromptPlan, StaticPrompt } from '../prompt-plan.js';
import { indentAt, type Unit } from '../unit.js';

/** Writes the messages, and the system text, where a call names its prompt. */
export function lowerPrompt(
  use: ParameterUse,
  plan: PromptPlan | FlowPrompt,
  unit: Unit,
  names: HelperNames,
  changes: Changes,
): void {
  const { value } = use;
  if (!value) return;
  if (plan.kind === 'flow') {
    lowerPassed(use, value, plan, unit, changes);
    return;
  }
  if (plan.kind === 'runtime') {
    changes.need(unit, 'to_messages');
    const split: Pieces = [`${names.get('to_messages') ?? 'to_messages'}(`, copy(value), ')'];
    if (use.form === 'set') changes.replace(unit, use.node, [copy(dictionaryOf(use)), '.update(', ...split, ')']);
    else changes.replace(unit, use.node, ['**', ...split]);
    return;
  }
  const style = styleAt(use.node.start, unit);
  keepComments(value, plan, unit, changes);
  const { system, messages } = promptValues(plan, style, unit, changes);
  if (use.form === 'set') lowerAssignment(use, system, messages, unit, changes);
  else lowerElement(use, system, messages, unit, changes);
}

/** The system text and the messages of a prompt, as expressions; statements that only made the prompt go. */
export function promptValues(
  plan: StaticPrompt,
  style: PrintStyle,
  unit: Unit,
  changes: Changes,
): { readonly system: System | undefined; readonly messages: Pieces } {
  const { system } = plan.conversation;
  return {
    system: system.length > 0 ? printSystem(system, style, unit) : undefined,
    messages: messagesOf(plan, style, unit, changes),
  };
}

/** Puts what is said within a prompt's expression above its statement, where the messages do not take it along. */
export function keepComments(expression: Node, { conversation }: StaticPrompt, unit: Unit, changes: Changes): void {
  const taken = usesIn(conversation).map(({ handle }) => (handle.kind === 'expression' ? handle.node : handle.data));
  const comments = descendants(expression, 'comment').filter(
    (comment) => !taken.some((node) => isInside(comment, node)),
  );
  const { start } = commentAnchor(expression);
  const base = indentAt(unit.text, start);
  for (const comment of comments) changes.insert(unit, start, [`${textOf(comment)}\n${base}`]);
}

/** Names messages that come from elsewhere, or takes them in with the system text that comes along. */
function lowerPassed(use: ParameterUse, value: Node, { flow }: FlowPrompt, unit: Unit, changes: Changes): void {
  if (use.form === 'set' && flow.hasSystem) {
    changes.replace(unit, { start: use.node.start, end: value.start }, [copy(dictionaryOf(use)), '.update(']);
    changes.insert(unit, use.node.end, [')']);
  } else if (flow.hasSystem) {
    const isLoose = value.type === 'conditional_expression';
    changes.replace(unit, { start: use.node.start, end: value.start }, [isLoose ? '**(' : '**']);
    if (isLoose) changes.insert(unit, value.end, [')']);
  } else {
    const quote = use.form === 'keyword' ? '' : textOf(use.name).charAt(0);
    changes.replace(unit, use.name, [`${quote}messages${quote}`]);
  }
}

export function styleAt(offset: number, unit: Unit): PrintStyle {
  return { ...unit.style, base: indentAt(unit.text, offset) };
}

/** The list of messages as the call names it; its variable may hold it, or its text, from now on. */
function messagesOf(plan: StaticPrompt, style: PrintStyle, unit: Unit, changes: Changes): Pieces {
  const { assembly, conversation, place } = plan;
  if (!assembly) return printMessages(conversation, style);
  const last = assembly.statements.at(-1) as Node;
  const name = assembly.binding.name;
  const { quote } = unit.style;
  if (place === 'inline') {
    for (const statement of assembly.statements) changes.apply(unit, [removeStatement(statement, unit)]);
    return printMessages(conversation, style);
  }
  const declared = styleAt(last.start, unit);
  for (const statement of assembly.statements)
    if (statement !== last) changes.apply(unit, [removeStatement(statement, unit)]);
  const comments = assembly.statements.length > 1 ? commentsIn(assembly.statements) : [];
  const above = comments.map((comment) => `${comment}\n${declared.base}`);
  const [turn] = conversation.entries;
  if (place === 'text' && turn?.kind === 'turn') {
    changes.replace(unit, last, [...above, `${name} = `, ...printContent(turn.content, declared)]);
    return [`[{${quote}role${quote}: ${quote}user${quote}, ${quote}content${quote}: ${name}}]`];
  }
  const list = freeName(unit, ['messages', 'prompt_messages', 'messages_to_send']);
  changes.replace(unit, last, [...above, `${list} = `, ...printMessages(conversation, declared)]);
  return [list];
}

function commentsIn(statements: readonly Node[]): readonly string[] {
  return statements.flatMap((statement) => descendants(statement, 'comment').map(textOf));
}

/** The first of some names that nothing in the file is called; the last one otherwise. */
function freeName({ root }: Unit, candidates: readonly string[]): string {
  const taken = new Set<string>();
  walk(root, (node) => {
    const isKey = node.parent?.type === 'keyword_argument' && node.field === 'name';
    const isMember = node.parent?.type === 'attribute' && node.field === 'attribute';
    if (node.type === 'identifier' && !isKey && !isMember) taken.add(textOf(node));
    return undefined;
  });
  return candidates.find((name) => !taken.has(name)) ?? (candidates.at(-1) as string);
}

export interface System {
  readonly pieces: Pieces;
  /** Whether the key has to be left out when the program runs, because the text may be blank. */
  readonly mayBeBlank: boolean;
  /** What tells that it is not blank. */
  readonly test: Pieces;
}

/** System text; one that may be blank is left out then, because the API refuses or ignores it. */
function printSystem(system: Content<Handle>, style: PrintStyle, unit: Unit): System {
  const canBeBlank = system.every((piece) =>
    piece.kind === 'text' ? piece.text.trim() === '' : piece.kind === 'choice' || piece.mayBeBlank,
  );
  const [only, ...more] = system;
  const given =
    only?.kind === 'hole' && more.length === 0 && canBeBlank
      ? withoutEmptyFallback((only.value as ExpressionHandle).node)
      : undefined;
  const pieces = given ? [copy(given)] : printContent(system, style);
  return { pieces, mayBeBlank: canBeBlank, test: grouped(pieces, unit) };
}

/** `system` of `system or ""`. */
function withoutEmptyFallback(node: Node): Node | undefined {
  const at = unwrap(node);
  const [given, fallback, ...more] = at.type === 'boolean_operator' ? namedChildren(at) : [];
  const isOr = at.children.some(({ type }) => type === 'or');
  return given && fallback && more.length === 0 && isOr && constantText(fallback) === '' ? given : undefined;
}

function lowerElement(
  use: ParameterUse,
  system: System | undefined,
  messages: Pieces,
  unit: Unit,
  changes: Changes,
): void {
  const { node } = use;
  const separator = separatorAt(node, unit);
  const keyed = (key: string, value: Pieces): Pieces => {
    if (use.form === 'keyword') return [`${key}=`, ...value];
    const quote = textOf(use.name).charAt(0);
    return [`${quote}${key}${quote}: `, ...value];
  };
  const { quote } = unit.style;
  const written: Pieces = system
    ? system.mayBeBlank
      ? [`**({${quote}system${quote}: `, ...system.pieces, '} if ', ...system.test, ' else {})', separator]
      : [...keyed('system', system.pieces), separator]
    : [];
  changes.replace(unit, node, [...written, ...keyed('messages', messages)]);
}

function grouped(pieces: Pieces, { text }: Unit): Pieces {
  const [only] = pieces;
  const isName =
    pieces.length === 1 &&
    only !== undefined &&
    typeof only !== 'string' &&
    /^[\w.]+$/.test(text.slice(only.start, only.end));
  return isName ? pieces : ['(', ...pieces, ')'];
}

/** `params` of the statement `params["prompt"] = value`. */
function dictionaryOf({ node }: ParameterUse): Node {
  const [assignment] = namedChildren(node);
  const left = assignment && field(assignment, 'left');
  return (left && field(left, 'value')) ?? node;
}

function lowerAssignment(
  use: ParameterUse,
  system: System | undefined,
  messages: Pieces,
  unit: Unit,
  changes: Changes,
): void {
  const target = copy(dictionaryOf(use));
  const quote = textOf(use.name).charAt(0);
  const base = indentAt(unit.text, use.node.start);
  const set = (key: string, value: Pieces): Pieces => [target, `[${quote}${key}${quote}] = `, ...value];
  const first: Pieces = !system
    ? []
    : system.mayBeBlank
      ? ['if ', ...system.test, `:\n${base}${unit.style.indent}`, ...set('system', system.pieces), `\n${base}`]
      : [...set('system', system.pieces), `\n${base}`];
  changes.replace(unit, use.node, [...first, ...set('messages', messages)]);
}
