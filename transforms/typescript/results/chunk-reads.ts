import { ts } from '../ts.js';
import { accessName, enclosingFunction, isAccess, isWritten, staticName, wrapping } from '../syntax.js';
import { readsOf } from './reads-of.js';
import type { World } from './world.js';

/** What a loop takes from its chunks. */
export interface ChunkReads {
  /** Expressions or names that stand for the text of a chunk. */
  readonly texts: readonly ts.Expression[];
  readonly reasons: readonly ts.Expression[];
  /** Tests whether there is a chunk, which there is. */
  readonly tests: readonly ts.Identifier[];
  /** Statements in the loop that take a chunk apart: `const { completion } = chunk;`. */
  readonly patterns: readonly ts.VariableDeclaration[];
  /** Whether a function inside the loop reads something, where types are not narrowed. */
  readonly isCaptured: boolean;
}

/** Every read of a loop's chunk; undefined if a chunk is used in any other way than for its text and stop reason. */
export function chunkReads(statement: ts.ForOfStatement, world: World): ChunkReads | undefined {
  const declaration = ts.isVariableDeclarationList(statement.initializer)
    ? statement.initializer.declarations[0]
    : undefined;
  if (!declaration || declaration.type) return undefined;
  const found: Found = { texts: [], reasons: [], tests: [], patterns: [] };
  const isKnown = ts.isIdentifier(declaration.name)
    ? collectName(declaration.name, found, world)
    : collectPattern(declaration.name, found, world);
  if (!isKnown) return undefined;
  const own = enclosingFunction(statement);
  return { ...found, isCaptured: [...found.texts, ...found.reasons].some((node) => enclosingFunction(node) !== own) };
}

interface Found {
  readonly texts: ts.Expression[];
  readonly reasons: ts.Expression[];
  readonly tests: ts.Identifier[];
  readonly patterns: ts.VariableDeclaration[];
}

function collectName(name: ts.Identifier, found: Found, world: World): boolean {
  return readsOf(name, world).every((read) => {
    const outer = wrapping(read);
    const { parent } = outer;
    if (isAccess(parent) && parent.expression === outer && !isWritten(parent))
      return collectField(accessName(parent), parent, found);
    if (isTest(outer, parent)) {
      found.tests.push(read);
      return true;
    }
    if (
      !ts.isVariableDeclaration(parent) ||
      parent.initializer !== outer ||
      parent.type ||
      ts.isIdentifier(parent.name)
    )
      return false;
    const isAlone =
      ts.isVariableDeclarationList(parent.parent) &&
      ts.isVariableStatement(parent.parent.parent) &&
      parent.parent.declarations.length === 1;
    if (!isAlone || !collectPattern(parent.name, found, world)) return false;
    found.patterns.push(parent);
    return true;
  });
}

function isTest(node: ts.Expression, parent: ts.Node): boolean {
  if (ts.isBinaryExpression(parent))
    return parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
  return (
    ts.isIfStatement(parent) ||
    (ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.ExclamationToken)
  );
}

function collectField(field: string | undefined, node: ts.Expression, found: Found): boolean {
  if (field === 'completion') found.texts.push(node);
  else if (field === 'stop_reason') found.reasons.push(node);
  return field === 'completion' || field === 'stop_reason';
}

function collectPattern(pattern: ts.BindingPattern, found: Found, world: World): boolean {
  if (!ts.isObjectBindingPattern(pattern)) return false;
  return pattern.elements.every((element) => {
    if (!ts.isIdentifier(element.name) || element.dotDotDotToken || element.initializer) return false;
    const reads = readsOf(element.name, world);
    const field = staticName(element.propertyName ?? element.name);
    return (
      !reads.some(isWritten) &&
      reads.every((read) => collectField(field, read, found)) &&
      (field === 'completion' || field === 'stop_reason')
    );
  });
}
