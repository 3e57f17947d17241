import { ts } from './ts.js';
import { chooseModel, mergeNeeds, type ModelNeeds } from '../../src/api/choose-model.js';
import type { Project } from '../transform.js';
import type { Analysis } from './analyse.js';
import { feedsAnotherBody } from './feeds-another.js';
import { comparedIds, identityIds, onlySent } from './model-plan.js';
import { packageFolder } from './package-folder.js';
import { projectPath } from './program.js';
import { needsOf, type SitePlan } from './site-plan.js';
import { targetOf } from './target.js';

/** What becomes of one id in the source that feeds a call which moves. */
export interface ModelDecision {
  readonly choice: ReturnType<typeof chooseModel>;
  /**
   * Why the id stays where it is written, and the call sends another one. identity: it is compared, or a key; shared: a
   * legacy request that stays sends it too.
   */
  readonly stays: 'identity' | 'shared' | undefined;
}

/** One model for each id in the source: what every call that it feeds, and that moves, accepts. */
export function decideModels(
  plans: readonly SitePlan[],
  moves: (plan: SitePlan) => boolean,
  project: Project,
  { symbols, units }: Analysis,
): ReadonlyMap<ts.StringLiteralLike, ModelDecision> {
  const moving = plans.filter(moves);
  const needs = new Map<ts.StringLiteralLike, ModelNeeds>();
  for (const plan of moving) {
    const own = needsOf(plan, targetOf(plan.site, project).profile, symbols);
    for (const leaf of plan.model?.leaves ?? []) {
      const before = needs.get(leaf);
      needs.set(leaf, before ? mergeNeeds(before, own) : own);
    }
  }
  // What one package compares says nothing of another's ids.
  const identities = new Set(
    units.flatMap(({ path, tree }) => [...identityIds(tree)].map((id) => `${packageFolder(path, project)}\n${id}`)),
  );
  const isSentOnly = onlySent(moving, symbols);
  const isIdentity = (leaf: ts.StringLiteralLike): boolean =>
    identities.has(`${packageFolder(projectPath(leaf.getSourceFile()) ?? '', project)}\n${leaf.text}`) &&
    (!isSentOnly(leaf) || comparedIds(leaf.getSourceFile()).has(leaf.text));
  const choices = [...needs].map(([leaf, need]) => ({ leaf, choice: chooseModel(leaf.text, need, project.models) }));
  const collapses = (leaf: ts.StringLiteralLike, model: string): boolean =>
    idsBeside(leaf) !== undefined &&
    choices.some(
      (other) =>
        other.leaf.text !== leaf.text && other.choice.model === model && idsBeside(other.leaf) === idsBeside(leaf),
    );
  const staying = new Set(plans.flatMap((plan) => (moves(plan) ? [] : (plan.model?.leaves ?? []))));
  const isShared = (leaf: ts.StringLiteralLike): boolean =>
    staying.has(leaf) || feedsAnotherBody(leaf, moving, symbols);
  return new Map(
    choices.map(({ leaf, choice }) => {
      const stays =
        isIdentity(leaf) || collapses(leaf, choice.model) ? 'identity' : isShared(leaf) ? 'shared' : undefined;
      return [leaf, { choice, stays }];
    }),
  );
}

/** The enum or list whose members have to stay different. */
function idsBeside({ parent }: ts.StringLiteralLike): ts.Node | undefined {
  if (ts.isEnumMember(parent)) return parent.parent;
  return ts.isArrayLiteralExpression(parent) ? parent : undefined;
}
