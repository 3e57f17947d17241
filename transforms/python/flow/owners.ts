import {
  attributeName,
  calledMethod,
  descendants,
  enclosingFunction,
  field,
  namedChildren,
  nameOf,
  textOf,
  unwrap,
  type Node,
} from '../node.js';
import type { Origins, Placed } from '../origin.js';
import { importedAs, selfAttribute } from '../scopes.js';
import type { Unit } from '../unit.js';

const DEPTH = 5;

/** What is known of the object that a member is taken from: one of the class, something else, or nothing. */
export type Belonging = 'own' | 'other' | 'unknown';

/** Whether `object` is an object of the class `owner`, or the class itself. */
export function belongsTo(object: Node, unit: Unit, owner: Node, origins: Origins, depth = DEPTH): Belonging {
  const at = unwrap(object);
  if (depth === 0) return 'unknown';
  if (
    /^(string|concatenated_string|list|dictionary|set|tuple|integer|float|true|false|none)$|comprehension$/.test(
      at.type,
    )
  )
    return 'other';
  if (at.type === 'await')
    return namedChildren(at).map((inner) => belongsTo(inner, unit, owner, origins, depth - 1))[0] ?? 'unknown';
  if (at.type === 'call') return ofCall(at, unit, owner, origins);
  if (at.type !== 'identifier' && at.type !== 'attribute') return 'unknown';
  const first = at.type === 'identifier' ? methodOwner(at, unit) : undefined;
  if (first) return isRelated(first, unit, owner, origins) ? 'own' : 'other';
  if (origins.client(at, unit)) return 'other';
  const definitions = origins.definitionsOf(at, unit);
  if (definitions.some(({ definition }) => definition.kind === 'class' && definition.value === owner))
    return definitions.length === 1 ? 'own' : 'unknown';
  const values = origins.valuesOf(at, unit);
  const found = [
    ...values.map((value) => belongsTo(value.node, value.unit, owner, origins, depth - 1)),
    ...definitions
      .filter(({ definition }) => definition.kind !== 'assignment')
      .map((each) => ofDefinition(each, owner, origins)),
  ];
  const isWhole = at.type === 'attribute' || definitions.length <= found.length;
  if (found.length === 0 || !isWhole) return 'unknown';
  return found.every((each) => each === 'other') ? 'other' : found.every((each) => each === 'own') ? 'own' : 'unknown';
}

function ofCall(call: Node, unit: Unit, owner: Node, origins: Origins): Belonging {
  const callee = field(call, 'function') as Node;
  const definitions = origins.definitionsOf(callee, unit);
  const [only, ...more] = definitions;
  if (only?.definition.kind === 'class' && more.length === 0 && only.definition.value)
    return only.definition.value === owner || isRelated(only.definition.value, only.unit, owner, origins)
      ? 'own'
      : 'other';
  if (origins.client(call, unit)) return 'other';
  // What is installed knows nothing of the program's classes.
  return only?.definition.kind === 'import' && more.length === 0 ? 'other' : 'unknown';
}

type Defined = ReturnType<Origins['definitionsOf']>[number];

function ofDefinition({ definition, unit }: Defined, owner: Node, origins: Origins): Belonging {
  if (definition.kind === 'import') {
    const imported = importedAs(definition);
    return imported?.module.startsWith('.') === false ? 'other' : 'unknown';
  }
  if (definition.kind === 'class' || definition.kind === 'function') return 'other';
  const type = definition.kind === 'parameter' && definition.value ? field(definition.value, 'type') : undefined;
  if (!type) return 'unknown';
  const named = descendants(type, 'identifier', 'string');
  const classes = named.flatMap((name) =>
    origins.definitionsOf(name, unit).filter((each) => each.definition.kind === 'class'),
  );
  if (
    classes.some(
      (each) =>
        each.definition.value &&
        (each.definition.value === owner || isRelated(each.definition.value, each.unit, owner, origins)),
    )
  )
    return 'own';
  const isPlain = /^(str|int|float|bool|dict|list|bytes|Dict|List|Optional|Any)\b/.test(textOf(type));
  return classes.length > 0 || (isPlain && !/Any|["']/.test(textOf(type))) ? 'other' : 'unknown';
}

/** The class whose method has an identifier as its first parameter. */
function methodOwner(node: Node, unit: Unit): Node | undefined {
  const [definition, ...more] = unit.scopes.bindingOf(node)?.definitions ?? [];
  if (definition?.kind !== 'parameter' || more.length > 0) return undefined;
  const parameters = definition.name.parent;
  const isFirst = parameters?.type === 'parameters' && namedChildren(parameters)[0] === definition.name;
  const method = isFirst ? parameters.parent : undefined;
  return method && !isStatic(method) ? classOf(method) : undefined;
}

/** The class in whose body a function stands. */
export function classOf(fn: Node): Node | undefined {
  const holder = fn.parent?.type === 'decorated_definition' ? fn.parent : fn;
  const block = holder.parent;
  return block?.type === 'block' && block.parent?.type === 'class_definition' ? block.parent : undefined;
}

export function decoratorsOf(fn: Node): readonly Node[] {
  return fn.parent?.type === 'decorated_definition'
    ? fn.parent.children.filter(({ type }) => type === 'decorator')
    : [];
}

export function isStatic(fn: Node): boolean {
  return decoratorsOf(fn).some((decorator) => textOf(decorator).trim() === '@staticmethod');
}

/** Whether one of two classes is, or extends, the other. */
export function isRelated(a: Node, unit: Unit, b: Node, origins: Origins): boolean {
  return (
    a === b ||
    ancestorsOf(a, unit, origins).some(({ node }) => node === b) ||
    ancestorsOf(b, unit, origins).some(({ node }) => node === a)
  );
}

/** The classes of the program that a class extends, nearest first. */
export function ancestorsOf(owner: Node, unit: Unit, origins: Origins, depth = DEPTH): readonly Placed[] {
  if (depth === 0) return [];
  return basesOf(owner).flatMap((base) =>
    origins.definitionsOf(base, unit).flatMap(({ definition, unit: holder }) => {
      const value = definition.kind === 'class' ? definition.value : undefined;
      return value ? [{ node: value, unit: holder }, ...ancestorsOf(value, holder, origins, depth - 1)] : [];
    }),
  );
}

export function basesOf(owner: Node): readonly Node[] {
  const list = field(owner, 'superclasses');
  return list ? namedChildren(list) : [];
}

/** Whether a class extends nothing but classes of the program: another framework may call any method of its own. */
export function extendsOwnOnly(owner: Node, unit: Unit, origins: Origins): boolean {
  return basesOf(owner).every((base) => {
    if (/^(object|ABC|abc\.ABC)$/.test(textOf(base)) || /^metaclass=(abc\.)?ABCMeta$/.test(textOf(base))) return true;
    const [only, ...more] = origins.definitionsOf(base, unit);
    const value = only?.definition.kind === 'class' ? only.definition.value : undefined;
    return value !== undefined && more.length === 0 && extendsOwnOnly(value, (only as Defined).unit, origins);
  });
}

/** The name that a class or function is defined by. */
export function definedName(node: Node): string {
  return nameOf(node) ?? '';
}

/** `self.name` inside of the class, or of one that has to do with it. */
export function isOwnMember(node: Node, unit: Unit, owner: Node, origins: Origins): Belonging {
  const self = selfAttribute(node, unit.scopes);
  const object = field(node, 'object');
  if (self && object && !enclosingStatic(node)) return isRelated(self.owner, unit, owner, origins) ? 'own' : 'other';
  if (!object || attributeName(node) === undefined || calledMethod(node)) return 'unknown';
  return belongsTo(object, unit, owner, origins);
}

function enclosingStatic(node: Node): boolean {
  const fn = enclosingFunction(node);
  return fn?.type === 'function_definition' && isStatic(fn);
}
