import { replacements } from '../../src/api/run-time-models.js';
import { helperSource } from '../helpers/python/helper-source.js';
import type { HelperName } from '../helpers/python/names.js';
import type { Project } from '../transform.js';
import type { Changes } from './changes.js';
import type { HelperNames } from './helper-names.js';
import { addImports, afterImports } from './imports.js';
import { importedAs } from './scopes.js';
import type { Unit } from './unit.js';

/** Puts the helpers into the files whose new code calls them, after their imports: Python runs a module from the top. */
export function placeHelpers(names: HelperNames, project: Project, changes: Changes): void {
  const users = new Map<Unit, Set<HelperName>>();
  for (const { unit, name } of changes.helpers) users.set(unit, (users.get(unit) ?? new Set()).add(name));
  for (const [unit, helpers] of users) {
    const { profile } = project.sdkFor(unit.path);
    const { quote, indent } = unit.style;
    const models = helpers.has('to_message_params') ? replacements(project.models, profile) : new Map<string, string>();
    const source = helperSource({ helpers, names, profile, models, quote, indent });
    const missing = source.imports.filter((statement) => !isImported(statement, unit));
    const place = afterImports(unit);
    const rest = unit.text.slice(place);
    addImports(missing, unit, changes);
    const gap = /^(\r?\n){2}/.test(rest) || rest.trim() === '' ? '' : /^\r?\n/.test(rest) ? '\n' : '\n\n';
    const above = place === 0 && missing.length === 0 ? '' : '\n\n';
    changes.insert(unit, place, [above + source.text + gap]);
  }
}

/** Whether a file has what `import re` or `from types import SimpleNamespace` binds. */
function isImported(statement: string, { scopes }: Unit): boolean {
  const [, module, name] = /^(?:from (\w+) )?import (\w+)$/.exec(statement) ?? [];
  const definitions = scopes.module.bindings.get(name ?? '')?.definitions ?? [];
  return definitions.some((definition) => {
    const imported = importedAs(definition);
    return module === undefined ? imported?.module === name && imported?.name === undefined : imported?.module === module && imported.name === name;
  });
}
