import { ts } from '../ts.js';
import { chooseModel } from '../../../src/api/choose-model.js';
import type { Changes } from '../changes.js';
import { needsOf, type SitePlan } from '../site-plan.js';
import type { Survey } from '../survey.js';
import { replacements } from '../run-time-models.js';
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
    if (decision.isIdentity) {
      mapped.set(leaf.text, choice.model);
      changes.note(
        'CTM311',
        holder,
        range,
        `${leaf.text} is compared, a key or a type elsewhere, so it stays; the call sends ${choice.model} for it.`,
      );
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
    changes.replace(unit, value, [key, ...mapping(mapped, value, unit)]);
  if (model.isDynamic) {
    changes.note(
      'CTM207',
      unit,
      value,
      `${unit.source(model.expression)} can hold a model id that is not seen here; every legacy id answers 404 now.`,
    );
  }
}

/** Whether the helper that converts the parameters maps these ids in the same way. */
function areMappedByHelper(ids: ReadonlyMap<string, string>, { params, site }: SitePlan, { project }: Survey): boolean {
  if (params.mode !== 'runtime') return false;
  const own = replacements(project, project.sdkFor(site.unit.path).profile);
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
