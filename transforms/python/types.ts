import { PYTHON_TYPES } from '../../src/api/python-names.js';
import type { Changes } from './changes.js';
import { above, field, textOf, walk, type Node } from './node.js';
import type { Origins } from './origin.js';
import { importedAs } from './scopes.js';
import type { Unit } from './unit.js';

/** Legacy types of the SDK get the names that the Messages API has for them; an import of a name that is gone would fail. */
export function lowerTypes(unit: Unit, origins: Origins, changes: Changes): void {
  for (const binding of unit.scopes.module.bindings.values()) {
    for (const definition of binding.definitions) {
      const imported = importedAs(definition);
      const to =
        imported?.name === undefined
          ? undefined
          : PYTHON_TYPES.get(`${imported.module.replace(/\.completion\w*$/, '')}.${imported.name}`);
      if (!imported || to === undefined || binding.reads.some(isMade)) continue;
      if (imported.clause.type === 'aliased_import') {
        const name = field(imported.clause, 'name');
        if (name) changes.replace(unit, name, [to]);
        continue;
      }
      const module = field(imported.statement, 'module_name');
      if (module && /\.completion\w*$/.test(textOf(module))) changes.replace(unit, module, ['anthropic.types']);
      if (isTaken(to, unit)) {
        changes.replace(unit, imported.clause, [`${to} as ${binding.name}`]);
        continue;
      }
      changes.replace(unit, imported.clause, [to]);
      for (const read of binding.reads) changes.replace(unit, read, [to]);
      renameInQuotes(unit, binding.name, to, changes);
    }
  }
  walk(unit.root, (node) => {
    if (node.type !== 'attribute') return undefined;
    const to = PYTHON_TYPES.get(origins.fullName(node, unit) ?? '');
    const name = field(node, 'attribute');
    if (to === undefined || !name || isMade(node)) return undefined;
    changes.replace(unit, name, [to]);
    return false;
  });
}

/** Whether an object of a type is made by hand, which has none of the fields of another type. */
function isMade(node: Node): boolean {
  return node.parent?.type === 'call' && node.field === 'function';
}

/** Whether a file has something else of a name. */
function isTaken(name: string, { scopes }: Unit): boolean {
  const definitions = scopes.all().flatMap(({ bindings }) => bindings.get(name)?.definitions ?? []);
  return definitions.some((definition) => importedAs(definition)?.module.startsWith('anthropic') !== true);
}

/** Annotations in quotes: `-> "Completion"`. */
function renameInQuotes(unit: Unit, from: string, to: string, changes: Changes): void {
  walk(unit.root, (node) => {
    if (node.type !== 'string_content' || !above(node, ({ type }) => type === 'type')) return undefined;
    const text = textOf(node);
    if (new RegExp(`\\b${from}\\b`).test(text))
      changes.replace(unit, node, [text.replace(new RegExp(`\\b${from}\\b`, 'g'), to)]);
    return false;
  });
}
