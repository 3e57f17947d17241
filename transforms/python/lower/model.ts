import { chooseModel } from '../../../src/api/choose-model.js';
import type { Changes } from '../changes.js';
import { constantText } from '../literals.js';
import { textOf } from '../node.js';
import { copy } from '../print-expression.js';
import { identityIds } from '../model-plan.js';
import { needsOf, type SitePlan } from '../site-plan.js';
import type { Survey } from '../survey.js';

/** Replaces the ids that feed a call; maps the value at the call where an id does more than be sent. */
export function lowerModel(plan: SitePlan, { models, project, origins }: Survey, changes: Changes): void {
  const { model, site } = plan;
  if (!model) return;
  const mapped = new Map<string, string>();
  for (const { node, unit } of model.leaves) {
    const decision = models.get(node);
    if (!decision) continue;
    const { choice } = decision;
    if (choice.kind === 'unknown') {
      changes.note('CTM312', unit, node, choice.reason);
      continue;
    }
    if (choice.bedrock)
      changes.note('CTM208', unit, node, `${choice.model} may need the prefix of your region, such as us. or eu.`);
    if (choice.kind === 'kept') continue;
    const id = constantText(node) ?? '';
    if (decision.isIdentity || !unit.isTarget) {
      mapped.set(id, choice.model);
      changes.note(
        'CTM311',
        unit,
        node,
        `${id} is compared, a key or a type elsewhere, so it stays; the call sends ${choice.model} for it.`,
      );
      continue;
    }
    changes.replace(unit, node, [textOf(node).replace(id, choice.model)]);
    changes.note('CTM104', unit, node, choice.reason);
  }
  const { unit } = site;
  // What may be given besides is among the ids that the file knows.
  if (mapped.size > 0 && model.isDynamic) {
    const needs = needsOf(plan, project.sdkFor(unit.path).profile, origins);
    for (const id of identityIds(unit)) {
      const choice = chooseModel(id, needs, project.models);
      if (!mapped.has(id) && choice.kind === 'replaced') mapped.set(id, choice.model);
    }
  }
  if (mapped.size > 0) {
    const { quote } = unit.style;
    const rows = [...mapped].map(([from, to]) => `${quote}${from}${quote}: ${quote}${to}${quote}`).join(', ');
    changes.replace(unit, model.expression, [
      `{${rows}}.get(`,
      copy(model.expression),
      ', ',
      copy(model.expression),
      ')',
    ]);
  }
  if (model.isDynamic) {
    const source = textOf(model.expression).split('\n')[0] ?? '';
    changes.note(
      'CTM207',
      unit,
      model.expression,
      `${source} can hold a model id that is not seen here; every legacy id answers 404 now.`,
    );
  }
}
