import { ts } from '../ts.js';
import { isLegacyStopReason } from '../../../src/api/stop-reasons.js';
import type { Edit } from '../../../src/edits/edit.js';
import { accessName, isAccess, isWritten, staticName, unwrap } from '../syntax.js';
import { isExportedSymbol } from '../values.js';
import { reasonsOf } from './stop-reason-map.js';
import type { World } from './world.js';

/**
 * `TABLE[reason]`: the table gets an entry for every new reason, with the value of the legacy one.
 * Undefined if the table may be used for anything but looking reasons up, or takes no further keys.
 */
export function addToTable(lookup: ts.ElementAccessExpression, world: World): readonly Edit[] | undefined {
  const table = unwrap(lookup.expression);
  const declaration = ts.isIdentifier(table) ? world.symbols.declaration(table) : undefined;
  const initial =
    declaration && ts.isVariableDeclaration(declaration) && declaration.initializer
      ? unwrap(declaration.initializer)
      : undefined;
  const unit = initial && world.unitOf(initial);
  if (!unit || !declaration || !ts.isObjectLiteralExpression(initial) || !isOnlyLookedUp(table as ts.Identifier, world))
    return undefined;
  if (hasOwnKeys(declaration as ts.VariableDeclaration, world)) return undefined;
  const names = new Set(initial.properties.map((property) => staticName(property.name)));
  const edits: Edit[] = [];
  for (const property of initial.properties) {
    const name = staticName(property.name);
    if (name === undefined) return undefined;
    if (!isLegacyStopReason(name)) continue;
    if (!ts.isPropertyAssignment(property) || !isPlain(property.initializer)) return undefined;
    const { start } = unit.range(property);
    const { quote } = unit.style;
    const before = unit.text.slice(unit.text.lastIndexOf('\n', start) + 1, start);
    const separator = /^\s*$/.test(before) ? `,\n${before}` : ', ';
    for (const reason of reasonsOf(name, unit, world).filter((each) => !names.has(each))) {
      const key = ts.isStringLiteral(property.name) ? `${quote}${reason}${quote}` : reason;
      edits.push({ range: { start, end: start }, pieces: [`${key}: `, unit.range(property.initializer), separator] });
    }
  }
  return edits;
}

function isPlain(node: ts.Expression): boolean {
  const value = unwrap(node);
  return (
    ts.isLiteralExpression(value) ||
    ts.isIdentifier(value) ||
    isAccess(value) ||
    value.kind === ts.SyntaxKind.TrueKeyword ||
    value.kind === ts.SyntaxKind.FalseKeyword ||
    value.kind === ts.SyntaxKind.NullKeyword
  );
}

function isOnlyLookedUp(table: ts.Identifier, world: World): boolean {
  const symbol = world.symbols.of(table);
  if (!symbol || isExportedSymbol(symbol, world.symbols)) return false;
  return world.symbols.references(symbol).every((node) => {
    const { parent } = node;
    if (ts.isVariableDeclaration(parent)) return parent.name === node;
    return (
      isAccess(parent) &&
      parent.expression === node &&
      !isWritten(parent) &&
      (ts.isElementAccessExpression(parent) || accessName(parent) !== undefined)
    );
  });
}

/** Whether the table's declared type names its keys, so that another would not compile. */
function hasOwnKeys(declaration: ts.VariableDeclaration, { view: { checker } }: World): boolean {
  return declaration.type !== undefined && !checker.getTypeAtLocation(declaration.name).getStringIndexType();
}
