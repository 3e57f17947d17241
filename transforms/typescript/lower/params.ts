import { ts } from '../ts.js';
import { maxTokensVerdict } from '../../../src/api/max-tokens.js';
import type { Model } from '../../../src/api/models.js';
import { PARAMETERS } from '../../../src/api/parameters.js';
import {
  CUT_OFFS,
  samplingVerdict,
  SWITCHED_OFF,
  type SamplingKey,
  type SamplingParameter,
} from '../../../src/api/sampling.js';
import type { SdkTarget } from '../../../src/api/sdk.js';
import type { Changes } from '../changes.js';
import { removeElements, removeStatement } from '../list-edits.js';
import type { ParameterUse, ParamsPlan } from '../params-plan.js';
import type { Pieces } from '../print.js';
import type { Symbols } from '../symbols.js';
import { enclosingStatement, isAccess, unwrap } from '../syntax.js';
import type { Unit } from '../unit.js';
import { numberIn, valuesOf } from '../values.js';
import { readStopSequences } from './stop-sequences.js';

/** What the survey decided for one call before its parameters are written. */
export interface ParamsDecision {
  readonly target: SdkTarget;
  /** Undefined where the model is known only at run time. */
  readonly model: Model | undefined;
  /** Of the models that the call may reach, the one that writes least. */
  readonly writer: Model | undefined;
  /** Whether the call may ask for more than the SDK lets a call without a stream. */
  readonly mayAskMore: boolean;
}

const LIMIT = 'max_tokens_to_sample';

/** Renames, filters and removes the parameters of a call, but for the prompt and the model. */
export function lowerParams(
  plan: ParamsPlan,
  decision: ParamsDecision,
  unitOf: (node: ts.Node) => Unit,
  symbols: Symbols,
  changes: Changes,
): void {
  const removed = new Set<ParameterUse>();
  for (const use of plan.uses) {
    const unit = unitOf(use.node);
    const fate = PARAMETERS.get(use.key);
    if (use.key === LIMIT) lowerLimit(use, decision, unit, symbols, changes);
    else if (use.key === 'stop_sequences') lowerStops(use, unit, symbols, changes, removed);
    else if (fate?.kind === 'removed') {
      removed.add(use);
      changes.note(fate.code, unit, unit.range(use.node), `${use.key} is removed: ${fate.why}.`);
    }
  }
  for (const { use, why } of refusedSampling(plan, decision, symbols)) {
    removed.add(use);
    const unit = unitOf(use.node);
    if (why !== null) changes.note('CTM201', unit, unit.range(use.node), why);
  }
  for (const use of plan.uses) if (!removed.has(use)) lowerCutOff(use, unitOf(use.node), symbols, changes);
  removeUses(removed, unitOf, changes);
}

/** The sampling parameters that a call sends, with their values where they are constants. */
export function samplingOf(
  plan: ParamsPlan,
  symbols: Symbols,
): readonly (SamplingParameter & { readonly use: ParameterUse })[] {
  return plan.uses.flatMap((use) => {
    if (PARAMETERS.get(use.key)?.kind !== 'restricted' || !use.value) return [];
    const value = numberOf(use.value, symbols);
    return [{ key: use.key as SamplingKey, use, ...(value === undefined ? {} : { value }) }];
  });
}

function refusedSampling(
  plan: ParamsPlan,
  { model, target }: ParamsDecision,
  symbols: Symbols,
): readonly { readonly use: ParameterUse; readonly why: string | null }[] {
  const sent = samplingOf(plan, symbols);
  const verdict = new Map(samplingVerdict(sent, model, target.profile).map((removal) => [removal.key, removal.why]));
  return sent.flatMap(({ key, use }) => {
    const why = verdict.get(key);
    return why === undefined ? [] : [{ use, why }];
  });
}

function numberOf(expression: ts.Expression, symbols: Symbols): number | undefined {
  const { leaves, complete } = valuesOf(expression, symbols);
  const [only] = leaves;
  return complete && leaves.length === 1 && only ? numberIn(only) : undefined;
}

function lowerLimit(
  use: ParameterUse,
  { writer, mayAskMore }: ParamsDecision,
  unit: Unit,
  symbols: Symbols,
  changes: Changes,
): void {
  const value = use.value && limited(use.value, writer, mayAskMore, unit, symbols, changes);
  const { node } = use;
  if (use.form === 'property' && ts.isShorthandPropertyAssignment(node)) {
    changes.replace(unit, unit.range(node), ['max_tokens: ', ...(value ?? [unit.range(node.name)])]);
    return;
  }
  const name = nameIn(use);
  if (name)
    changes.replace(unit, unit.range(name), [ts.isStringLiteralLike(name) ? requoted(name, unit) : 'max_tokens']);
  if (value) changes.replace(unit, unit.range(use.value ?? node), value);
}

/** A cut-off that the program may switch off in the old way is left out then. */
function lowerCutOff({ key, form, node, value }: ParameterUse, unit: Unit, symbols: Symbols, changes: Changes): void {
  if (form === 'read' || !value || !CUT_OFFS.has(key as SamplingKey)) return;
  if (!valuesOf(value, symbols).leaves.some((leaf) => numberIn(leaf) === SWITCHED_OFF)) return;
  const [sent, off] = withoutFallback(value);
  const range = unit.range(sent);
  const test = [range, ` === ${String(SWITCHED_OFF)} ? undefined : `, range];
  const isShort = ts.isShorthandPropertyAssignment(node);
  changes.replace(unit, unit.range(value), [...(isShort ? [`${key}: `] : []), ...(off ? [range] : test)]);
}

/** `x` of `x ?? -1`, and whether that is what it is: a value that is not given is not sent. */
function withoutFallback(value: ts.Expression): readonly [ts.Expression, boolean] {
  const node = unwrap(value);
  if (!ts.isBinaryExpression(node) || numberIn(unwrap(node.right)) !== SWITCHED_OFF) return [value, false];
  return node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken ? [node.left, true] : [value, false];
}

/** The key as it is written: a property's name, or the member that is read or set. */
function nameIn({ node }: ParameterUse): ts.Node | undefined {
  if (ts.isExpressionStatement(node)) {
    const { expression } = node;
    return ts.isBinaryExpression(expression) && isAccess(expression.left) ? memberName(expression.left) : undefined;
  }
  if (isAccess(node)) return memberName(node);
  const { name } = node as ts.PropertyAssignment;
  return ts.isComputedPropertyName(name) ? name.expression : name;
}

function memberName(access: ts.PropertyAccessExpression | ts.ElementAccessExpression): ts.Node {
  return ts.isPropertyAccessExpression(access) ? access.name : access.argumentExpression;
}

function requoted(name: ts.StringLiteralLike, unit: Unit): string {
  const quote = unit.source(name).charAt(0);
  return `${quote}max_tokens${quote}`;
}

/** The limit as it may be sent; undefined where it may be sent as it is. */
function limited(
  value: ts.Expression,
  writer: Model | undefined,
  mayAskMore: boolean,
  unit: Unit,
  symbols: Symbols,
  changes: Changes,
): Pieces | undefined {
  const numbers = valuesOf(value, symbols)
    .leaves.filter(ts.isNumericLiteral)
    .map((leaf) => Number(leaf.text));
  const largest = Math.max(0, ...numbers);
  const verdict = maxTokensVerdict(largest, writer, mayAskMore);
  if (verdict.kind === 'kept') return undefined;
  changes.note('CTM202', unit, unit.range(value), verdict.why);
  return ts.isNumericLiteral(unwrap(value))
    ? [String(verdict.to)]
    : ['Math.min(', unit.range(value), `, ${String(verdict.to)})`];
}

function lowerStops(
  use: ParameterUse,
  unit: Unit,
  symbols: Symbols,
  changes: Changes,
  removed: Set<ParameterUse>,
): void {
  if (!use.value) return;
  const { blanks, constant, isEmpty, removed: lists } = readStopSequences(use.value, symbols);
  for (const blank of blanks) {
    changes.note(
      'CTM203',
      unit,
      unit.range(blank),
      `${unit.source(blank)} is removed: the API refuses a stop sequence of white space only; cut the text there instead.`,
    );
  }
  if (isEmpty) {
    removed.add(use);
    if (constant) changes.apply(unit, [removeStatement(enclosingStatement(constant), unit)]);
  } else for (const { list, elements } of lists) changes.apply(unit, removeElements(list.elements, elements, unit));
}

/** Takes uses out; a spread literal that loses all of its properties goes with them. */
function removeUses(removed: ReadonlySet<ParameterUse>, unitOf: (node: ts.Node) => Unit, changes: Changes): void {
  const gone = new Set<ts.Node>();
  for (const { node } of removed) {
    if (ts.isExpressionStatement(node)) changes.apply(unitOf(node), [removeStatement(node, unitOf(node))]);
    else gone.add(node);
  }
  for (const node of [...gone]) {
    const literal = node.parent as ts.ObjectLiteralExpression;
    const spread = spreadOf(literal);
    if (!spread || !literal.properties.every((property) => gone.has(property))) continue;
    for (const property of literal.properties) gone.delete(property);
    gone.add(spread);
  }
  for (const literal of new Set([...gone].map((node) => node.parent as ts.ObjectLiteralExpression))) {
    const inLiteral = literal.properties.filter((property) => gone.has(property));
    const unit = unitOf(literal);
    changes.apply(unit, removeElements(literal.properties, inLiteral, unit));
  }
}

/** The spread whose only content a literal is: `...{…}` or `...(test && {…})`. */
function spreadOf(literal: ts.ObjectLiteralExpression): ts.SpreadAssignment | undefined {
  let at: ts.Node = literal.parent;
  while (
    ts.isParenthesizedExpression(at) ||
    ts.isAsExpression(at) ||
    (ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken)
  ) {
    at = at.parent;
  }
  return ts.isSpreadAssignment(at) ? at : undefined;
}
