import { replacements } from '../../src/api/run-time-models.js';
import { helperSource, type HelperSource } from '../helpers/python/helper-source.js';
import { LASTING, type HelperName } from '../helpers/python/names.js';
import type { Project, SourceFile } from '../transform.js';
import type { Changes } from './changes.js';
import type { HelperNames } from './helper-names.js';
import { addImports, afterImports } from './imports.js';
import { byDepth, moduleName, modulePath, packageOf } from './package-module.js';
import { importedAs } from './scopes.js';
import type { Unit } from './unit.js';

/** What decides how helpers are written. */
interface Placement {
  readonly names: HelperNames;
  readonly project: Project;
  readonly changes: Changes;
  /** The files in which parameters are converted that may hold a prompt which ends in text of the assistant. */
  readonly prefilled: ReadonlySet<Unit>;
}

/**
 * Puts the helpers where the code that calls them finds them: into the file that does, or, where several files of one
 * package do, into one module of that package. `message_text` always stands in its file. Returns the modules to create.
 */
export function placeHelpers(placement: Placement): readonly SourceFile[] {
  const { project, changes } = placement;
  const users = new Map<Unit, Set<HelperName>>();
  for (const { unit, name } of changes.helpers) users.set(unit, (users.get(unit) ?? new Set()).add(name));
  const shared = new Map<Unit, string>();
  const created = sharingOf([...users], project).map((sharing) => {
    const path = modulePath(
      sharing.map(([unit]) => unit),
      project,
    );
    for (const [unit] of sharing) shared.set(unit, path);
    return { path, text: moduleText(sharing, placement) };
  });
  for (const [unit, helpers] of users) {
    const path = shared.get(unit);
    if (path !== undefined)
      importHelpers(
        unit,
        [...helpers].filter((name) => !LASTING.has(name)),
        path,
        placement,
      );
    const local = path === undefined ? helpers : new Set([...helpers].filter((name) => LASTING.has(name)));
    if (local.size > 0) insertHelpers(unit, local, path !== undefined, placement);
  }
  return created;
}

type User = readonly [Unit, ReadonlySet<HelperName>];

/** The files of each package that share helpers, where there are several. */
function sharingOf(users: readonly User[], project: Project): readonly (readonly User[])[] {
  const groups = new Map<string, User[]>();
  for (const user of users) {
    const [unit, helpers] = user;
    const root = [...helpers].every((name) => LASTING.has(name)) ? undefined : packageOf(unit, project);
    if (root !== undefined) groups.set(root, [...(groups.get(root) ?? []), user]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function moduleText(users: readonly User[], placement: Placement): string {
  const helpers = new Set(users.flatMap(([, own]) => [...own].filter((name) => !LASTING.has(name))));
  const [first, ...others] = users.map(([unit]) => unit).sort(byDepth);
  const { imports, text } = sourceOf([first as Unit, ...others], helpers, placement);
  return imports.map((statement) => `${statement}\n`).join('') + (imports.length > 0 ? '\n\n' : '') + text;
}

function importHelpers(unit: Unit, helpers: readonly HelperName[], path: string, { names, changes }: Placement): void {
  const place = afterImports(unit);
  const list = helpers
    .map((name) => names.get(name) ?? name)
    .sort()
    .join(', ');
  const isTight = place === 0 && unit.text.trim() !== '';
  changes.insert(unit, place, [`from ${moduleName(unit, path)} import ${list}\n${isTight ? '\n' : ''}`]);
}

/** Puts helpers into a file after its imports: Python runs a module from the top. */
function insertHelpers(unit: Unit, helpers: ReadonlySet<HelperName>, hasImport: boolean, placement: Placement): void {
  const { changes } = placement;
  const source = sourceOf([unit], helpers, placement);
  const missing = source.imports.filter((statement) => !isImported(statement, unit));
  const place = afterImports(unit);
  const rest = unit.text.slice(place);
  addImports(missing, unit, changes);
  const gap = /^(\r?\n){2}/.test(rest) || rest.trim() === '' ? '' : /^\r?\n/.test(rest) ? '\n' : '\n\n';
  const above = place === 0 && missing.length === 0 && !hasImport ? '' : '\n\n';
  changes.insert(unit, place, [above + source.text + gap]);
}

/** The helpers that these files call; the first of them says in what style. */
function sourceOf(
  [unit, ...others]: readonly [Unit, ...Unit[]],
  helpers: ReadonlySet<HelperName>,
  { names, project, prefilled }: Placement,
): HelperSource {
  const isPrefilled = [unit, ...others].some((each) => prefilled.has(each));
  const { profile } = project.sdkFor(unit.path);
  const { quote, indent } = unit.style;
  const models = helpers.has('to_message_params')
    ? replacements(project.models, profile, isPrefilled)
    : new Map<string, string>();
  return helperSource({ helpers, names, profile, models, quote, indent });
}

/** Whether a file has what `import re` or `from types import SimpleNamespace` binds. */
function isImported(statement: string, { scopes }: Unit): boolean {
  const [, module, name] = /^(?:from (\w+) )?import (\w+)$/.exec(statement) ?? [];
  const definitions = scopes.module.bindings.get(name ?? '')?.definitions ?? [];
  return definitions.some((definition) => {
    const imported = importedAs(definition);
    return module === undefined
      ? imported?.module === name && imported?.name === undefined
      : imported?.module === module && imported.name === name;
  });
}
