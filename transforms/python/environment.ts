import { mergeNeeds, type ModelNeeds } from '../../src/api/choose-model.js';
import { constantText } from './literals.js';
import type { ModelSource } from './model-plan.js';
import { argumentsOf, field, textOf, unwrap, walk, type Node } from './node.js';
import { defaultsOf, type Origins, type Placed } from './origin.js';
import type { Unit } from './unit.js';

const DEPTH = 5;

/** One need for each environment variable that a model can come from: what all calls that it feeds accept. */
export function needsByVariable(
  fed: readonly { readonly model: ModelSource; readonly unit: Unit; readonly needs: ModelNeeds }[],
  origins: Origins,
): ReadonlyMap<string, ModelNeeds> {
  const found = new Map<string, ModelNeeds>();
  for (const { model, unit, needs } of fed) {
    for (const name of variablesIn({ node: model.expression, unit }, origins, DEPTH)) {
      const before = found.get(name);
      found.set(name, before ? mergeNeeds(before, needs) : needs);
    }
  }
  return found;
}

/** `os.getenv("MODEL")`, `os.environ["MODEL"]` and `os.environ.get("MODEL")`, in an expression or in what it is made from. */
function variablesIn({ node, unit }: Placed, origins: Origins, depth: number): readonly string[] {
  const names = new Set<string>();
  walk(node, (at) => {
    const name = variableRead(at);
    if (name !== undefined && /model|claude|anthropic/i.test(name)) names.add(name);
    const isName = at.type === 'identifier' || at.type === 'attribute';
    if (!isName || depth === 0) return undefined;
    for (const value of [...origins.valuesOf(at, unit), ...defaultsOf(at, unit, origins)])
      for (const each of variablesIn(value, origins, depth - 1)) names.add(each);
    return undefined;
  });
  return [...names];
}

function variableRead(node: Node): string | undefined {
  if (node.type === 'subscript') {
    const key = field(node, 'subscript');
    return key && /(^|\.)environ$/.test(textOf(field(node, 'value') as Node)) ? constantText(unwrap(key)) : undefined;
  }
  if (node.type !== 'call' || !/(^|\.)(getenv|environ\.get)$/.test(textOf(field(node, 'function') as Node)))
    return undefined;
  const [name] = argumentsOf(node);
  return name && constantText(name);
}
