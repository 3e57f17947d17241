import { mergeNeeds, type ModelNeeds } from '../../src/api/choose-model.js';
import type { ModelSource } from './model-plan.js';
import type { Symbols } from './symbols.js';
import { accessName, isAccess, walk } from './syntax.js';
import { sourcesOf } from './values.js';

/** The environment variables that a model can come from: `process.env.NAME` in the expression, or in what it is made from. */
export function variablesFeeding({ expression }: ModelSource, symbols: Symbols): readonly string[] {
  const names = new Set<string>();
  for (const root of [expression, ...sourcesOf(expression, symbols)]) {
    walk(root, (node) => {
      if (!isAccess(node) || !/^(process\.env|import\.meta\.env)$/.test(node.expression.getText())) return undefined;
      const name = accessName(node);
      if (name !== undefined) names.add(name);
      return undefined;
    });
  }
  return [...names].filter((name) => /model|claude|anthropic/i.test(name));
}

/** One need for each variable: what all calls that it feeds accept. */
export function needsByVariable(
  fed: readonly { readonly model: ModelSource; readonly needs: ModelNeeds }[],
  symbols: Symbols,
): ReadonlyMap<string, ModelNeeds> {
  const found = new Map<string, ModelNeeds>();
  for (const { model, needs } of fed) {
    for (const name of variablesFeeding(model, symbols)) {
      const before = found.get(name);
      found.set(name, before ? mergeNeeds(before, needs) : needs);
    }
  }
  return found;
}
