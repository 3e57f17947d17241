import { posix } from 'node:path';
import type { Project } from '../../transform.js';
import { constantText } from '../literals.js';
import { above, attributeName, calledMethod, field, nameOf, textOf, walk, wrapping, type Node } from '../node.js';
import type { Origins, Placed } from '../origin.js';
import type { Program } from '../program.js';
import { importedAs, selfAttribute } from '../scopes.js';
import type { Unit } from '../unit.js';
import { ancestorsOf, classOf, decoratorsOf, extendsOwnOnly, isOwnMember, isRelated } from './owners.js';
import { isPublished } from './published.js';

/** Where a function or a member is used, and whether these places are all. */
export interface Uses {
  /** The names or the attributes that stand for it. */
  readonly uses: readonly Placed[];
  readonly isClosed: boolean;
}

export interface Callers {
  /** The uses of a function of the program. */
  readonly of: (fn: Placed) => Uses;
  /** The uses of an attribute that the objects of a class have, reads and writes. */
  readonly ofMember: (owner: Placed, name: string) => Uses;
  /** The reads of a name or attribute that is assigned one value. */
  readonly ofHolder: (target: Placed) => Uses;
  /** The uses of a class of the program by its name. */
  readonly ofClass: (owner: Placed) => Uses;
  /** The function that a call runs, where there is exactly one. */
  readonly callee: (call: Node, unit: Unit) => Placed | undefined;
}

/** Decorators that hand on what a function is given and what it returns. */
const TRANSPARENT =
  /^@(?:tenacity\.)?(?:retry|staticmethod|classmethod|override|typing\.override|backoff\.on_exception|functools\.(?:lru_cache|cache)|lru_cache|cache|retrying\.retry|stamina\.retry)\b/;

const NOWHERE: Uses = { uses: [], isClosed: false };

export function createCallers(program: Program, origins: Origins, project: Project): Callers {
  const known = new Map<Node, Uses>();
  let index: Index | undefined;
  const names = (name: string): readonly Placed[] => (index ??= indexOf(program)).names.get(name) ?? [];
  const isSpelled = (name: string): boolean => (index ??= indexOf(program)).spelled.has(name);

  const usesOf = ({ node: fn, unit }: Placed): Uses => {
    const name = field(fn, 'name');
    const isPlain = decoratorsOf(fn).every((decorator) => TRANSPARENT.test(textOf(decorator)));
    if (!name || !isPlain) return NOWHERE;
    const owner = classOf(fn);
    return owner && !isUnsure(textOf(name)) && unit.scopes.bindingOf(name)?.definitions.length === 1
      ? ofMember({ node: owner, unit }, textOf(name))
      : ofName(name, fn, unit);
  };

  const ofHolder = ({ node: target, unit }: Placed): Uses => {
    const self = selfAttribute(target, unit.scopes);
    if (!self)
      return target.type === 'identifier' ? ofName(target, field(target.parent as Node, 'right'), unit) : NOWHERE;
    const { uses, isClosed } = isUnsure(self.name) ? NOWHERE : ofMember({ node: self.owner, unit }, self.name);
    const isWrite = ({ node }: Placed): boolean => node.parent?.type === 'assignment' && node.field === 'left';
    const reads = uses.filter((use) => !isWrite(use));
    return { uses: reads, isClosed: isClosed && uses.length === reads.length + 1 };
  };

  /** Whether something that is not looked into may use a name. */
  const isUnsure = (name: string): boolean =>
    program.unread.some((text) => new RegExp(`\\b${name}\\b`).test(text)) ||
    project.importers.reach === 'unknown' ||
    isSpelled(name);

  /** The uses of a name that has one value. */
  const ofName = (name: Node, value: Node | undefined, unit: Unit): Uses => {
    const binding = unit.scopes.bindingOf(name);
    if (!binding || !value || binding.definitions.length !== 1 || isUnsure(textOf(name))) return NOWHERE;
    if (binding.scope.node.type !== 'module')
      return {
        uses: binding.reads.map((node) => ({ node, unit })),
        isClosed: binding.scope.node.type !== 'class_definition',
      };
    return ofModule(name, value, unit, textOf(name));
  };

  const ofModule = (own: Node, value: Node, unit: Unit, name: string): Uses => {
    const uses: Placed[] = [];
    for (const { node, unit: other } of names(name)) {
      const use = node.field === 'attribute' && node.parent?.type === 'attribute' ? node.parent : node;
      if (use === own) continue;
      if (above(node, ({ type }) => type.includes('import'))) {
        if (!isCleanImport(node, other, unit, program)) return NOWHERE;
        continue;
      }
      const definitions = origins.definitionsOf(use, other);
      const isOurs = definitions.some(({ definition }) => definition.value === value);
      if (isOurs && definitions.length > 1) return NOWHERE;
      if (isOurs) uses.push({ node: use, unit: other });
      else if (
        use.type === 'identifier' &&
        definitions.length === 0 &&
        !other.scopes.bindingOf(use) &&
        mayBeImported(use, other)
      )
        return NOWHERE;
      else if (use.type === 'attribute' && definitions.length === 0 && mayBeModule(use, other, unit)) return NOWHERE;
    }
    return settled(uses, name, unit);
  };

  const settled = (uses: readonly Placed[], name: string, unit: Unit): Uses => {
    const isOwn = name.startsWith('_') || (uses.length > 0 && !isPublished(unit.path, project.read));
    return { uses, isClosed: isOwn && uses.every((use) => use.unit.isTarget) };
  };

  const ofMember = (owner: Placed, name: string): Uses => {
    const { node, unit } = owner;
    const isFree = decoratorsOf(node).every((decorator) => /^@(dataclasses\.)?dataclass\b/.test(textOf(decorator)));
    if (!isFree || project.importers.reach !== 'all' || isSpelled(name) || !extendsOwnOnly(node, unit, origins))
      return NOWHERE;
    const uses: Placed[] = [];
    for (const { node: spelled, unit: other } of names(name)) {
      const { parent } = spelled;
      if (parent?.type === 'function_definition' && spelled.field === 'name') {
        const holder = classOf(parent);
        // Another version of the same method, in a class above or below.
        if (holder && holder !== node && isRelated(holder, other, node, origins)) return NOWHERE;
        continue;
      }
      if (parent?.type !== 'attribute' || spelled.field !== 'attribute') continue;
      const belonging = isOwnMember(parent, other, node, origins);
      if (belonging === 'unknown') return NOWHERE;
      if (belonging === 'own') uses.push({ node: parent, unit: other });
    }
    if (
      ancestorsOf(node, unit, origins).length > 0 &&
      ancestorsOf(node, unit, origins).some((each) => each.unit !== unit && !each.unit.isTarget)
    )
      return NOWHERE;
    return settled(uses, nameOf(node)?.startsWith('_') === true ? '_' : name, unit);
  };

  const of = (fn: Placed): Uses => {
    const found = known.get(fn.node) ?? usesOf(fn);
    known.set(fn.node, found);
    return found;
  };

  const callee = (call: Node, unit: Unit): Placed | undefined => {
    const at = field(call, 'function');
    if (!at) return undefined;
    if (at.type === 'identifier') return functionIn(origins.definitionsOf(at, unit));
    const method = calledMethod(call);
    if (!method) return undefined;
    const direct = functionIn(origins.definitionsOf(at, unit));
    if (direct) return direct;
    // The only method of its name that the object can have.
    const found = names(method.name).flatMap(({ node, unit: other }): readonly Placed[] => {
      const fn = node.parent?.type === 'function_definition' && node.field === 'name' ? node.parent : undefined;
      const owner = fn && classOf(fn);
      if (!fn || !owner) return [];
      return isOwnMember(at, unit, owner, origins) === 'own' ? [{ node: fn, unit: other }] : [];
    });
    return found.length === 1 ? found[0] : undefined;
  };

  const ofClass = ({ node, unit }: Placed): Uses => {
    const name = field(node, 'name');
    return name ? ofName(name, node, unit) : NOWHERE;
  };

  return { of, ofMember, ofHolder, ofClass, callee };
}

function functionIn(definitions: ReturnType<Origins['definitionsOf']>): Placed | undefined {
  const [only, ...more] = definitions;
  return only?.definition.kind === 'function' && only.definition.value && more.length === 0
    ? { node: only.definition.value, unit: only.unit }
    : undefined;
}

/** The call that a use is the function of; undefined where it is handed on or called in another way. */
export function callIn(use: Node): Node | undefined {
  const outer = wrapping(use);
  return outer.parent?.type === 'call' && outer.field === 'function' ? outer.parent : undefined;
}

interface Index {
  readonly names: ReadonlyMap<string, readonly Placed[]>;
  /** Names that a text spells for `getattr` and the like. */
  readonly spelled: ReadonlySet<string>;
}

function indexOf({ units }: Program): Index {
  const names = new Map<string, Placed[]>();
  const spelled = new Set<string>();
  for (const unit of units) {
    walk(unit.root, (node) => {
      if (node.type === 'identifier') {
        const list = names.get(textOf(node)) ?? [];
        names.set(textOf(node), list);
        list.push({ node, unit });
      } else if (node.type === 'string') {
        const text = constantText(node);
        if (text !== undefined && /^[\w.]+$/.test(text) && (/\w\.\w/.test(text) || isSpelling(node)))
          spelled.add(text.split('.').at(-1) as string);
      }
      return undefined;
    });
  }
  return { names, spelled };
}

/** `getattr(x, "name")`, `patch.object(x, "name")`, `globals()["name"]`, `__all__ = ["name"]`. */
function isSpelling(node: Node): boolean {
  const call = above(node, ({ type }) => type === 'call' || type === 'subscript' || type === 'assignment');
  return (
    call !== undefined &&
    /^(?:\w+\.)*(?:getattr|setattr|hasattr|delattr|methodcaller|attrgetter|object|patch|globals|locals|vars|__all__)\b/.test(
      textOf(call),
    )
  );
}

/** `from m import name`, where `m` is the function's module, or one that has another function of that name; no new name, no guess. */
function isCleanImport(node: Node, unit: Unit, home: Unit, program: Program): boolean {
  const statement = above(node, ({ type }) => type === 'import_from_statement' || type === 'import_statement');
  if (!statement || statement.type === 'import_statement') return true;
  if (above(node, ({ type }) => type === 'aliased_import')) return false;
  const module = field(statement, 'module_name');
  if (!module || node.parent?.field === 'module_name' || node.parent === module) return true;
  if (program.resolve(textOf(module), unit)) return true;
  return !endsAlike(textOf(module), home);
}

/** Whether a module's name may be that of a file, although no path leads there. */
function endsAlike(module: string, { path }: Unit): boolean {
  const stem = posix.basename(path, '.py');
  const own = stem === '__init__' ? posix.basename(posix.dirname(path)) : stem;
  return module.split('.').at(-1) === own;
}

/** Whether a name that nothing in a file defines may come from `from m import *`. */
function mayBeImported(node: Node, { text }: Unit): boolean {
  return /^\s*from\s+\S+\s+import\s+\*/m.test(text) && node.parent?.type !== 'keyword_argument';
}

/** `x.name`, where `x` is imported in a way that leads nowhere, and may be the module. */
function mayBeModule(use: Node, unit: Unit, home: Unit): boolean {
  const object = field(use, 'object');
  const [definition] = object?.type === 'identifier' ? (unit.scopes.bindingOf(object)?.definitions ?? []) : [];
  const imported = definition && importedAs(definition);
  if (object?.type === 'attribute') return endsAlike(attributeName(object) ?? '', home);
  if (!imported) return false;
  return endsAlike(imported.name ?? imported.module, home);
}
