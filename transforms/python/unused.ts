import { survivors } from '../../src/edits/survivors.js';
import type { Changes } from './changes.js';
import type { Assembly } from './lift/assembly.js';
import { mentionsMarker } from './lift/markers-in.js';
import { isPure } from './movable.js';
import { dropImported } from './imports.js';
import { isOnlyStatement, removeStatement } from './list-edits.js';
import { enclosingStatement, field, isInside, namedChildren, type Node } from './node.js';
import type { Origins } from './origin.js';
import { importedAs } from './scopes.js';
import { isListed, type Unit } from './unit.js';

/** Takes out what only made the texts of prompts, and then the variables that hold turns, where nothing reads them any more. */
export function removeUnused(
  unit: Unit,
  assemblies: readonly Assembly[],
  others: readonly Unit[],
  origins: Origins,
  changes: Changes,
): void {
  for (;;) {
    const survives = survivors(changes.edits.get(unit) ?? []);
    const idle = assemblies.find(({ binding, statements, isAlone }) => {
      const isLocal = binding.scope.node.type === 'function_definition';
      const elsewhere = binding.reads.filter((read) => !statements.some((statement) => isInside(read, statement)));
      return (
        isAlone &&
        statements.every(survives) &&
        !elsewhere.some(survives) &&
        (isLocal || !isExported(binding.name, unit, others))
      );
    });
    if (!idle) break;
    for (const statement of idle.statements) changes.apply(unit, [removeStatement(statement, unit)]);
  }
  removeConstants(unit, others, origins, changes);
}

/** Takes out variables that hold turns, and that nothing reads once the messages say what they said. */
function removeConstants(unit: Unit, others: readonly Unit[], origins: Origins, changes: Changes): void {
  const survives = survivors(changes.edits.get(unit) ?? []);
  for (const binding of unit.scopes.all().flatMap(({ bindings }) => [...bindings.values()])) {
    const { name } = binding;
    const isLocal = binding.scope.node.type === 'function_definition';
    if (!isLocal && binding.scope.node.type !== 'module') continue;
    const [only, ...more] = binding.definitions;
    const value = only?.kind === 'assignment' ? only.value : undefined;
    if (
      !only ||
      !value ||
      more.length > 0 ||
      binding.reads.length === 0 ||
      binding.reads.some((read) => survives(read))
    )
      continue;
    if (!mentionsMarker(value, unit, origins) || (isLocal ? !isPure(value) : isExported(name, unit, others))) continue;
    const statement = enclosingStatement(only.name);
    if (!isPlain(statement, value) || isOnlyStatement(statement) || !survives(statement)) continue;
    changes.apply(unit, [removeStatement(statement, unit)]);
  }
}

/** Takes out imports of the standard library that nothing reads once the messages say what they helped to say. */
export function removeUnusedImports(unit: Unit, changes: Changes): void {
  const survives = survivors(changes.edits.get(unit) ?? []);
  const unused = new Map<Node, Set<Node>>();
  for (const { name, definitions, reads } of unit.scopes.module.bindings.values()) {
    const [only, ...more] = definitions;
    const imported = only && more.length === 0 ? importedAs(only) : undefined;
    if (!imported || !OF_PROMPTS.has(imported.module) || reads.length === 0 || isListed(name, unit)) continue;
    const { statement, clause } = imported;
    if (reads.some((read) => survives(read)) || isOnlyStatement(statement)) continue;
    unused.set(statement, (unused.get(statement) ?? new Set()).add(clause));
  }
  for (const [statement, clauses] of unused) dropImported(statement, clauses, unit, changes);
}

/** Modules that help to write a prompt, and that no helper needs. */
const OF_PROMPTS = new Set(['textwrap', 'string', 'inspect']);

function isPlain(statement: Node, value: Node): boolean {
  const [assignment] = namedChildren(statement);
  return (
    assignment?.type === 'assignment' &&
    field(assignment, 'right') === value &&
    field(assignment, 'left')?.type === 'identifier'
  );
}

/** Whether another file may import a name: any that says it. */
function isExported(name: string, unit: Unit, others: readonly Unit[]): boolean {
  const word = new RegExp(`\\b${name}\\b`);
  return others.some((other) => other !== unit && word.test(other.text)) || isListed(name, unit);
}
