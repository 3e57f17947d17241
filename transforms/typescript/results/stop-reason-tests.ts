import { ts } from '../ts.js';
import { isLegacyStopReason } from '../../../src/api/stop-reasons.js';
import type { Edit } from '../../../src/edits/edit.js';
import { quoted, type Pieces } from '../print.js';
import { isAccess, unwrap } from '../syntax.js';
import type { Unit } from '../unit.js';
import { valuesOf } from '../values.js';
import { needsParentheses } from './precedence.js';
import { reasonsOf } from './stop-reason-map.js';
import { isSimple } from './text.js';
import type { World } from './world.js';

const EQUALITY: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
]);
const INEQUALITY: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

export function isComparison(kind: ts.SyntaxKind): boolean {
  return EQUALITY.has(kind) || INEQUALITY.has(kind);
}

/** The strings that an expression can be, if there can be no others; an empty list for `null` and `undefined`. */
export function stringsOf(node: ts.Expression, world: World): readonly string[] | undefined {
  const value = unwrap(node);
  if (value.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(value) && value.text === 'undefined')) return [];
  const { leaves, complete } = valuesOf(value, world.symbols);
  const texts = leaves.map((leaf) => (ts.isStringLiteralLike(leaf) ? leaf.text : undefined));
  return complete && texts.every((text) => text !== undefined) ? texts : undefined;
}

/** Whether an expression can be no stop reason. */
export function isOtherThanReasons(node: ts.Expression, world: World): boolean {
  const texts = stringsOf(node, world);
  return texts !== undefined && !texts.some(isLegacyStopReason);
}

/** A comparison with a stop reason as one with each that stands for it; undefined if it cannot be known. */
export function comparisonEdits(
  value: ts.Expression,
  comparison: ts.BinaryExpression,
  world: World,
): readonly Edit[] | undefined {
  const isLeft = comparison.left === value;
  const other = isLeft ? comparison.right : comparison.left;
  const texts = stringsOf(other, world);
  const unit = world.unitOf(comparison);
  if (!texts || texts.length > 1 || !unit) return undefined;
  const [text] = texts;
  if (text === undefined) return [];
  if (!isLegacyStopReason(text)) return isAccess(value) && unit.isTypeScript ? [asAnyText(value, unit)] : [];
  const reasons = reasonsOf(text, unit, world);
  if (reasons.length === 1) return [];
  if (!isSimple(unwrapFallback(value))) return undefined;
  const operator = ` ${comparison.operatorToken.getText()} `;
  const isEqual = EQUALITY.has(comparison.operatorToken.kind);
  const tests = reasons.map((reason): Pieces => {
    const literal =
      reason === text ? unit.range(other) : quoted(reason, { quote: unit.style.quote, rawNewLines: false });
    return isLeft ? [unit.range(value), operator, literal] : [literal, operator, unit.range(value)];
  });
  const pieces = tests.flatMap((test, index) => (index === 0 ? test : [isEqual ? ' || ' : ' && ', ...test]));
  const isLoose = needsParentheses(comparison, isEqual ? 'or' : 'and');
  return [{ range: unit.range(comparison), pieces: isLoose ? ['(', ...pieces, ')'] : pieces }];
}

const ANY_TEXT = ' as string | null';

/** A test for what was never a stop reason: it stays false, and has to compile. */
function asAnyText(value: ts.Expression, unit: Unit): Edit {
  const range = unit.range(value);
  return { range, pieces: ['(', range, ANY_TEXT, ')'] };
}

function unwrapFallback(value: ts.Expression): ts.Expression {
  const inner = unwrap(value);
  const isAround = ts.isBinaryExpression(inner) && !isComparison(inner.operatorToken.kind);
  const read = isAround ? unwrap(inner.left) : inner;
  return isAccess(read) ? read.expression : read;
}

/** The same for a `switch`: a case more beside the legacy one. */
export function switchEdits(statement: ts.SwitchStatement, world: World): readonly Edit[] | undefined {
  const unit = world.unitOf(statement);
  if (!unit) return undefined;
  const clauses = statement.caseBlock.clauses.filter(ts.isCaseClause);
  const texts = clauses.map((clause) => stringsOf(clause.expression, world));
  if (texts.some((text) => text === undefined || text.length > 1)) return undefined;
  const known = new Set(texts.flatMap((text) => text ?? []));
  const value = unit.range(statement.expression);
  const isForeign = unit.isTypeScript && isAccess(statement.expression) && ![...known].every(isLegacyStopReason);
  const cast: readonly Edit[] = isForeign ? [{ range: value, pieces: [value, ANY_TEXT] }] : [];
  const cases = clauses.flatMap((clause, index): Edit[] => {
    const text = texts[index]?.[0];
    if (text === undefined || !isLegacyStopReason(text)) return [];
    const { start } = unit.range(clause);
    const line = unit.text.lastIndexOf('\n', start) + 1;
    const before = unit.text.slice(line, start);
    const separator = /^\s*$/.test(before) ? `\n${before}` : ' ';
    return reasonsOf(text, unit, world)
      .filter((reason) => !known.has(reason))
      .map((reason) => ({
        range: { start, end: start },
        pieces: [`case ${quoted(reason, { quote: unit.style.quote, rawNewLines: false })}:${separator}`],
      }));
  });
  return [...cast, ...cases];
}
