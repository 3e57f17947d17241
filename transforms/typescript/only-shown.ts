import { ts } from './ts.js';
import { enclosingFunction, unwrap, wrapping } from './syntax.js';
import type { Symbols } from './symbols.js';

/**
 * What becomes of a whole value that nobody takes apart: a person reads it in a log, it is the text of an output, or a
 * cache finds something by it.
 */
export type Showing = 'log' | 'output' | 'key';

const LOGGERS = /^(console|winston|pino|l?log(ger|ging)?|debug|tracer)$|Log(ger)?$/;
const LEVELS = /^(log|trace|debug|verbose|silly|info|notice|http|warn|warning|error|fatal|dir)$/;
const LOG_FUNCTION = /^(debug|log|trace|dbg)$/;
const PRINTERS = /^(stringify|inspect|format)$|hash|digest|^(md5|sha\d*|update|toString|slice|substring)$/i;
const KEY = /key|hash|digest|fingerprint|checksum/i;
const CACHE = /cache|memo|store|storage|redis|kv$/i;
const LOOKS_UP = /^(get|set|has|add|delete|getItem|setItem|setex|wrap)$/;

/** Whether a whole value is only shown, whichever shape it has; undefined where something may be done with it. */
export function shownAs(value: ts.Expression, symbols: Symbols): Showing | undefined {
  const outer = wrapping(value);
  const { parent } = outer;
  const isProperty =
    (ts.isPropertyAssignment(parent) && parent.initializer === outer) || ts.isShorthandPropertyAssignment(parent);
  if (isProperty) return isArgument(parent.parent, (call) => isLogCall(call, symbols)) ? 'log' : undefined;
  if (isArgument(outer, (call) => isLogCall(call, symbols))) return 'log';
  return isArgument(outer, isPrinter) ? printedAs(parent as ts.CallExpression, symbols) : undefined;
}

/** What becomes of the text that a value was made into. */
function printedAs(text: ts.Expression, symbols: Symbols): Showing | undefined {
  const { parent } = text;
  if (isArgument(text, (call) => isLogCall(call, symbols)))
    return (parent as ts.CallExpression).expression.getText().startsWith('console.') ? 'output' : 'log';
  if (isArgument(text, isLookUp)) return 'key';
  if (isArgument(text, isPrinter)) return printedAs(parent as ts.CallExpression, symbols);
  if (ts.isPropertyAccessExpression(parent) && PRINTERS.test(parent.name.text) && ts.isCallExpression(parent.parent))
    return printedAs(parent.parent, symbols);
  if (ts.isTemplateSpan(parent)) return printedAs(parent.parent, symbols);
  const isPart =
    ts.isParenthesizedExpression(parent) ||
    ts.isAwaitExpression(parent) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.PlusToken);
  if (isPart) return printedAs(parent, symbols);
  if (ts.isVariableDeclaration(parent)) return KEY.test(parent.name.getText()) ? 'key' : undefined;
  const isGiven = ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === text);
  return isGiven && KEY.test(nameOf(enclosingFunction(text)) ?? '') ? 'key' : undefined;
}

function isArgument(node: ts.Node, test: (call: ts.CallExpression) => boolean): boolean {
  const { parent } = node;
  return ts.isCallExpression(parent) && parent.arguments.includes(node as ts.Expression) && test(parent);
}

function isLogCall(call: ts.CallExpression, symbols: Symbols): boolean {
  const callee = unwrap(call.expression);
  if (ts.isIdentifier(callee)) {
    const declaration = symbols.declaration(callee);
    return LOG_FUNCTION.test(callee.text) && !(declaration && ts.isFunctionLike(declaration));
  }
  return (
    ts.isPropertyAccessExpression(callee) && LEVELS.test(callee.name.text) && LOGGERS.test(lastName(callee.expression))
  );
}

function isPrinter(call: ts.CallExpression): boolean {
  const callee = unwrap(call.expression);
  if (ts.isPropertyAccessExpression(callee) && callee.name.text === 'stringify')
    return callee.expression.getText() === 'JSON';
  return PRINTERS.test(lastName(callee));
}

function isLookUp(call: ts.CallExpression): boolean {
  const callee = unwrap(call.expression);
  return (
    ts.isPropertyAccessExpression(callee) && LOOKS_UP.test(callee.name.text) && CACHE.test(lastName(callee.expression))
  );
}

function lastName(node: ts.Expression): string {
  const inner = unwrap(node);
  if (ts.isIdentifier(inner)) return inner.text;
  return ts.isPropertyAccessExpression(inner) ? inner.name.text : '';
}

function nameOf(fn: ts.Node | undefined): string | undefined {
  if (!fn) return undefined;
  const name = ts.getNameOfDeclaration(fn as ts.Declaration);
  const holder = ts.isVariableDeclaration(fn.parent) ? fn.parent.name : undefined;
  return (name ?? holder)?.getText();
}
