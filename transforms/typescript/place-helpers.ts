import { posix } from 'node:path';
import { knowsIds, knowsNullReasons } from '../../src/api/stop-reasons.js';
import { helperSource, type HelperOptions } from '../helpers/typescript/helper-source.js';
import { LASTING, type HelperName } from '../helpers/typescript/names.js';
import type { Project, SourceFile } from '../transform.js';
import { afterImports } from './after-imports.js';
import type { Changes } from './changes.js';
import type { HelperNames } from './helper-names.js';
import { packageFolder } from './package-folder.js';
import { replacements } from '../../src/api/run-time-models.js';
import type { Unit } from './unit.js';

const MODULE = 'text-completions';

/** What decides where helpers stand and what they are called. */
export interface Placement {
  readonly names: HelperNames;
  readonly units: readonly Unit[];
  readonly project: Project;
  /** The files in which parameters are converted that may hold a prompt which ends in text of the assistant. */
  readonly prefilled: ReadonlySet<Unit>;
}

/** A file, and the helpers that its new code calls. */
interface User {
  readonly unit: Unit;
  readonly helpers: ReadonlySet<HelperName>;
}

/**
 * Puts the helpers where the code that calls them finds them: at the end of the only file of a package that does, or in
 * one module of that package. `messageText` always stands in its file. Returns the modules to create.
 */
export function placeHelpers(changes: Changes, placement: Placement): readonly SourceFile[] {
  const { project } = placement;
  const users = usersOf(changes);
  const created: SourceFile[] = [];
  for (const group of packagesOf(users, project)) {
    const sharing = group.filter(({ helpers }) => [...helpers].some(isShared));
    const module = sharing.length > 1 ? moduleFor(sharing, project) : undefined;
    for (const user of group) {
      const local = module ? [...user.helpers].filter((name) => !isShared(name)) : [...user.helpers];
      if (module && sharing.includes(user)) importHelpers(user, module, placement, changes);
      if (local.length > 0) appendHelpers(user.unit, new Set(local), placement, changes);
    }
    if (module) {
      const [first, ...others] = sharing.map(({ unit }) => unit);
      const shared = new Set(sharing.flatMap(({ helpers }) => [...helpers].filter(isShared)));
      const moduleStyle = module.isCommonJs ? 'cjs' : 'esm';
      if (first)
        created.push({
          path: module.path,
          text: helperSource({ ...optionsFor([first, ...others], shared, placement), moduleStyle }),
        });
    }
  }
  return created;
}

function isShared(name: HelperName): boolean {
  return !LASTING.has(name);
}

function usersOf({ helpers }: Changes): readonly User[] {
  const users = new Map<Unit, Set<HelperName>>();
  for (const { unit, name } of helpers) users.set(unit, (users.get(unit) ?? new Set()).add(name));
  return [...users].map(([unit, own]) => ({ unit, helpers: own })).sort((a, b) => byDepth(a.unit.path, b.unit.path));
}

/** Nearest to the root first, by path on a tie. */
function byDepth(a: string, b: string): number {
  return a.split('/').length - b.split('/').length || (a < b ? -1 : 1);
}

/** The files of one package that can import one module from each other: by manifest, language and module style. */
function packagesOf(users: readonly User[], project: Project): readonly (readonly User[])[] {
  const groups = new Map<string, User[]>();
  for (const user of users) {
    const family = user.unit.isTypeScript ? 'ts' : isCommonJs(user.unit) ? 'cjs' : 'js';
    const own = project.isAlone(user.unit.path) ? user.unit.path : '';
    const key = `${packageFolder(user.unit.path, project)}\n${family}\n${own}`;
    groups.set(key, [...(groups.get(key) ?? []), user]);
  }
  return [...groups.values()];
}

function isCommonJs({ path, text }: Unit): boolean {
  if (/\.[mc]?tsx?$|\.mjs$/.test(path)) return false;
  return path.endsWith('.cjs') || !/^\s*(import\s|import\{|export\s)/m.test(text);
}

interface HelperModule {
  readonly path: string;
  readonly isCommonJs: boolean;
}

/** The module beside the first user; its name has a number when the plain one is taken by something else. */
function moduleFor(users: readonly User[], { read }: Project): HelperModule {
  const { unit } = users[0] as User;
  const extension = posix.extname(unit.path).replace(/^\.([tj]s)x$/, '.$1');
  const folder = posix.dirname(unit.path);
  for (let number = 1; ; number += 1) {
    const path = posix.join(folder, `${MODULE}${number === 1 ? '' : `-${String(number)}`}${extension}`);
    if (read(path) === undefined) return { path, isCommonJs: isCommonJs(unit) };
  }
}

/** How helpers are written that these files call; the first of them says in what style. */
function optionsFor(
  [unit, ...others]: readonly [Unit, ...Unit[]],
  functions: ReadonlySet<HelperName>,
  { names, project, prefilled }: Placement,
): Omit<HelperOptions, 'moduleStyle'> {
  const target = project.sdkFor(unit.path);
  const isPrefilled = [unit, ...others].some((each) => prefilled.has(each));
  const { profile } = target;
  const { quote, semicolon, indent } = unit.style;
  const models = functions.has('toMessageParams')
    ? replacements(project.models, profile, isPrefilled)
    : new Map<string, string>();
  return {
    functions,
    names,
    profile,
    models,
    nullReasons: knowsNullReasons(target),
    hasIds: knowsIds(target),
    language: unit.isTypeScript ? 'ts' : 'js',
    quote,
    indent,
    semicolons: semicolon === ';',
  };
}

function appendHelpers(unit: Unit, functions: ReadonlySet<HelperName>, placement: Placement, changes: Changes): void {
  const source = helperSource({ ...optionsFor([unit], functions, placement), moduleStyle: 'inline' });
  const gap = unit.text.endsWith('\n') ? '\n' : '\n\n';
  changes.insert(unit, unit.text.length, [gap + source]);
}

function importHelpers(
  { unit, helpers }: User,
  module: HelperModule,
  { names, units, project }: Placement,
  changes: Changes,
): void {
  const { quote, semicolon } = unit.style;
  const specifier = quote + specifierFor(unit, module.path, units, project) + quote;
  const used = [...helpers]
    .filter(isShared)
    .map((name) => ({ name: names.get(name) ?? name, isType: name.startsWith('Text') }));
  const list = used.map(({ name, isType }) => (isType ? `type ${name}` : name)).join(', ');
  const line = module.isCommonJs
    ? `const { ${list} } = require(${specifier})${semicolon}\n`
    : `import { ${list} } from ${specifier}${semicolon}\n`;
  changes.insert(unit, afterImports(unit), [line]);
}

/** How a file imports a module of its own package: with the ending that its other imports have. */
function specifierFor(unit: Unit, modulePath: string, units: readonly Unit[], project: Project): string {
  const relative = posix.relative(posix.dirname(unit.path), modulePath);
  const path = relative.startsWith('.') ? relative : `./${relative}`;
  const extension = posix.extname(modulePath);
  const stem = path.slice(0, path.length - extension.length);
  const known = endingsIn(unit.text);
  const others =
    known.length > 0
      ? known
      : units.filter((other) => other.isTypeScript === unit.isTypeScript).flatMap(({ text }) => endingsIn(text));
  const compiled = extension.replace('t', 'j');
  if (others.includes(undefined)) return stem;
  if (others.some((ending) => ending?.includes('t'))) return path;
  if (others.length > 0 || extension.startsWith('.m') || !unit.isTypeScript || isModulePackage(unit.path, project))
    return stem + compiled;
  return stem;
}

/** The endings that relative imports of a text have; undefined for one without. */
function endingsIn(text: string): readonly (string | undefined)[] {
  return [...text.matchAll(/(?:from|require\(|import\()\s*['"]\.[^'"]*?(\.[mc]?[jt]sx?)?['"]/g)].map(
    (match) => match[1],
  );
}

/** Whether Node takes the files of a package for ECMAScript modules, which name endings. */
function isModulePackage(path: string, project: Project): boolean {
  const manifest = project.read(posix.join(packageFolder(path, project), 'package.json')) ?? '';
  return /"type"\s*:\s*"module"/.test(manifest);
}
