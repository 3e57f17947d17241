import { chooseModel } from '../../../src/api/choose-model.js';
import type { Model } from '../../../src/api/models.js';
import { needsOf, type SitePlan } from '../site-plan.js';
import type { Survey } from '../survey.js';

/** Ids of both tiers that legacy programs are given at run time. */
const GIVEN = ['claude-2', 'claude-instant-1'];

/** Which models may a call reach: those chosen for the ids that feed it, and for those that its type or nothing rules out. */
export function possibleModels(plan: SitePlan, { models, project, analysis }: Survey): readonly Model[] {
  const { model, site } = plan;
  const seen = (model?.leaves ?? []).flatMap((leaf) => models.get(leaf)?.choice ?? []);
  const needs = needsOf(plan, project.sdkFor(site.unit.path).profile, analysis.symbols);
  const unseen = model === undefined || model.isDynamic ? GIVEN : model.typed;
  const others = unseen.map((id) => chooseModel(id, needs, project.models));
  return [...seen, ...others].flatMap((choice) => (choice.kind === 'unknown' ? [] : (choice.row ?? [])));
}

/** The model that writes least. */
export function shortest(models: readonly Model[]): Model | undefined {
  return [...models].sort((a, b) => (a.maxOutput ?? Infinity) - (b.maxOutput ?? Infinity))[0];
}
