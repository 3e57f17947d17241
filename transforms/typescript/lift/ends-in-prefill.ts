import { PREFILL_NAME } from '../../../src/prompt/telling-names.js';
import { ts } from '../ts.js';
import type { Symbols } from '../symbols.js';
import { literalText, unwrap, wrapping } from '../syntax.js';
import { isMadeOf, sdkMarkerText } from './marker-values.js';

const LAST_TURN = /\n\n(Human|Assistant):(?![^]*\n\n(?:Human|Assistant):)([^]*)$/;

/**
 * Whether a text that seems to end the prompt has words after its last Assistant marker, anywhere in what makes this
 * value. What follows a turn of a history is a value, and few-shot turns have more text behind them.
 */
export function endsInPrefill(value: ts.Expression, symbols: Symbols): boolean {
  return isMadeOf(
    value,
    (node) =>
      ts.isExpression(node) &&
      (isOptionalPrefill(node, symbols) || (isPrefilled(node, symbols) && isLast(node, symbols))),
    symbols,
  );
}

function isPrefilled(node: ts.Expression, symbols: Symbols): boolean {
  const [, role, text = ''] = LAST_TURN.exec(textOf(node, symbols)) ?? [];
  if (role === 'Assistant' && /^\s*\0$/.test(text)) return isBeginning(lastValue(node), symbols);
  return role === 'Assistant' && (/[^\s:\0]/.test(text) || /\0\s*[^\s\0]/.test(text));
}

/** `AI_PROMPT + (text ? ` ${text}` : '')`: what may be left out behind the marker, where a turn always says something. */
function isOptionalPrefill(node: ts.Expression, symbols: Symbols): boolean {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return false;
  const value = unwrap(node.right);
  const left = unwrap(node.left);
  const before = ts.isBinaryExpression(left) ? unwrap(left.right) : left;
  const text = sdkMarkerText(before, symbols) ?? textOf(before, symbols);
  const isEmpty = (branch: ts.Expression): boolean => literalText(branch) === '';
  const mayBeLeftOut = ts.isConditionalExpression(value)
    ? isEmpty(value.whenTrue) || isEmpty(value.whenFalse)
    : ts.isIdentifier(value) && isEmptyByDefault(value, symbols);
  return mayBeLeftOut && /\n\nAssistant:\s*$/.test(text);
}

function isEmptyByDefault(value: ts.Identifier, symbols: Symbols): boolean {
  const declaration = symbols.declaration(value);
  return declaration !== undefined && ts.isParameter(declaration) && literalText(declaration.initializer) === '';
}

function lastValue(node: ts.Expression): ts.Expression | undefined {
  return ts.isTemplateExpression(node) ? node.templateSpans.at(-1)?.expression : undefined;
}

/** Whether a value is a parameter that may be left out, or is called a beginning: the text of a turn is neither. */
function isBeginning(value: ts.Expression | undefined, symbols: Symbols): boolean {
  const declaration = value && ts.isIdentifier(value) ? symbols.declaration(value) : undefined;
  if (!value || !declaration || !ts.isParameter(declaration)) return false;
  return PREFILL_NAME.test(value.getText()) || literalText(declaration.initializer) === '';
}

/** The text of a literal, with its markers, and a sign that no prompt has for every other value. */
function textOf(node: ts.Expression, symbols: Symbols): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return '';
  const spans = node.templateSpans.map(
    ({ expression, literal }) => (sdkMarkerText(expression, symbols) ?? '\0') + literal.text,
  );
  return node.head.text + spans.join('');
}

/** Whether a name's value is read, and nothing put behind it. */
function isReadLast(name: ts.BindingName, symbols: Symbols): boolean {
  const symbol = ts.isIdentifier(name) ? symbols.of(name) : undefined;
  const readers = symbol ? symbols.references(symbol).filter((reference) => reference !== name) : [];
  return readers.length > 0 && readers.every((reader) => isLast(reader, symbols));
}

/** Whether nothing is seen to be put behind a text: it is returned, kept in a table, or passed on. */
function isLast(node: ts.Expression, symbols: Symbols): boolean {
  const outer = wrapping(node);
  const { parent } = outer;
  if (ts.isConditionalExpression(parent)) return parent.condition !== outer && isLast(parent, symbols);
  if (ts.isBinaryExpression(parent))
    return parent.operatorToken.kind === ts.SyntaxKind.PlusToken && parent.right === outer && isLast(parent, symbols);
  if (ts.isVariableDeclaration(parent)) return isReadLast(parent.name, symbols);
  if (ts.isCallExpression(parent)) {
    const called = ts.isIdentifier(parent.expression) ? symbols.declaration(parent.expression) : undefined;
    const fn = called && ts.isVariableDeclaration(called) ? called.initializer : called;
    const parameter = fn && ts.isFunctionLike(fn) ? fn.parameters[parent.arguments.indexOf(outer)] : undefined;
    return parameter !== undefined && isReadLast(parameter.name, symbols);
  }
  return (
    ts.isReturnStatement(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isShorthandPropertyAssignment(parent) ||
    (ts.isArrowFunction(parent) && parent.body === outer)
  );
}
