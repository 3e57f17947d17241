import { ts } from './ts.js';
import type { Edit } from '../../src/edits/edit.js';
import type { Changes } from './changes.js';
import { removeElements, removeStatement } from './list-edits.js';
import type { Unit } from './unit.js';

/** Where names are bound: an import's braces, a destructured module, or declarations in a row. */
export type BindingList = ts.NamedImports | ts.ObjectBindingPattern | ts.VariableDeclarationList;

/** Carries out what was dropped from imports. */
export function settleImports(changes: Changes): void {
  for (const [list, { unit, nodes }] of changes.dropped) removeSpecifiers(list, [...nodes], unit, changes);
  for (const [unit, edits] of changes.edits) changes.edits.set(unit, withoutBlankTop(edits, unit));
}

/** A file whose first lines go begins with what comes after the blank ones below them. */
function withoutBlankTop(edits: readonly Edit[], { text }: Unit): Edit[] {
  const isTop = ({ range, pieces }: Edit): boolean => range.start === 0 && range.end > 0 && pieces.length === 0;
  return edits.map((edit) => {
    if (!isTop(edit)) return edit;
    const end = edit.range.end + (/^(?:[ \t]*\r?\n)+/.exec(text.slice(edit.range.end))?.[0].length ?? 0);
    const isFree = !edits.some(({ range }) => range.start <= end && range.end >= edit.range.end && range.start > 0);
    return isFree ? { range: { start: 0, end }, pieces: [] } : edit;
  });
}

/** Whether every name of a list is dropped, and nothing else is imported beside it. */
export function isWholeDropped(list: BindingList, { dropped }: Changes): boolean {
  const count = ts.isVariableDeclarationList(list) ? list.declarations.length : list.elements.length;
  return dropped.get(list)?.nodes.size === count && !(ts.isNamedImports(list) && list.parent.name);
}

/** Takes names out of an import or destructured module; one that binds nothing else goes whole. */
function removeSpecifiers(list: BindingList, nodes: readonly ts.Node[], unit: Unit, changes: Changes): void {
  const elements: readonly ts.Node[] = ts.isVariableDeclarationList(list) ? list.declarations : list.elements;
  if (nodes.length < elements.length) {
    changes.apply(unit, removeElements(elements, nodes, unit));
    return;
  }
  if (ts.isNamedImports(list)) {
    const clause = list.parent;
    if (clause.name) changes.replace(unit, { start: unit.range(clause.name).end, end: unit.range(list).end }, []);
    else changes.apply(unit, [removeStatement(clause.parent, unit)]);
    return;
  }
  const statement = ts.isVariableDeclarationList(list) ? list.parent : list.parent.parent.parent;
  changes.apply(unit, [removeStatement(statement, unit)]);
}
