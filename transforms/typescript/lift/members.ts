import { ts } from '../ts.js';
import { accessName, isAccess, isWritten, staticName, unwrap } from '../syntax.js';
import type { LiftContext, Parts } from './context.js';
import { substituted } from './handle-of.js';
import { lift } from './lift.js';
import { holdsMarkerText, tell } from './parts.js';

/** `PROMPTS.summary` of a constant object, and `MARKERS[m.role]` of a role table. */
export function liftMember(
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  context: LiftContext,
): Parts | undefined {
  const owner = unwrap(node.expression);
  const declaration = ts.isIdentifier(owner) ? context.symbols.declaration(owner) : undefined;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  const table = unwrap(declaration.initializer);
  if (!ts.isObjectLiteralExpression(table) || declaration.getSourceFile() !== context.unit.tree) return undefined;
  const entries = table.properties.filter(ts.isPropertyAssignment);
  if (entries.length !== table.properties.length) return undefined;
  const name = accessName(node);
  if (isSetAgain(owner, name, context)) return undefined;
  if (name !== undefined) {
    const entry = entries.find((candidate) => staticName(candidate.name) === name);
    const parts = entry && lift(entry.initializer, context);
    if (!parts || !holdsMarkerText(parts)) return undefined;
    return tell(owner, declaration, parts, context);
  }
  const parts = ts.isElementAccessExpression(node) ? liftTable(node.argumentExpression, entries, context) : undefined;
  return parts && tell(owner, declaration, parts, context);
}

/** Whether a member of an object, or any where it is not known which, gets another value later. */
function isSetAgain(owner: ts.Expression, name: string | undefined, { symbols }: LiftContext): boolean {
  const symbol = symbols.of(owner);
  const references = symbol ? symbols.references(symbol) : [];
  return references.some(({ parent }) => {
    if (!isAccess(parent) || !references.some((reference) => reference === parent.expression)) return false;
    const set = accessName(parent);
    return isWritten(parent) && (name === undefined || set === undefined || set === name);
  });
}

function liftTable(
  key: ts.Expression,
  entries: readonly ts.PropertyAssignment[],
  context: LiftContext,
): Parts | undefined {
  const rows = entries.map((entry) => ({ name: staticName(entry.name), parts: lift(entry.initializer, context) }));
  const last = rows.pop();
  if (!last || rows.length === 0 || !holdsMarkerText(last.parts)) return undefined;
  const { quote } = context.unit.style;
  return rows.reduceRight<Parts>((otherwise, row) => {
    const pieces = [...substituted(key, context), ` === ${quote}${row.name ?? ''}${quote}`];
    return [
      {
        kind: 'choice',
        test: { kind: 'expression', pieces, isString: false, node: key },
        then: row.parts,
        else: otherwise,
      },
    ];
  }, last.parts);
}
