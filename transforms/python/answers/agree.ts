import { groupBy } from '../../groups.js';
import type { Site } from '../locate.js';
import type { AnswerPlan } from './reading.js';

/** Answers that the same code reads have one form: where one of them keeps the old one, or is another kind of answer, all do. */
export function agree(plans: readonly (readonly [Site, AnswerPlan])[]): ReadonlyMap<Site, AnswerPlan> {
  const agreed = new Map<Site, AnswerPlan>();
  for (const group of groupBy(plans, ([, plan]) => plan.keys)) {
    const why = group.find(([, plan]) => plan.isWrapped)?.[1].why;
    const isMixed = new Set(group.map(([, { kind }]) => kind)).size > 1;
    for (const [site, plan] of group) {
      const reason = plan.why ?? why ?? (isMixed ? 'what reads it also reads answers of another kind' : undefined);
      agreed.set(site, reason === undefined ? plan : { ...plan, isWrapped: true, why: reason });
    }
  }
  return agreed;
}
