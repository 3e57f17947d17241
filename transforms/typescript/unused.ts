import { ts } from './ts.js';
import type { Edit } from '../../src/edits/edit.js';
import { isRequired } from './commonjs.js';
import type { Changes } from './changes.js';
import type { Assembly } from './lift/assembly.js';
import { removeStatement } from './list-edits.js';
import { survivors, type Survives } from '../../src/edits/survivors.js';
import { localSymbol, type Symbols } from './symbols.js';
import type { View } from './program.js';
import { enclosingStatement, walk } from './syntax.js';
import type { Unit } from './unit.js';
import { isExportedSymbol } from './values.js';

/**
 * Removes the variables whose text went into the messages, once nothing else reads them: only what our own edits took
 * the last use from. Repeats, because a variable may have been the last reader of another.
 */
export function removeUnused(assemblies: readonly Assembly[], unit: Unit, symbols: Symbols, changes: Changes): void {
  const open = new Map(assemblies.map((assembly) => [assembly.declaration, assembly]));
  for (let changed = true; changed;) {
    changed = false;
    const survives = survivors(changes.of(unit));
    const gone = [...changes.dropped.values()].flatMap(({ nodes }) => [...nodes]);
    for (const [declaration, assembly] of open) {
      if (declaration.getSourceFile() !== unit.tree) {
        open.delete(declaration);
        removeImport(assembly, unit, symbols, survives, changes);
        continue;
      }
      if (isRead(assembly, unit, symbols, survives, gone)) continue;
      open.delete(declaration);
      removeAssembly(assembly, unit, changes);
      changed = true;
      break;
    }
  }
}

/** Drops the import of a constant of another file once nothing in this file reads it. */
function removeImport({ symbol }: Assembly, unit: Unit, symbols: Symbols, survives: Survives, changes: Changes): void {
  const own = symbols.references(symbol).filter((reference) => reference.getSourceFile() === unit.tree);
  const specifiers = new Set(
    own.map(({ parent }) => parent).filter((parent) => ts.isImportSpecifier(parent) || isRequired(parent)),
  );
  const [specifier] = specifiers;
  if (
    !specifier ||
    specifiers.size > 1 ||
    own.some((reference) => reference.parent !== specifier && survives(unit.range(reference)))
  )
    return;
  changes.drop(unit, specifier.parent, specifier);
}

/** Drops imported names that nothing in their file reads any more. */
export function removeUnread(
  imported: readonly ts.ImportSpecifier[],
  unit: Unit,
  { checker }: View,
  changes: Changes,
): void {
  const survives = survivors(changes.of(unit));
  for (const specifier of new Set(imported)) {
    const uses: ts.Identifier[] = [];
    walk(unit.tree, (node) => {
      if (!ts.isIdentifier(node) || node.parent === specifier || node.text !== specifier.name.text) return undefined;
      if (localSymbol(node, checker)?.declarations?.[0] === specifier) uses.push(node);
      return undefined;
    });
    if (!uses.some((use) => survives(unit.range(use)))) changes.drop(unit, specifier.parent, specifier);
  }
}

function isRead(
  { symbol, declaration, appends }: Assembly,
  unit: Unit,
  symbols: Symbols,
  survives: Survives,
  gone: readonly ts.Node[],
): boolean {
  if (isExportedSymbol(symbol, symbols)) return true;
  return symbols.references(symbol).some((reference) => {
    const own =
      reference === declaration.name ||
      [...appends, declaration].some((node) => node.pos <= reference.pos && reference.end <= node.end);
    const isDropped = gone.some((node) => node.pos <= reference.pos && reference.end <= node.end);
    return !own && !isDropped && (reference.getSourceFile() !== unit.tree || survives(unit.range(reference)));
  });
}

/** What goes from between two blank lines takes one of them along. */
function withBlankLine({ range, pieces }: Edit, { text }: Unit): Edit {
  const isAfterBlank = /(^|\n)[ \t]*\r?\n$/.test(text.slice(0, range.start)) || range.start === 0;
  const blank = /^[ \t]*\r?\n/.exec(text.slice(range.end))?.[0].length ?? 0;
  return { range: { start: range.start, end: range.end + (isAfterBlank ? blank : 0) }, pieces };
}

function removeAssembly({ declaration, appends }: Assembly, unit: Unit, changes: Changes): void {
  const list = declaration.parent;
  if (ts.isFunctionDeclaration(declaration))
    changes.apply(unit, [withBlankLine(removeStatement(declaration, unit), unit)]);
  else if (ts.isVariableDeclarationList(list) && list.declarations.length > 1) changes.drop(unit, list, declaration);
  else changes.apply(unit, [removeStatement(enclosingStatement(declaration), unit)]);
  for (const statement of appends) changes.apply(unit, [removeStatement(statement, unit)]);
}
