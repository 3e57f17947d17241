import { PYTHON_CLIENTS, PYTHON_MARKERS, PYTHON_SDK_MODULES } from '../../src/api/python-names.js';
import { constantText } from './literals.js';
import { argumentsOf, attributeName, field, textOf, unwrap, type Node } from './node.js';
import type { Program } from './program.js';
import { importedAs, starImports, type Definition } from './scopes.js';
import type { Unit } from './unit.js';

const DEPTH = 8;

/** A definition, and the file that it stands in. */
export interface Defined {
  readonly definition: Definition;
  readonly unit: Unit;
}

/** What the names of one program stand for, through its imports. */
export interface Names {
  /** Where a name is defined, in its own module, whatever it is imported through. */
  readonly definitionsOf: (node: Node, unit: Unit) => readonly Defined[];
  /** The full name of what an expression is imported as; undefined for what the program makes itself. */
  readonly fullName: (node: Node, unit: Unit) => string | undefined;
}

/** Resolves the names of a program; what was found is kept for as long as the run lasts. */
export function createNames(program: Program): Names {
  const fullNames = new Map<Node, string | undefined>();
  const stars = new Map<Unit, readonly string[]>();

  function definitionsOf(node: Node, unit: Unit, depth = DEPTH): readonly Defined[] {
    if (depth === 0) return [];
    if (node.type === 'identifier') {
      const binding = unit.scopes.bindingOf(node);
      if (!binding) return throughStars(textOf(node), unit, depth);
      return binding.definitions.flatMap((definition) => throughImport(definition, unit, depth));
    }
    const object = node.type === 'attribute' ? field(node, 'object') : undefined;
    const name = attributeName(node);
    const module = object && name !== undefined ? moduleOf(object, unit) : undefined;
    return module ? namesIn(module, name as string, depth - 1) : [];
  }

  function throughImport(definition: Definition, unit: Unit, depth: number): readonly Defined[] {
    const imported = importedAs(definition);
    if (imported?.name === undefined) return [{ definition, unit }];
    const module = program.resolve(imported.module, unit);
    return module ? namesIn(module, imported.name, depth - 1) : [{ definition, unit }];
  }

  function namesIn(module: Unit, name: string, depth: number): readonly Defined[] {
    if (depth === 0) return [];
    const binding = module.scopes.module.bindings.get(name);
    if (!binding) return throughStars(name, module, depth);
    return binding.definitions.flatMap((definition) => throughImport(definition, module, depth));
  }

  /** What a name stands for that nothing in its file binds but `from module import *`. */
  function throughStars(name: string, unit: Unit, depth: number): readonly Defined[] {
    return starsOf(unit).flatMap((from) => {
      const module = program.resolve(from, unit);
      return module ? namesIn(module, name, depth - 1) : [];
    });
  }

  /** The package of the SDK that a file has every name of, through other files too. */
  function starredSdk(unit: Unit, depth: number): string | undefined {
    if (depth === 0) return undefined;
    const from = starsOf(unit);
    const through = (module: string): string | undefined => {
      const found = program.resolve(module, unit);
      return found && starredSdk(found, depth - 1);
    };
    return from.find((module) => PYTHON_SDK_MODULES.has(module)) ?? from.flatMap((module) => through(module) ?? [])[0];
  }

  function starsOf(unit: Unit): readonly string[] {
    const found = stars.get(unit) ?? starImports(unit.root);
    stars.set(unit, found);
    return found;
  }

  /** The project's module that an expression names. */
  function moduleOf(node: Node, unit: Unit): Unit | undefined {
    const [definition] = node.type === 'identifier' ? (unit.scopes.bindingOf(node)?.definitions ?? []) : [];
    const imported = definition && importedAs(definition);
    if (!imported) return undefined;
    return program.resolve(
      imported.name === undefined ? imported.module : joined(imported.module, imported.name),
      unit,
    );
  }

  function fullName(node: Node, unit: Unit): string | undefined {
    const at = unwrap(node);
    // While a name is looked up it has none: `node = node.parent` leads back to itself.
    if (!fullNames.has(at)) {
      fullNames.set(at, undefined);
      fullNames.set(at, findFullName(at, unit));
    }
    return fullNames.get(at);
  }

  function findFullName(at: Node, unit: Unit): string | undefined {
    if (at.type === 'attribute') {
      const object = field(at, 'object');
      const base = object && fullName(object, unit);
      return base === undefined ? undefined : `${base}.${attributeName(at) ?? ''}`;
    }
    if (at.type === 'string') return annotated(at, unit);
    if (at.type === 'call') return loadedModule(at);
    if (at.type !== 'identifier') return undefined;
    const definitions = definitionsOf(at, unit);
    for (const { definition, unit: holder } of definitions) {
      const imported = importedAs(definition);
      if (imported) return imported.name === undefined ? imported.module : `${imported.module}.${imported.name}`;
      // Another name for it, and not a text that begins with it.
      const isAlias = definition.kind === 'assignment' && definitions.length === 1;
      if (isAlias && definition.value && isNaming(definition.value)) return fullName(definition.value, holder);
    }
    return definitions.length === 0 ? ofStarredSdk(at, unit) : undefined;
  }

  /** A name of the SDK that `from anthropic import *` gives. */
  function ofStarredSdk(at: Node, unit: Unit): string | undefined {
    if (unit.scopes.bindingOf(at) || at.parent?.type === 'dotted_name') return undefined;
    const from = starredSdk(unit, DEPTH);
    const name = from === undefined ? '' : `${from}.${textOf(at)}`;
    return PYTHON_CLIENTS.has(name) || (from !== undefined && PYTHON_MARKERS.has(textOf(at))) ? name : undefined;
  }

  /** A type in quotes: a name, or a name of a module. */
  function annotated(node: Node, unit: Unit): string | undefined {
    const [, module, name] = /^["']([A-Za-z_]\w*)(?:\.(\w+))?["']$/.exec(textOf(node)) ?? [];
    const binding = module === undefined ? undefined : unit.scopes.lookUp(module, node);
    const imported = binding?.definitions[0] && importedAs(binding.definitions[0]);
    if (!imported) return undefined;
    return [imported.module, imported.name, name].filter((part) => part !== undefined).join('.');
  }

  return { definitionsOf, fullName };
}

function isNaming({ type }: Node): boolean {
  return type === 'identifier' || type === 'attribute' || type === 'call';
}

/** The SDK, as a function loads it by its name: `importlib.import_module("anthropic")`, `import_optional_dependency("anthropic")`. */
function loadedModule(call: Node): string | undefined {
  const callee = field(call, 'function') as Node;
  const [name, ...more] = argumentsOf(call);
  const module = name && more.length === 0 ? constantText(name) : undefined;
  const isImport = /import/i.test(attributeName(callee) ?? textOf(callee));
  return isImport && module !== undefined && PYTHON_SDK_MODULES.has(module) ? module : undefined;
}

function joined(module: string, name: string): string {
  return module.endsWith('.') ? `${module}${name}` : `${module}.${name}`;
}
