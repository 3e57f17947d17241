import { ts } from '../ts.js';
import type { Edit } from '../../../src/edits/edit.js';
import { isWritten, wrapping } from '../syntax.js';
import type { Unit } from '../unit.js';
import { readsOf } from './reads-of.js';
import type { World } from './world.js';

/** A call that only cuts off the leading space of legacy answers goes: Messages has none. */
export function dropSlice(text: ts.Expression, unit: Unit): readonly Edit[] {
  const { parent } = text;
  if (
    !ts.isPropertyAccessExpression(parent) ||
    parent.expression !== text ||
    !/^(slice|substring|substr)$/.test(parent.name.text)
  )
    return [];
  const call = parent.parent;
  if (!ts.isCallExpression(call) || call.expression !== parent || call.arguments.length !== 1) return [];
  const [from] = call.arguments;
  if (!from || !ts.isNumericLiteral(from) || from.text !== '1') return [];
  return [{ range: { start: unit.offset(text.end), end: unit.offset(call.end) }, pieces: [] }];
}

/** The same where the text went into a variable first, and nothing but such text ever does. */
export function dropSliceLater(
  text: ts.Expression,
  isText: (node: ts.Expression) => boolean,
  unit: Unit,
  world: World,
): readonly Edit[] {
  const name = holderOf(text, world);
  if (!name) return [];
  const { initializer } = name.parent as ts.VariableDeclaration;
  const uses = readsOf(name, world);
  const written = [
    ...(initializer ? [initializer] : []),
    ...uses.filter(isWritten).map((use) => writtenBy(wrapping(use).parent)),
  ];
  const isOnlyText = written.every((value) => value !== undefined && (isText(value) || isEmptyText(value)));
  return isOnlyText ? uses.flatMap((use) => dropSlice(wrapping(use), unit)) : [];
}

/** The name of the variable that a text is put into, or appended to. */
function holderOf(text: ts.Expression, { symbols }: World): ts.Identifier | undefined {
  const outer = wrapping(text);
  const { parent } = outer;
  if (ts.isVariableDeclaration(parent)) return ts.isIdentifier(parent.name) ? parent.name : undefined;
  if (
    !ts.isBinaryExpression(parent) ||
    parent.right !== outer ||
    !ts.isIdentifier(parent.left) ||
    writtenBy(parent) === undefined
  )
    return undefined;
  const declaration = symbols.declaration(parent.left);
  return declaration && ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name)
    ? declaration.name
    : undefined;
}

function writtenBy(node: ts.Node): ts.Expression | undefined {
  if (!ts.isBinaryExpression(node)) return undefined;
  const { kind } = node.operatorToken;
  return kind === ts.SyntaxKind.EqualsToken || kind === ts.SyntaxKind.PlusEqualsToken ? node.right : undefined;
}

function isEmptyText(node: ts.Expression): boolean {
  return ts.isStringLiteralLike(node) && node.text === '';
}

/** The same for a name that a pattern gives the text. */
export function dropSliceOf(name: ts.Identifier, unit: Unit, world: World): readonly Edit[] {
  const uses = readsOf(name, world);
  return uses.some(isWritten) ? [] : uses.flatMap((use) => dropSlice(wrapping(use), unit));
}
