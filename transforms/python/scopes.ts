import { above, attributeName, descendants, field, nameOf, namedChildren, textOf, walk, type Node } from './node.js';

/** A place where a name gets a value. */
export interface Definition {
  readonly kind:
    'assignment' | 'augmented' | 'parameter' | 'loop' | 'import' | 'with' | 'except' | 'function' | 'class' | 'other';
  /** The identifier that is bound. */
  readonly name: Node;
  /** What is assigned, where the name alone stands on the left; the definition of a function or class; the annotation's owner of a parameter. */
  readonly value: Node | undefined;
}

/** A name of a scope: everything that gives it a value, and everything that reads it. */
export interface Binding {
  readonly name: string;
  readonly scope: Scope;
  readonly definitions: readonly Definition[];
  /** Identifiers that read the name, of inner functions too, in the order of the file. */
  readonly reads: readonly Node[];
}

export interface Scope {
  /** The module, class, function, lambda or comprehension. */
  readonly node: Node;
  readonly parent: Scope | undefined;
  readonly bindings: ReadonlyMap<string, Binding>;
}

/** Which name every identifier of one file stands for (Python language reference, section 4.2). */
export interface Scopes {
  readonly module: Scope;
  /** Every scope of the file. */
  readonly all: () => readonly Scope[];
  /** What an identifier stands for; undefined for builtins, attributes and the names of keywords. */
  readonly bindingOf: (identifier: Node) => Binding | undefined;
  readonly scopeOf: (node: Node) => Scope;
  /** What a name means where a node stands. */
  readonly lookUp: (name: string, at: Node) => Binding | undefined;
}

interface MutableBinding extends Binding {
  readonly definitions: Definition[];
  readonly reads: Node[];
}

interface MutableScope extends Scope {
  readonly bindings: Map<string, MutableBinding>;
  readonly elsewhere: Map<string, 'global' | 'nonlocal'>;
}

const OPENS = new Set([
  ...['module', 'class_definition', 'function_definition', 'lambda'],
  ...['list_comprehension', 'set_comprehension', 'dictionary_comprehension', 'generator_expression'],
]);

export function readScopes(root: Node): Scopes {
  const scopes = new Map<Node, MutableScope>();
  const bound = new Map<Node, MutableBinding>();
  const scopeOf = (node: Node): MutableScope => {
    for (let at: Node | undefined = node; at; at = at.parent) {
      const scope = scopes.get(at);
      if (scope) return scope;
    }
    return scopes.get(root) as MutableScope;
  };
  walk(root, (node) => {
    if (!OPENS.has(node.type)) return undefined;
    const parent = node.parent && scopeOf(node.parent);
    scopes.set(node, { node, parent, bindings: new Map(), elsewhere: new Map() });
    return undefined;
  });
  walk(root, (node) => {
    if (node.type !== 'global_statement' && node.type !== 'nonlocal_statement') return undefined;
    const kind = node.type === 'global_statement' ? 'global' : 'nonlocal';
    for (const name of namedChildren(node)) scopeOf(node).elsewhere.set(textOf(name), kind);
    return false;
  });

  const define = (name: Node, kind: Definition['kind'], value: Node | undefined, scope: MutableScope): void => {
    const owner = ownerOf(textOf(name), scope, scopes.get(root) as MutableScope);
    const binding = owner.bindings.get(textOf(name)) ?? {
      name: textOf(name),
      scope: owner,
      definitions: [],
      reads: [],
    };
    owner.bindings.set(binding.name, binding);
    binding.definitions.push({ kind, name, value });
    bound.set(name, binding);
  };
  walk(root, (node) => {
    for (const { name, kind, value, outside } of definitionsIn(node))
      define(name, kind, value, scopeFor(node, outside, scopeOf));
    return undefined;
  });

  const lookUp = (name: string, at: Node): MutableBinding | undefined => {
    for (let scope: MutableScope | undefined = scopeOf(at); scope; scope = scope.parent as MutableScope | undefined) {
      // The names of a class body are not seen from the functions inside it.
      if (scope.node.type === 'class_definition' && scope !== scopeOf(at)) continue;
      if (scope.elsewhere.get(name) === 'global') return (scopes.get(root) as MutableScope).bindings.get(name);
      const found = scope.bindings.get(name);
      if (found) return found;
    }
    return undefined;
  };
  walk(root, (node) => {
    if (node.type !== 'identifier' || bound.has(node) || !isRead(node)) return undefined;
    const binding = lookUp(textOf(node), readingPlace(node));
    if (binding) {
      binding.reads.push(node);
      bound.set(node, binding);
    }
    return undefined;
  });
  return {
    module: scopes.get(root) as Scope,
    all: () => [...scopes.values()],
    bindingOf: (identifier) => bound.get(identifier),
    scopeOf,
    lookUp,
  };
}

/** Defaults, decorators and base classes are evaluated outside of what they belong to, and so is the first data of a comprehension. */
function readingPlace(node: Node): Node {
  const opener = above(node, ({ type }) => OPENS.has(type));
  if (!opener?.parent) return node;
  if (opener.type === 'function_definition' || opener.type === 'lambda') {
    const body = field(opener, 'body');
    const isBody = body !== undefined && node.start >= body.start;
    return isBody ? node : opener.parent;
  }
  if (opener.type === 'class_definition') {
    const body = field(opener, 'body');
    return body !== undefined && node.start >= body.start ? node : opener.parent;
  }
  if (opener.type === 'module') return node;
  const first = opener.children.find(({ type }) => type === 'for_in_clause');
  const data = first && field(first, 'right');
  return data && node.start >= data.start && node.end <= data.end ? opener.parent : node;
}

function scopeFor(node: Node, outside: boolean, scopeOf: (node: Node) => MutableScope): MutableScope {
  if (outside) return scopeOf(node.parent ?? node);
  // A walrus inside a comprehension binds in the scope around it.
  if (node.type !== 'named_expression') return scopeOf(node);
  let scope = scopeOf(node);
  while (/comprehension$|^generator/.test(scope.node.type) && scope.parent) scope = scope.parent as MutableScope;
  return scope;
}

function ownerOf(name: string, scope: MutableScope, module: MutableScope): MutableScope {
  const elsewhere = scope.elsewhere.get(name);
  if (elsewhere === 'global') return module;
  if (elsewhere !== 'nonlocal') return scope;
  for (let at = scope.parent as MutableScope | undefined; at; at = at.parent as MutableScope | undefined)
    if (at.node.type !== 'class_definition' && at.bindings.has(name)) return at;
  return scope;
}

interface Defined extends Definition {
  /** Whether the name belongs to the scope around the node, which opens one itself. */
  readonly outside: boolean;
}

function definitionsIn(node: Node): readonly Defined[] {
  const all = (target: Node | undefined, kind: Definition['kind'], value?: Node): readonly Defined[] =>
    target
      ? names(target).map((name) => ({ name, kind, value: name === target ? value : undefined, outside: false }))
      : [];
  switch (node.type) {
    case 'assignment':
      return field(node, 'right') ? all(field(node, 'left'), 'assignment', field(node, 'right')) : [];
    case 'augmented_assignment':
      return all(field(node, 'left'), 'augmented', field(node, 'right'));
    case 'named_expression':
      return all(field(node, 'name'), 'assignment', field(node, 'value'));
    case 'for_statement':
    case 'for_in_clause':
      return all(field(node, 'left'), 'loop', field(node, 'right'));
    case 'function_definition':
    case 'class_definition': {
      const name = field(node, 'name');
      const kind = node.type === 'class_definition' ? 'class' : 'function';
      return name ? [{ name, kind, value: node, outside: true }] : [];
    }
    case 'parameters':
    case 'lambda_parameters':
      return namedChildren(node).flatMap((parameter) => {
        const name = parameterName(parameter);
        return name ? [{ name, kind: 'parameter' as const, value: parameter, outside: false }] : [];
      });
    case 'as_pattern': {
      const target = field(node, 'alias');
      const kind = node.parent?.type === 'with_item' ? 'with' : 'except';
      return target ? names(target).map((name) => ({ name, kind, value: namedChildren(node)[0], outside: false })) : [];
    }
    case 'import_statement':
    case 'import_from_statement':
    case 'future_import_statement':
      return importedNames(node).map((name) => ({ name, kind: 'import', value: node, outside: false }));
    case 'delete_statement':
      return namedChildren(node).flatMap((target) => all(target, 'other'));
    default:
      return [];
  }
}

/** The identifiers that a target binds; an attribute or a subscript binds none. */
function names(target: Node): readonly Node[] {
  if (target.type === 'identifier') return [target];
  if (target.type === 'attribute' || target.type === 'subscript') return [];
  return namedChildren(target).flatMap(names);
}

export function parameterName(parameter: Node): Node | undefined {
  if (parameter.type === 'identifier') return parameter;
  const name = field(parameter, 'name');
  if (name) return name;
  return namedChildren(parameter).map((child) => (child.type === 'identifier' ? child : parameterName(child)))[0];
}

/** The identifiers under which an import binds: the alias, the name, or the first part of a dotted module. */
export function importedNames(node: Node): readonly Node[] {
  return node.children
    .filter((child) => child.field === 'name')
    .flatMap((child) => {
      if (child.type === 'aliased_import') return field(child, 'alias') ?? [];
      return namedChildren(child)[0] ?? [];
    });
}

/** The modules of which a file imports every name: `from prompts import *`. */
export function starImports(root: Node): readonly string[] {
  return descendants(root, 'wildcard_import').flatMap(({ parent }) => {
    const module = parent && field(parent, 'module_name');
    return module ? [textOf(module)] : [];
  });
}

function isRead(node: Node): boolean {
  const { parent } = node;
  if (!parent) return false;
  if (parent.type === 'attribute') return node.field !== 'attribute';
  if (parent.type === 'keyword_argument') return node.field !== 'name';
  return (
    parent.type !== 'dotted_name' &&
    parent.type !== 'aliased_import' &&
    parent.type !== 'global_statement' &&
    parent.type !== 'nonlocal_statement'
  );
}

/** What an import binds a name to: a module, or a name of a module. */
export interface Imported {
  readonly module: string;
  /** Undefined where the module itself is bound. */
  readonly name: string | undefined;
  readonly statement: Node;
  /** The `dotted_name` or `aliased_import` in the statement. */
  readonly clause: Node;
}

/** What an identifier that an import binds stands for. */
export function importedAs({ kind, name, value }: Definition): Imported | undefined {
  if (kind !== 'import' || !value) return undefined;
  const clause = value.children.find(
    (child) => child.field === 'name' && name.start >= child.start && name.end <= child.end,
  );
  if (!clause) return undefined;
  const full = clause.type === 'aliased_import' ? nameOf(clause) : textOf(clause);
  if (full === undefined) return undefined;
  if (value.type === 'import_statement') {
    const isAliased = clause.type === 'aliased_import';
    return { module: isAliased ? full : (full.split('.')[0] as string), name: undefined, statement: value, clause };
  }
  const module = field(value, 'module_name');
  return module && { module: textOf(module), name: full, statement: value, clause };
}

/** `self.name`, where `self` is the first parameter of a method: the class and the name. */
export function selfAttribute(node: Node, scopes: Scopes): { readonly owner: Node; readonly name: string } | undefined {
  const object = node.type === 'attribute' ? field(node, 'object') : undefined;
  const name = attributeName(node);
  if (!object || name === undefined || object.type !== 'identifier') return undefined;
  const [definition] = scopes.bindingOf(object)?.definitions ?? [];
  const parameters = definition?.kind === 'parameter' ? definition.name.parent : undefined;
  const isFirst = parameters?.type === 'parameters' && namedChildren(parameters)[0] === definition?.name;
  const owner = parameters && isFirst ? classOfMethod(parameters) : undefined;
  return owner ? { owner, name } : undefined;
}

/** The class in whose method a parameter list stands. */
function classOfMethod({ parent: method }: Node): Node | undefined {
  if (method?.type !== 'function_definition') return undefined;
  const block = method.parent?.type === 'decorated_definition' ? method.parent.parent : method.parent;
  return block?.type === 'block' && block.parent?.type === 'class_definition' ? block.parent : undefined;
}
