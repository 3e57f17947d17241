import type { Changes } from './changes.js';
import { removeElements, removeStatement } from './list-edits.js';
import { namedChildren, textOf, type Node } from './node.js';
import type { Unit } from './unit.js';

/** Where code goes that stands after the imports of a file: an offset at the start of a line. */
export function afterImports({ root, text }: Unit): number {
  let end = 0;
  for (const statement of namedChildren(root)) {
    if (isImport(statement)) end = statement.end;
    else if (!isDocstring(statement)) break;
    else end = Math.max(end, statement.end);
  }
  if (end === 0) return endOfHeader(text);
  const line = text.indexOf('\n', end);
  return line < 0 ? text.length : line + 1;
}

function isImport(statement: Node): boolean {
  if (statement.type.includes('import')) return true;
  const isGuard = statement.type === 'try_statement' || (statement.type === 'if_statement' && /TYPE_CHECKING|version_info/.test(textOf(statement).split('\n')[0] ?? ''));
  return isGuard && /^\s*(from|import)\s/m.test(textOf(statement));
}

function isDocstring(statement: Node): boolean {
  return statement.type === 'expression_statement' && namedChildren(statement)[0]?.type === 'string';
}

/** The end of a shebang and of the comments that begin a file. */
function endOfHeader(text: string): number {
  return /^(?:#[^\n]*\n)*/.exec(text)?.[0].length ?? 0;
}

/** Takes names out of an `import` statement; the statement goes with the last of them. */
export function dropImported(statement: Node, clauses: ReadonlySet<Node>, unit: Unit, changes: Changes): void {
  const all = statement.children.filter((child) => child.field === 'name');
  if (all.every((clause) => clauses.has(clause))) {
    changes.apply(unit, [removeStatement(statement, unit)]);
    return;
  }
  // Only the names: what stands before them is no element of the list.
  const list = { ...statement, children: statement.children.filter((child) => child.field === 'name' || child.type === ',' || child.type === 'comment') };
  changes.apply(unit, removeElements(list, clauses, unit));
}
