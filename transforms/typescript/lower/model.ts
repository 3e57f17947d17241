import { ts } from '../ts.js';
import { chooseModel } from '../../../src/api/choose-model.js';
import type { Code } from '../../../src/findings/catalogue.js';
import type { Changes } from '../changes.js';
import type { ModelDecision } from '../decide-models.js';
import { needsOf, type SitePlan } from '../site-plan.js';
import type { Survey } from '../survey.js';
import { replacements } from '../../../src/api/run-time-models.js';
import { isAccess, unwrap } from '../syntax.js';
import { targetOf } from '../target.js';
import type { Unit } from '../unit.js';

/** Replaces the ids that feed a call; maps the value at the call where an id does more than be sent. */
export function lowerModel(plan: SitePlan, survey: Survey, changes: Changes): void {
  const { model, site } = plan;
  if (!model) return;
  const needs = needsOf(plan, targetOf(site, survey.project).profile, survey.analysis.symbols);
  const mapped = new Map<string, string>();
  for (const leaf of model.leaves) {
    const decision = survey.models.get(leaf);
    const holder = survey.analysis.units.find(({ tree }) => tree === leaf.getSourceFile());
    if (!decision || !holder) continue;
    const { choice } = decision;
    const range = holder.range(leaf);
    if (choice.kind === 'unknown') {
      changes.note('CTM312', holder, range, choice.reason);
      continue;
    }
    if (choice.bedrock)
      changes.note('CTM208', holder, range, `${choice.model} may need the prefix of your region, such as us. or eu.`);
    if (choice.kind === 'kept') continue;
    if (decision.stays) {
      mapped.set(leaf.text, choice.model);
      const [code, why] = STAYING[decision.stays];
      changes.note(code, holder, range, `${leaf.text} ${why}, so it stays; the call sends ${choice.model} for it.`);
      continue;
    }
    changes.replace(holder, { start: range.start + 1, end: range.end - 1 }, [choice.model]);
    changes.note('CTM104', holder, range, choice.reason);
  }
  const isMapped = mapped.size > 0 || model.leaves.length === 0;
  for (const id of isMapped ? model.typed : model.unseen) {
    const choice = chooseModel(id, needs, survey.project.models);
    if (!mapped.has(id) && choice.kind === 'replaced') mapped.set(id, choice.model);
  }
  const unit = survey.analysis.units.find(({ tree }) => tree === model.expression.getSourceFile()) ?? site.unit;
  const value = unit.range(model.expression);
  const { parent } = model.expression;
  const key = ts.isShorthandPropertyAssignment(parent) ? `${parent.name.text}: ` : '';
  if (mapped.size > 0 && !areMappedByHelper(mapped, plan, survey))
    changes.replace(unit, value, [key, ...(sentInstead(mapped, plan, survey, unit) ?? mapping(mapped, value, unit))]);
  if (model.isDynamic) {
    changes.note(
      'CTM207',
      unit,
      value,
      `${unit.source(model.expression)} can hold a model id that is not seen here; every legacy id answers 404 now.`,
    );
  }
}

const STAYING: Readonly<Record<NonNullable<ModelDecision['stays']>, readonly [Code, string]>> = {
  identity: ['CTM311', 'is compared, a key or a type elsewhere'],
  shared: ['CTM104', 'is also sent by a legacy request that does not move'],
};

/** The only id that a call can send, where the constant keeps the one of before for a request that stays. */
function sentInstead(
  mapped: ReadonlyMap<string, string>,
  { model }: SitePlan,
  { models }: Survey,
  { style: { quote } }: Unit,
): readonly string[] | undefined {
  const leaves = model?.leaves ?? [];
  const isOnly = leaves.length === 1 && model?.isDynamic === false && model.unseen.length === 0;
  const isShared = leaves.every((leaf) => models.get(leaf)?.stays === 'shared');
  const [id] = mapped.values();
  return isOnly && isShared && mapped.size === 1 && id !== undefined ? [`${quote}${id}${quote}`] : undefined;
}

/** The imports of the constants that calls do not read any more, because these stay as they are. */
export function importsUnread(plan: SitePlan, { models, analysis: { view } }: Survey): readonly ts.ImportSpecifier[] {
  if (!plan.model?.leaves.some((leaf) => models.get(leaf)?.stays === 'shared')) return [];
  let root: ts.Expression = unwrap(plan.model.expression);
  while (isAccess(root)) root = unwrap(root.expression);
  const { parent } = root;
  const symbol = ts.isShorthandPropertyAssignment(parent)
    ? view.checker.getShorthandAssignmentValueSymbol(parent)
    : view.checker.getSymbolAtLocation(root);
  return (symbol?.declarations ?? [])
    .filter(ts.isImportSpecifier)
    .filter((each) => each.getSourceFile() === plan.site.unit.tree);
}

/** Whether the helper that converts the parameters maps these ids in the same way. */
function areMappedByHelper(
  ids: ReadonlyMap<string, string>,
  { params, site, convertsPrefill }: SitePlan,
  { project }: Survey,
): boolean {
  if (params.mode !== 'runtime') return false;
  const own = replacements(project.models, project.sdkFor(site.unit.path).profile, convertsPrefill);
  return [...ids].every(([from, to]) => own.get(from) === to);
}

function mapping(
  ids: ReadonlyMap<string, string>,
  value: { readonly start: number; readonly end: number },
  unit: Unit,
): (string | { readonly start: number; readonly end: number })[] {
  const { quote } = unit.style;
  const rows = [...ids].map(([from, to]) => `${quote}${from}${quote}: ${quote}${to}${quote}`).join(', ');
  const table = unit.isTypeScript ? `({ ${rows} } as Record<string, string>)` : `({ ${rows} })`;
  return [`${table}[`, value, '] ?? ', value];
}
