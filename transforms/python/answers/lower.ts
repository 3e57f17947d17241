import { constantText } from '../literals.js';
import type { Changes } from '../changes.js';
import { above, descendants, field, namedChildren, textOf, unwrap, wrapping, type Node } from '../node.js';
import { copy, type Pieces } from '../print-expression.js';
import { removeStatement } from '../list-edits.js';
import type { HelperNames } from '../helper-names.js';
import { isAwaited, type Site } from '../locate.js';
import { beginsLine, indentAt, type Unit } from '../unit.js';
import type { AnswerPlan } from './reading.js';
import type { FieldRead, StreamLoop } from './reads.js';
import type { HelperName } from '../../helpers/python/names.js';
import { lowerJsonRead, wrapJson } from './json-lower.js';

/** Writes what reads the answer of a site; or gives the answer its old form, where that is what its readers need. */
export function lowerAnswer(
  plan: AnswerPlan,
  site: Site,
  readByFunction: ReadByFunction,
  names: HelperNames,
  changes: Changes,
): void {
  const { unit } = site;
  if (plan.isWrapped) {
    if (plan.kind === 'json') wrapJson(site, names, changes);
    else wrap(plan, site, names, changes);
    return;
  }
  for (const node of plan.shown) changes.note('CTM206', unit, node, 'What is shown has the fields of a message now.');
  for (const read of plan.reads) {
    if (plan.kind === 'json') lowerJsonRead(read, readByFunction.json.has(read.unit), names, changes);
    else lowerRead(read, readByFunction.objects.has(read.unit), names, changes);
  }
  for (const loop of plan.loops) lowerLoop(loop, changes);
}

function wrap(
  plan: AnswerPlan,
  { unit, call, request, isAsync: isCoroutine }: Site,
  names: HelperNames,
  changes: Changes,
): void {
  const isAsync = isCoroutine && isAwaited(call);
  const isOld = request.kind === 'old';
  const isRaw = request.kind === 'create' && request.wrapper !== undefined;
  const whole: HelperName = isOld
    ? 'to_completion_dict'
    : isCoroutine && !isAsync && !isRaw
      ? 'async_to_completion'
      : 'to_completion';
  const chunks: HelperName = `${isAsync ? 'async_' : ''}completion_${isOld ? 'stream' : 'chunks'}` as HelperName;
  const used = plan.kind === 'either' ? [whole, chunks] : plan.kind === 'stream' ? [chunks] : [whole];
  for (const helper of used) changes.need(unit, helper);
  const nameOf = (helper: HelperName): string => names.get(helper) ?? helper;
  const caller: Pieces =
    plan.kind === 'either' && plan.streamTest
      ? ['(', nameOf(chunks), ' if ', ...plan.streamTest, ' else ', nameOf(whole), ')(']
      : [`${nameOf(used[0] as HelperName)}(`];
  for (const answer of plan.answers) {
    changes.insert(unit, answer.start, caller);
    changes.insert(unit, answer.end, [')']);
  }
}

/** Whether text has to be read through a function: inside of an f-string its quotes would end the string before Python 3.12. */
function needsFunction({ node, object }: FieldRead, isJson: boolean): boolean {
  return (
    above(node, ({ type }) => type === 'interpolation') !== undefined ||
    (!isJson && !/^(identifier|attribute)$/.test(object.type))
  );
}

/** The files that read the text of answers so often, or in such places, that they read it through a function. */
export interface ReadByFunction {
  /** Through `message_text`. */
  readonly objects: ReadonlySet<Unit>;
  /** Through `answer_text`. */
  readonly json: ReadonlySet<Unit>;
}

export function readByFunction(plans: readonly AnswerPlan[]): ReadByFunction {
  const isJson = ({ kind }: AnswerPlan): boolean => kind === 'json';
  return {
    objects: readOften(
      plans.filter((plan) => !isJson(plan)),
      false,
    ),
    json: readOften(plans.filter(isJson), true),
  };
}

function readOften(plans: readonly AnswerPlan[], isJson: boolean): ReadonlySet<Unit> {
  const reads = plans.flatMap((plan) =>
    plan.isWrapped ? [] : plan.reads.filter((read) => read.field === 'completion'),
  );
  const counts = new Map<Unit, number>();
  for (const read of reads) counts.set(read.unit, (counts.get(read.unit) ?? 0) + (needsFunction(read, isJson) ? 2 : 1));
  return new Set([...counts].flatMap(([unit, count]) => (count > 1 ? [unit] : [])));
}

function lowerRead(read: FieldRead, isTextOften: boolean, names: HelperNames, changes: Changes): void {
  const { node, object, unit } = read;
  const { quote } = unit.style;
  switch (read.field) {
    case 'completion': {
      if (isTextOften) changes.need(unit, 'message_text');
      const text: Pieces = isTextOften
        ? [`${names.get('message_text') ?? 'message_text'}(`, copy(unwrap(object)), ')']
        : [
            `${quote}${quote}.join(block.text for block in `,
            copy(object),
            `.content if block.type == ${quote}text${quote})`,
          ];
      changes.replace(unit, withoutLeadingSpace(node), text);
      return;
    }
    case 'stop_reason':
      lowerStopReason(read, [copy(object), '.stop_reason'], changes);
      return;
    case 'log_id':
      changes.note('CTM213', unit, node, 'log_id is the id of the message now.');
      changes.replace(unit, node, [copy(object), '.id']);
      return;
    default:
      changes.replace(unit, node, [copy(object), `.${read.field}`]);
  }
}

/** `r.completion[1:]` only took the space away with which legacy answers began. */
export function withoutLeadingSpace(node: Node): Node {
  const { parent } = node;
  const slice =
    parent?.type === 'subscript' && field(parent, 'value') === node ? field(parent, 'subscript') : undefined;
  return parent && slice && textOf(slice).replaceAll(' ', '') === '1:' ? parent : node;
}

const LEGACY_REASONS: Readonly<Record<string, readonly string[]>> = {
  stop_sequence: ['end_turn', 'stop_sequence'],
  max_tokens: ['max_tokens', 'model_context_window_exceeded'],
};

/** The quotes of the file; in an f-string those that do not end it, which they would before Python 3.12. */
function quoteAt(node: Node, { style }: Unit): string {
  const around = above(node, ({ type }) => type === 'interpolation')?.parent;
  const start = around?.children.find(({ type }) => type === 'string_start');
  if (!start) return style.quote;
  return textOf(start).includes('"') ? "'" : '"';
}

/** A comparison with a legacy reason becomes one with its counterparts; any other reader gets the legacy word. */
export function lowerStopReason({ node, object, unit }: FieldRead, reason: Pieces, changes: Changes): void {
  const quote = quoteAt(node, unit);
  const quoted = (words: readonly string[]): string => words.map((word) => `${quote}${word}${quote}`).join(', ');
  const comparison = wrapping(node).parent;
  if (comparison?.type === 'comparison_operator') {
    const operands = namedChildren(comparison);
    const operator = comparison.children
      .filter((child) => child.field === 'operators')
      .map(textOf)
      .join(' ');
    const [left, right] = operands;
    const isLeft = left !== undefined && wrapping(node) === left;
    const other = isLeft ? right : left;
    const reasons = other && LEGACY_REASONS[constantText(other) ?? ''];
    if (operands.length === 2 && reasons && (operator === '==' || operator === '!=')) {
      changes.replace(unit, comparison, [...reason, ` ${operator === '==' ? 'in' : 'not in'} (${quoted(reasons)})`]);
      return;
    }
    const isNone = other?.type === 'none';
    if (isNone) {
      changes.replace(unit, node, reason);
      return;
    }
  }
  // A brace right after that of an interpolation would be a doubled one.
  const gap = unit.text.charAt(node.start - 1) === '{' ? ' ' : '';
  const table = `${gap}{${quote}end_turn${quote}: ${quote}stop_sequence${quote}, ${quote}model_context_window_exceeded${quote}: ${quote}max_tokens${quote}}`;
  if (descendants(object, 'call', 'await').length === 0)
    changes.replace(unit, node, [`${table}.get(`, ...reason, ', ', ...reason, ')']);
  else changes.replace(unit, node, [`(lambda reason: ${table}.get(reason, reason))(`, ...reason, ')']);
}

/** A loop over events passes over all but those that carry text. */
function lowerLoop({ node, target, reads, cumulative, unit }: StreamLoop, changes: Changes): void {
  const { indent } = unit.style;
  const quote = quoteAt(node, unit);
  const name = textOf(target);
  for (const { node: read, object } of reads) changes.replace(unit, read, [copy(object), '.delta.text']);
  for (const { assignment, isLength } of cumulative?.sums ?? []) {
    const sum = copy(field(assignment, 'left') as Node);
    changes.replace(unit, assignment, [
      sum,
      ' += ',
      ...(isLength ? [`len(${name}.delta.text)`] : [`${name}.delta.text`]),
    ]);
  }
  if (node.type !== 'for_statement') {
    // Before any test of the program's own, which may read the text.
    const clause = node.children.find((child) => field(child, 'left') === target) as Node;
    changes.insert(unit, clause.end, [
      ` if ${name}.type == ${quote}content_block_delta${quote} and ${name}.delta.type == ${quote}text_delta${quote}`,
    ]);
    return;
  }
  const body = field(node, 'body') as Node;
  const [first] = namedChildren(body);
  const gone = cumulative?.gone ?? [];
  for (const statement of gone) if (statement !== first) changes.apply(unit, [removeStatement(statement, unit)]);
  const test = `if ${name}.type != ${quote}content_block_delta${quote} or ${name}.delta.type != ${quote}text_delta${quote}:`;
  const outer = indentAt(unit.text, node.start);
  if (beginsLine(unit.text, body.start)) {
    const base = indentAt(unit.text, body.start);
    if (first && gone.includes(first)) changes.replace(unit, first, [`${test}\n${base}${indent}continue`]);
    else changes.insert(unit, body.start, [`${test}\n${base}${indent}continue\n${base}`]);
    return;
  }
  const colon = node.children.findLast((child) => child.type === ':' && child.end <= body.start) as Node;
  const base = outer + indent;
  changes.replace(unit, { start: colon.end, end: body.start }, [`\n${base}${test}\n${base}${indent}continue\n${base}`]);
}
