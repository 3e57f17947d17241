import type { Changes } from '../changes.js';
import { addFirstImports, addImportBeside, addImports, hasImports } from '../imports.js';
import { importsOnlyMarkers } from '../markers.js';
import { descendants, field, namedChildren, textOf, type Node } from '../node.js';
import { importedAs } from '../scopes.js';
import type { Unit } from '../unit.js';
import type { Flow } from './plan.js';

type Carried = Pick<Flow, 'hasSystem' | 'usesSdk'>;

/** The names that the types of one run need in each file; their imports are written once. */
export class TypeImports {
  private readonly needed = new Map<Unit, Set<string>>();

  /** How a file names the type of what hands messages on. */
  typeOf(unit: Unit, { hasSystem, usesSdk }: Carried): string {
    if (hasSystem) return `${this.container(unit, 'Dict')}[str, ${this.typing(unit, 'Any')}]`;
    const list = this.container(unit, 'List');
    return `${list}[${usesSdk ? this.messageParam(unit) : `${this.container(unit, 'Dict')}[str, str]`}]`;
  }

  /** Writes the imports that a file does not have. */
  write(changes: Changes): void {
    for (const [unit, names] of this.needed) {
      const missing = [...names].filter((name) => name !== MESSAGE).sort();
      const message = names.has(MESSAGE) ? `from anthropic.types import ${MESSAGE}` : undefined;
      const typing = missing.length > 0 ? `from typing import ${missing.join(', ')}` : undefined;
      if (!hasImports(unit)) {
        addFirstImports(
          [typing, message].filter((statement) => statement !== undefined),
          unit,
          changes,
        );
        continue;
      }
      if (typing !== undefined) importTyping(missing, unit, changes);
      if (message !== undefined) addImportBeside(message, 'anthropic', unit, importsOnlyMarkers, changes);
    }
  }

  /** `list` where the file shows that its Python takes brackets there, `List` otherwise. */
  private container(unit: Unit, name: 'List' | 'Dict'): string {
    return isModern(unit) ? name.toLowerCase() : this.typing(unit, name);
  }

  private typing(unit: Unit, name: string): string {
    if (boundTo(unit, 'typing', name) !== undefined) return boundTo(unit, 'typing', name) as string;
    const module = boundTo(unit, 'typing', undefined);
    if (module !== undefined) return `${module}.${name}`;
    return this.need(unit, name);
  }

  private messageParam(unit: Unit): string {
    const known = boundTo(unit, 'anthropic.types', MESSAGE);
    if (known !== undefined) return known;
    const sdk = boundTo(unit, 'anthropic', undefined);
    return sdk === undefined ? this.need(unit, MESSAGE) : `${sdk}.types.${MESSAGE}`;
  }

  private need(unit: Unit, name: string): string {
    this.needed.set(unit, (this.needed.get(unit) ?? new Set()).add(name));
    return name;
  }
}

const MESSAGE = 'MessageParam';

/** The name under which a module, or a name of it, is imported in a file. */
function boundTo({ scopes }: Unit, module: string, name: string | undefined): string | undefined {
  for (const binding of scopes.module.bindings.values()) {
    const imported = binding.definitions.length === 1 && binding.definitions[0] && importedAs(binding.definitions[0]);
    if (imported && imported.module === module && imported.name === name) return binding.name;
  }
  return undefined;
}

function isModern({ root, text }: Unit): boolean {
  return (
    /^from __future__ import .*\bannotations\b/m.test(text) ||
    descendants(root, 'type').some((type) => /(?<![.\w])(?:list|dict|tuple|set)\[/.test(textOf(type)))
  );
}

/** Names that come from `typing`: into the statement that imports others of it, or in one of their own. */
function importTyping(names: readonly string[], unit: Unit, changes: Changes): void {
  const statement = namedChildren(unit.root).find(
    (each) => each.type === 'import_from_statement' && textOf(field(each, 'module_name') as Node) === 'typing',
  );
  const clauses = statement?.children.filter((child) => child.field === 'name') ?? [];
  const last = clauses.at(-1);
  if (!last) {
    addImports([`from typing import ${names.join(', ')}`], unit, changes);
    return;
  }
  for (const name of names) {
    const next = clauses.find((clause) => textOf(clause) > name);
    if (next) changes.insert(unit, next.start, [`${name}, `]);
    else changes.insert(unit, last.end, [`, ${name}`]);
  }
}
