import { maxTokensVerdict } from '../../../src/api/max-tokens.js';
import type { Model } from '../../../src/api/models.js';
import { PARAMETERS } from '../../../src/api/parameters.js';
import { samplingVerdict, type SamplingKey, type SamplingParameter } from '../../../src/api/sampling.js';
import type { SdkTarget } from '../../../src/api/sdk.js';
import type { Changes } from '../changes.js';
import { removeElements, removeStatement } from '../list-edits.js';
import { constantText } from '../literals.js';
import { namedChildren, textOf, unwrap, type Node } from '../node.js';
import type { Origins } from '../origin.js';
import type { ParameterUse, ParamsPlan } from '../params-plan.js';
import { copy } from '../print-expression.js';
import type { Unit } from '../unit.js';
import { constantsOf, numberIn } from '../values.js';

/** What the survey decided for one call before its parameters are written. */
export interface ParamsDecision {
  readonly target: SdkTarget;
  /** Undefined where the model is known only at run time. */
  readonly model: Model | undefined;
  /** Whether the call may ask for more than the SDK lets a call without a stream. */
  readonly mayAskMore: boolean;
}

const LIMIT = 'max_tokens_to_sample';

/** Renames, filters and removes the parameters of a call, but for the prompt and the model. */
export function lowerParams(
  plan: ParamsPlan,
  decision: ParamsDecision,
  unit: Unit,
  origins: Origins,
  changes: Changes,
): void {
  const removed = new Set<ParameterUse>();
  for (const use of plan.uses) {
    const fate = PARAMETERS.get(use.key);
    if (use.key === LIMIT) lowerLimit(use, decision, unit, origins, changes);
    else if (use.key === 'stop_sequences') lowerStops(use, unit, origins, changes, removed);
    else if (fate?.kind === 'removed') {
      removed.add(use);
      changes.note(fate.code, unit, use.node, `${use.key} is removed: ${fate.why}.`);
    }
  }
  const sent = samplingOf(plan, unit, origins);
  const verdict = new Map(
    samplingVerdict(sent, decision.model, decision.target.profile).map((removal) => [removal.key, removal.why]),
  );
  for (const { key, use } of sent) {
    const why = verdict.get(key);
    if (why === undefined) continue;
    removed.add(use);
    if (why !== null) changes.note('CTM201', unit, use.node, why);
  }
  removeUses(removed, unit, changes);
}

/** The sampling parameters that a call sends, with their values where they are constants. */
export function samplingOf(
  plan: ParamsPlan,
  unit: Unit,
  origins: Origins,
): readonly (SamplingParameter & { readonly use: ParameterUse })[] {
  return plan.uses.flatMap((use) => {
    if (PARAMETERS.get(use.key)?.kind !== 'restricted' || !use.value) return [];
    const { leaves, isComplete } = constantsOf(use.value, unit, origins);
    const [only] = leaves;
    const value = isComplete && leaves.length === 1 && only ? numberIn(only.node) : undefined;
    return [{ key: use.key as SamplingKey, use, ...(value === undefined ? {} : { value }) }];
  });
}

function lowerLimit(
  use: ParameterUse,
  { model, mayAskMore }: ParamsDecision,
  unit: Unit,
  origins: Origins,
  changes: Changes,
): void {
  changes.replace(unit, use.name, [renamed(use.name)]);
  const { value } = use;
  if (!value) return;
  const numbers = constantsOf(value, unit, origins).leaves.flatMap(({ node }) => numberIn(node) ?? []);
  const verdict = maxTokensVerdict(Math.max(0, ...numbers), model, mayAskMore);
  if (verdict.kind === 'kept') return;
  changes.note('CTM202', unit, value, verdict.why);
  changes.replace(
    unit,
    value,
    numberIn(unwrap(value)) === undefined ? ['min(', copy(value), `, ${String(verdict.to)})`] : [String(verdict.to)],
  );
}

function renamed(name: Node): string {
  const text = textOf(name);
  return text.replace(LIMIT, 'max_tokens');
}

/** Legacy calls always stopped at the Human marker; in Messages the end of a turn is no stop sequence. */
function lowerStops(
  use: ParameterUse,
  unit: Unit,
  origins: Origins,
  changes: Changes,
  removed: Set<ParameterUse>,
): void {
  const value = use.value && unwrap(use.value);
  if (!value) return;
  const list = value.type === 'list' || value.type === 'tuple' ? value : ownList(value, unit);
  if (!list) return;
  const elements = namedChildren(list);
  const dropped = new Set(elements.filter((element) => isDropped(textIn(element, unit, origins))));
  for (const element of dropped) {
    if (isHumanMarker(textIn(element, unit, origins) ?? '')) continue;
    changes.note(
      'CTM203',
      unit,
      element,
      `${textOf(element)} is removed: the API refuses a stop sequence of white space only; cut the text there instead.`,
    );
  }
  if (dropped.size === elements.length && elements.length > 0) {
    removed.add(use);
    if (list !== value) changes.apply(unit, [removeStatement(statementOf(list), unit)]);
  } else if (dropped.size > 0) changes.apply(unit, removeElements(list, dropped, unit));
}

/** The list of a variable that only this call reads. */
function ownList(value: Node, unit: Unit): Node | undefined {
  const binding = value.type === 'identifier' ? unit.scopes.bindingOf(value) : undefined;
  const [only, ...more] = binding?.definitions ?? [];
  if (binding?.reads.length !== 1 || only?.kind !== 'assignment' || more.length > 0 || !only.value) return undefined;
  const list = unwrap(only.value);
  return list.type === 'list' && only.name.parent?.parent?.type === 'expression_statement' ? list : undefined;
}

function statementOf(list: Node): Node {
  let at = list;
  while (at.type !== 'expression_statement' && at.parent) at = at.parent;
  return at;
}

function textIn(element: Node, unit: Unit, origins: Origins): string | undefined {
  const marker = origins.marker(element, unit);
  if (marker !== undefined) return marker;
  const { leaves, isComplete } = constantsOf(element, unit, origins);
  const [only] = leaves;
  return isComplete && leaves.length === 1 && only ? constantText(only.node) : undefined;
}

function isDropped(text: string | undefined): boolean {
  return text !== undefined && (isHumanMarker(text) || text.trim() === '');
}

function isHumanMarker(text: string): boolean {
  return /^\n\n\s*Human:\s*$/.test(text);
}

/** Takes uses out: arguments and entries of one list together, statements by themselves. */
function removeUses(removed: ReadonlySet<ParameterUse>, unit: Unit, changes: Changes): void {
  const lists = new Map<Node, Set<Node>>();
  for (const { node, form } of removed) {
    if (form === 'set') changes.apply(unit, [removeStatement(node, unit)]);
    else if (node.parent) lists.set(node.parent, (lists.get(node.parent) ?? new Set()).add(node));
  }
  for (const [list, nodes] of lists) changes.apply(unit, removeElements(list, nodes, unit));
}
