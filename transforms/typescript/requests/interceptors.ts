import { VERSION_HEADER } from '../../../src/api/http.js';
import { ts } from '../ts.js';
import type { Symbols } from '../symbols.js';
import { accessName, isAccess, literalText, unwrap, walk } from '../syntax.js';

/**
 * Whether functions of the program may change what a client sends or gets, so that its calls do not show it: interceptors
 * that do more than set headers, or log, and defaults that are set later.
 */
export function isIntercepted(client: ts.Expression, symbols: Symbols): boolean {
  const symbol = symbols.of(ts.isPropertyAccessExpression(client) ? client.name : client);
  const uses = symbol ? symbols.references(symbol) : [];
  return uses.some((use) => {
    const whole = isAccess(use.parent) && use.parent.expression !== use ? use.parent : use;
    const { parent } = whole;
    if (!ts.isPropertyAccessExpression(parent)) return false;
    return parent.name.text === 'defaults' || (parent.name.text === 'interceptors' && !isHarmless(parent));
  });
}

/** `client.interceptors.request.use(setKey)` and `client.interceptors.response.use((response) => response, report)` */
function isHarmless(interceptors: ts.PropertyAccessExpression): boolean {
  const side = interceptors.parent;
  const use = ts.isPropertyAccessExpression(side) ? side.parent : undefined;
  const call = use && ts.isPropertyAccessExpression(use) ? use.parent : undefined;
  if (!use || !call || !ts.isCallExpression(call) || call.expression !== use) return false;
  const [given, failed] = call.arguments;
  const isRequest = ts.isPropertyAccessExpression(side) && side.name.text === 'request';
  return (
    given !== undefined &&
    (isNothing(given) || handsOn(given, isRequest)) &&
    (failed === undefined || !/\b(completion|data)\b/.test(failed.getText()))
  );
}

function isNothing(node: ts.Expression): boolean {
  return node.kind === ts.SyntaxKind.NullKeyword || node.getText() === 'undefined';
}

/** Whether a function gives back what it gets, with no more than other headers. */
function handsOn(expression: ts.Expression, mayAddHeaders: boolean): boolean {
  const fn = unwrap(expression);
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const [parameter] = fn.parameters;
  const name = parameter && ts.isIdentifier(parameter.name) ? parameter.name.text : undefined;
  if (name === undefined) return false;
  if (!ts.isBlock(fn.body)) return unwrap(fn.body).getText() === name;
  const last = fn.body.statements.at(-1);
  if (!last || !ts.isReturnStatement(last)) return false;
  let isClean = true;
  walk(fn.body, (node) => {
    if (ts.isReturnStatement(node)) isClean &&= node.expression?.getText() === name;
    else if (ts.isIdentifier(node) && node.text === name && !ts.isReturnStatement(node.parent))
      isClean &&= isLogged(node) || (mayAddHeaders && isHeaderSet(node));
    return isClean;
  });
  return isClean;
}

function isLogged(node: ts.Node): boolean {
  for (let at = node.parent; !ts.isStatement(at); at = at.parent)
    if (ts.isCallExpression(at)) return /^console\.\w+$/.test(at.expression.getText());
  return false;
}

/** `config.headers['x-api-key'] = key` and `config.headers.set('x-api-key', key)`, but for the version. */
function isHeaderSet(name: ts.Identifier): boolean {
  const headers = name.parent;
  if (!isAccess(headers) || headers.expression !== name || accessName(headers) !== 'headers') return false;
  const entry = headers.parent;
  if (!isAccess(entry) || entry.expression !== headers) return false;
  const { parent } = entry;
  const isCall = ts.isCallExpression(parent) && parent.expression === entry;
  const key = isCall ? literalText(parent.arguments[0]) : accessName(entry);
  const isSet = isCall
    ? accessName(entry) === 'set'
    : ts.isBinaryExpression(parent) && parent.left === entry && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return isSet && key !== undefined && key.toLowerCase() !== VERSION_HEADER;
}
