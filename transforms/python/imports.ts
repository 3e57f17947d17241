import type { Changes } from './changes.js';
import { isOnlyStatement, removeElements, removeStatement } from './list-edits.js';
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
  return lineAfter(end, text);
}

function isImport(statement: Node): boolean {
  if (statement.type.includes('import')) return true;
  const isGuard =
    statement.type === 'try_statement' ||
    (statement.type === 'if_statement' && /TYPE_CHECKING|version_info/.test(textOf(statement).split('\n')[0] ?? ''));
  return isGuard && /^\s*(from|import)\s/m.test(textOf(statement));
}

function isDocstring(statement: Node): boolean {
  return statement.type === 'expression_statement' && namedChildren(statement)[0]?.type === 'string';
}

/** The end of a shebang and of the comments that begin a file. */
function endOfHeader(text: string): number {
  return /^(?:#[^\n]*\n)*/.exec(text)?.[0].length ?? 0;
}

/** Modules of the standard library that stand beside others of it in the imports of most files. */
const STANDARD = new Set([
  ...[
    'abc',
    'argparse',
    'ast',
    'asyncio',
    'base64',
    'bisect',
    'calendar',
    'codecs',
    'collections',
    'concurrent',
    'configparser',
    'contextlib',
    'copy',
    'csv',
  ],
  ...[
    'dataclasses',
    'datetime',
    'decimal',
    'difflib',
    'email',
    'enum',
    'fractions',
    'functools',
    'getpass',
    'glob',
    'gzip',
    'hashlib',
    'heapq',
    'hmac',
    'html',
  ],
  ...[
    'http',
    'importlib',
    'inspect',
    'io',
    'itertools',
    'json',
    'locale',
    'logging',
    'math',
    'multiprocessing',
    'operator',
    'os',
    'pathlib',
    'pickle',
    'platform',
  ],
  ...[
    'pprint',
    'queue',
    'random',
    're',
    'secrets',
    'shutil',
    'signal',
    'socket',
    'sqlite3',
    'ssl',
    'statistics',
    'string',
    'struct',
    'subprocess',
    'sys',
  ],
  ...[
    'tempfile',
    'textwrap',
    'threading',
    'time',
    'traceback',
    'types',
    'typing',
    'unittest',
    'urllib',
    'uuid',
    'warnings',
    'weakref',
    'zipfile',
  ],
]);

/** Adds imports of the standard library: each in order among its likes, or all above the other imports. */
export function addImports(statements: readonly string[], unit: Unit, changes: Changes): void {
  const missing = [...statements].sort(
    (a, b) => Number(a.startsWith('from')) - Number(b.startsWith('from')) || (a < b ? -1 : 1),
  );
  const places = missing.map((statement) => placeOfImport(statement, unit));
  const others = namedChildren(unit.root).find((each) => each.type.startsWith('import'));
  for (const [index, statement] of missing.entries()) {
    const isLast = index === missing.length - 1;
    const place = places[index] ?? others?.start ?? afterImports(unit);
    changes.insert(unit, place, [`${statement}\n${places[index] === undefined && isLast && others ? '\n' : ''}`]);
  }
}

export function hasImports({ root }: Unit): boolean {
  return namedChildren(root).some((statement) => statement.type.startsWith('import'));
}

/** Imports for a file that has none, a blank line between them. */
export function addFirstImports(statements: readonly string[], unit: Unit, changes: Changes): void {
  const place = afterImports(unit);
  const rest = unit.text.slice(place);
  const gap = /^(\r?\n|$)/.test(rest) ? '' : /^(@|def |class |async )/.test(rest) ? '\n\n' : '\n';
  const above = place > 0 && !/\n\r?\n$/.test(unit.text.slice(0, place)) ? '\n' : '';
  changes.insert(unit, place, [`${above}${statements.join('\n\n')}\n${gap}`]);
}

/** An import of an installed package: behind another of it, or behind all imports. `isGoing` tells which statements will go. */
export function addImportBeside(
  statement: string,
  library: string,
  unit: Unit,
  isGoing: (statement: Node) => boolean,
  changes: Changes,
): void {
  const { root, text } = unit;
  const imports = namedChildren(root).filter((each) => each.type.includes('import'));
  const like = imports.find((each) => moduleOf(textOf(each)) === library);
  const place = like ? lineAfter(like.end, text) : afterImports(unit);
  const before = imports.filter((each) => each.end <= place && !isGoing(each)).at(-1);
  // With a statement that goes, the blank line above it goes if one follows.
  const isBelowGap = like !== undefined && !isGoing(like);
  const isApart = isBelowGap || (like !== undefined && !/\n\r?\n$/.test(text.slice(0, like.start)));
  const isFirstOfKind =
    before !== undefined && (before.type.startsWith('future') || STANDARD.has(moduleOf(textOf(before))));
  changes.insert(unit, place, [`${isFirstOfKind && !isApart ? '\n' : ''}${statement}\n`]);
}

/** Where an import goes among those of the standard library; undefined where a file has none of them. */
function placeOfImport(statement: string, unit: Unit): number | undefined {
  const standard = namedChildren(unit.root).filter(
    (each) => each.type.startsWith('import') && STANDARD.has(moduleOf(textOf(each))),
  );
  const isFrom = statement.startsWith('from');
  const likes = standard.filter((each) => textOf(each).startsWith('from') === isFrom);
  const next = likes.find((each) => moduleOf(textOf(each)) > moduleOf(statement));
  const place = next ?? (likes.length === 0 && !isFrom ? standard[0] : undefined);
  if (place) return place.start;
  const last = likes.at(-1) ?? standard.at(-1);
  return last && lineAfter(last.end, unit.text);
}

function moduleOf(statement: string): string {
  return /^(?:from|import)\s+(\w+)/.exec(statement)?.[1] ?? '';
}

function lineAfter(offset: number, text: string): number {
  const line = text.indexOf('\n', offset);
  return line < 0 ? text.length : line + 1;
}

/** Takes names out of an `import` statement; the statement goes with the last of them. */
export function dropImported(statement: Node, clauses: ReadonlySet<Node>, unit: Unit, changes: Changes): void {
  const all = statement.children.filter((child) => child.field === 'name');
  if (all.every((clause) => clauses.has(clause))) {
    // A block cannot be empty, and what catches the failure of an import tells whether the SDK is there.
    if (isOnlyStatement(statement)) {
      changes.replace(unit, statement, ['import anthropic']);
      return;
    }
    changes.apply(unit, [removeStatement(statement, unit)]);
    return;
  }
  // Only the names: what stands before them is no element of the list.
  const list = {
    ...statement,
    children: statement.children.filter(
      (child) => child.field === 'name' || child.type === ',' || child.type === 'comment',
    ),
  };
  changes.apply(unit, removeElements(list, clauses, unit));
}
