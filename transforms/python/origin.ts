import { PYTHON_CLIENTS, PYTHON_MARKERS, type PythonClient } from '../../src/api/python-names.js';
import { classesOf, membersOf, methodsOf } from './classes.js';
import {
  argumentsOf,
  attributeName,
  calledMethod,
  descendants,
  field,
  namedChildren,
  textOf,
  unwrap,
  type Node,
} from './node.js';
import type { Program } from './program.js';
import { createNames, type Names } from './names.js';
import { selfAttribute, type Definition } from './scopes.js';
import type { Unit } from './unit.js';

const DEPTH = 8;

/** An expression, and the file that it stands in. */
export interface Placed {
  readonly node: Node;
  readonly unit: Unit;
}

/** Where the values of one program come from. */
export interface Origins {
  /** The full name of what an expression is imported as, such as `anthropic.Anthropic`; undefined for what the program makes itself. */
  readonly fullName: Names['fullName'];
  /** What kind of client an expression is; undefined where it is none, or cannot be seen. */
  readonly client: (node: Node, unit: Unit) => PythonClient | undefined;
  /** The text of a marker constant of the SDK. */
  readonly marker: (node: Node, unit: Unit) => string | undefined;
  /** The expressions that are assigned to a name or to an attribute of `self`, across the modules of the project. */
  readonly valuesOf: (node: Node, unit: Unit) => readonly Placed[];
  /** Every statement of the program that gives an attribute of a name a value, whatever object it is of; what is assigned stands in `right`. */
  readonly writesTo: (name: string) => readonly Placed[];
  /** The file that a node stands in. */
  readonly unitOf: (node: Node) => Unit | undefined;
  /** Where a name is defined, in its own module, whatever it is imported through. */
  readonly definitionsOf: Names['definitionsOf'];
}

export function createOrigins(program: Program): Origins {
  const clients = new Map<Node, PythonClient | undefined>();
  let writes: ReadonlyMap<string, readonly Placed[]> | undefined;

  const { definitionsOf, fullName } = createNames(program);

  function valuesOf(node: Node, unit: Unit, depth = DEPTH): readonly Placed[] {
    const at = unwrap(node);
    const self = selfAttribute(at, unit.scopes);
    if (self) return attributeValues(self.owner, self.name, unit, depth);
    const object = at.type === 'attribute' && depth > 0 ? field(at, 'object') : undefined;
    const classes = object
      ? classesOf(object, unit, { ...origins, valuesOf: (next, holder) => valuesOf(next, holder, depth - 2) })
      : [];
    if (classes.length > 0)
      return classes.flatMap((each) => attributeValues(each.node, attributeName(at) as string, each.unit, depth - 1));
    return definitionsOf(at, unit).flatMap(({ definition, unit: holder }) =>
      definition.kind === 'assignment' && definition.value ? [{ node: definition.value, unit: holder }] : [],
    );
  }

  /** What a class, or a class that it extends, assigns to an attribute of its objects. */
  function attributeValues(owner: Node, name: string, unit: Unit, depth: number): readonly Placed[] {
    if (depth === 0) return [];
    const own = membersOf({ node: owner, unit }, name);
    return own.length > 0
      ? own
      : basesOf(owner, unit).flatMap((base) => attributeValues(base.node, name, base.unit, depth - 1));
  }

  function basesOf(owner: Node, unit: Unit): readonly Placed[] {
    const list = field(owner, 'superclasses');
    return (list ? namedChildren(list) : []).flatMap((base) =>
      definitionsOf(base, unit).flatMap(({ definition, unit: holder }) =>
        definition.kind === 'class' && definition.value ? [{ node: definition.value, unit: holder }] : [],
      ),
    );
  }

  function client(node: Node, unit: Unit): PythonClient | undefined {
    const at = unwrap(node);
    if (!clients.has(at)) {
      clients.set(at, undefined);
      clients.set(at, readClient(at, unit));
    }
    return clients.get(at);
  }

  function readClient(node: Node, unit: Unit): PythonClient | undefined {
    if (node.type === 'call') return madeClient(node, unit);
    if (node.type === 'conditional_expression' || node.type === 'boolean_operator')
      return namedChildren(node).flatMap((child) => client(child, unit) ?? [])[0];
    if (node.type === 'await') return namedChildren(node).flatMap((child) => client(child, unit) ?? [])[0];
    if (node.type !== 'identifier' && node.type !== 'attribute') return undefined;
    for (const value of valuesOf(node, unit)) {
      const found = client(value.node, value.unit);
      if (found) return found;
    }
    for (const { definition, unit: holder } of definitionsOf(node, unit)) {
      const found = declaredClient(definition, holder);
      if (found) return found;
    }
    const self = selfAttribute(node, unit.scopes);
    return self && annotatedAttribute(self.owner, self.name, unit);
  }

  /** `Anthropic(...)`, a class of the program that extends it, `client.with_options(...)`, or a function that returns a client. */
  function madeClient(call: Node, unit: Unit): PythonClient | undefined {
    const callee = field(call, 'function') as Node;
    const known = classOf(callee, unit);
    if (known) return known;
    const method = calledMethod(call);
    if (method && /^(with_options|copy)$/.test(method.name)) return client(method.object, unit);
    for (const { node, unit: holder } of functionsNamed(callee, unit)) {
      const returnType = field(node, 'return_type');
      const typed = returnType && typedAs(returnType, holder);
      if (typed) return typed;
      for (const statement of descendants(node, 'return_statement')) {
        const found = namedChildren(statement).flatMap((value) => client(value, holder) ?? [])[0];
        if (found) return found;
      }
    }
    return undefined;
  }

  /** The functions of the program that a callee names, methods of `self` among them. */
  function functionsNamed(callee: Node, unit: Unit): readonly Placed[] {
    const self = selfAttribute(callee, unit.scopes);
    if (self)
      return [{ node: self.owner, unit }, ...basesOf(self.owner, unit)].flatMap((owner) =>
        methodsOf(owner.node, self.name).map((node) => ({ node, unit: owner.unit })),
      );
    return definitionsOf(callee, unit).flatMap(({ definition, unit: holder }) =>
      definition.kind === 'function' && definition.value ? [{ node: definition.value, unit: holder }] : [],
    );
  }

  function classOf(node: Node, unit: Unit, depth = DEPTH): PythonClient | undefined {
    const known = PYTHON_CLIENTS.get(fullName(node, unit) ?? '');
    if (known || depth === 0) return known;
    for (const { definition, unit: holder } of definitionsOf(node, unit)) {
      if (definition.kind !== 'class' || !definition.value) continue;
      const list = field(definition.value, 'superclasses');
      for (const base of list ? namedChildren(list) : []) {
        const found = classOf(base, holder, depth - 1);
        if (found) return found;
      }
    }
    return undefined;
  }

  /** A parameter or variable whose annotation names a client, or a client that `with` binds. */
  function declaredClient({ kind, name, value }: Definition, unit: Unit): PythonClient | undefined {
    if (kind === 'with') return value && client(value, unit);
    const owner = kind === 'parameter' ? value : name.parent;
    const type = owner && (owner.type === 'assignment' || kind === 'parameter') ? field(owner, 'type') : undefined;
    return type && typedAs(type, unit);
  }

  /** `client: Anthropic` in the body of a class. */
  function annotatedAttribute(owner: Node, name: string, unit: Unit): PythonClient | undefined {
    for (const assignment of descendants(owner, 'assignment')) {
      const left = field(assignment, 'left');
      const type = field(assignment, 'type');
      if (left && type && (attributeName(left) ?? textOf(left)) === name) return typedAs(type, unit);
    }
    return undefined;
  }

  /** A type, in quotes or not, as `Optional[...]` or with `| None`. */
  function typedAs(type: Node, unit: Unit): PythonClient | undefined {
    return descendants(type, 'identifier', 'attribute', 'string').flatMap((part) => classOf(part, unit) ?? [])[0];
  }

  function marker(node: Node, unit: Unit): string | undefined {
    const at = unwrap(node);
    if (at.type !== 'identifier' && at.type !== 'attribute') return undefined;
    const name = at.type === 'attribute' ? attributeName(at) : textOf(at);
    const object = at.type === 'attribute' ? field(at, 'object') : undefined;
    if (name !== undefined && object && PYTHON_MARKERS.has(name) && client(object, unit))
      return PYTHON_MARKERS.get(name);
    const [module, constant, ...rest] = fullName(at, unit)?.split('.') ?? [];
    const isSdk = module === 'anthropic' || module === 'anthropic_bedrock';
    const last = constant === 'constants' || constant === '_constants' ? rest[0] : constant;
    if (isSdk && last !== undefined) return PYTHON_MARKERS.get(last);
    return undefined;
  }

  const roots = new Map(program.units.map((unit) => [unit.root, unit]));
  const unitOf = (node: Node): Unit | undefined => roots.get(node) ?? (node.parent && unitOf(node.parent));

  const origins: Origins = {
    fullName,
    client,
    marker,
    valuesOf,
    definitionsOf,
    unitOf,
    writesTo: (name) => (writes ??= writesIn(program)).get(name) ?? [],
  };
  return origins;
}

/** Every assignment to an attribute, by the attribute's name. */
function writesIn({ units }: Program): ReadonlyMap<string, readonly Placed[]> {
  const found = new Map<string, Placed[]>();
  for (const unit of units) {
    for (const node of descendants(unit.root, 'assignment', 'augmented_assignment')) {
      const left = field(node, 'left');
      for (const target of left
        ? descendants(left, 'attribute').filter(({ parent }) => parent?.type !== 'attribute')
        : []) {
        const name = attributeName(target) as string;
        found.set(name, [...(found.get(name) ?? []), { node, unit }]);
      }
    }
  }
  return found;
}

/** What a call is given first, where that is no keyword. */
export function firstArgument(call: Node): Node | undefined {
  const [first] = argumentsOf(call);
  return first?.type === 'keyword_argument' || first?.type === 'dictionary_splat' ? undefined : first;
}

/** What parameters that a name can stand for are when they are not given. */
export function defaultsOf(node: Node, unit: Unit, { definitionsOf }: Origins): readonly Placed[] {
  return definitionsOf(node, unit).flatMap(({ definition, unit: holder }) => {
    const given = definition.kind === 'parameter' && definition.value ? field(definition.value, 'value') : undefined;
    return given ? [{ node: given, unit: holder }] : [];
  });
}
