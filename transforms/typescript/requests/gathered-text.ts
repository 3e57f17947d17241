import { ts } from '../ts.js';
import type { Symbols } from '../symbols.js';
import { accessName, isAccess, isWritten, literalText, staticName, unwrap, wrapping } from '../syntax.js';

const HEAD = /^(statusCode|statusMessage|headers|rawHeaders|httpVersion|complete|url|socket)$/;
const QUIET = /^(setEncoding|resume|pause|destroy|off|removeListener|removeAllListeners)$/;
const LISTENS = /^(on|once|addListener)$/;

/**
 * Where the text of a response of Node is read: chunks that listeners or a loop gather in a variable, and what is made of
 * them. Undefined where the response goes to something else.
 */
export function gatheredFrom(response: ts.Identifier, symbols: Symbols): readonly ts.Expression[] | undefined {
  const symbol = symbols.of(response);
  const uses = symbol ? symbols.references(symbol).filter((reference) => reference !== response) : [];
  const chunks = uses.map((use) => chunksOf(use));
  if (!symbol || chunks.includes(undefined)) return undefined;
  const gathering: Gathering = { symbols, seen: new Set(), reads: new Set() };
  const names = chunks.flatMap((names) => names ?? []);
  return names.every((name) => followName(name, gathering)) ? [...gathering.reads] : undefined;
}

/** The names of the chunks that one use of a response gives; undefined for a use that is not known. */
function chunksOf(use: ts.Expression): readonly ts.Identifier[] | undefined {
  const outer = wrapping(use);
  const { parent } = outer;
  if (ts.isForOfStatement(parent) && parent.awaitModifier)
    return ts.isVariableDeclarationList(parent.initializer)
      ? namesIn(parent.initializer.declarations[0]?.name)
      : undefined;
  if (ts.isPropertyAssignment(parent)) return staticName(parent.name) === 'input' ? [] : undefined;
  if (!isAccess(parent) || parent.expression !== outer) return undefined;
  const name = accessName(parent) ?? '';
  const call = parent.parent;
  if (!ts.isCallExpression(call) || call.expression !== parent) return HEAD.test(name) ? [] : undefined;
  const own = LISTENS.test(name) ? heardBy(call) : QUIET.test(name) ? [] : undefined;
  const isChained = isAccess(wrapping(call).parent);
  const more = isChained ? chunksOf(call) : [];
  return own && more ? [...own, ...more] : undefined;
}

/** The chunk that a listener is given. */
function heardBy({ arguments: [event, listener] }: ts.CallExpression): readonly ts.Identifier[] | undefined {
  if (literalText(event) !== 'data') return event && ts.isStringLiteralLike(event) ? [] : undefined;
  const fn = listener && unwrap(listener);
  if (!fn || !(ts.isArrowFunction(fn) || ts.isFunctionExpression(fn))) return undefined;
  return fn.parameters[0] ? namesIn(fn.parameters[0].name) : [];
}

function namesIn(name: ts.BindingName | undefined): readonly ts.Identifier[] | undefined {
  return name && ts.isIdentifier(name) ? [name] : undefined;
}

interface Gathering {
  readonly symbols: Symbols;
  readonly seen: Set<ts.Symbol>;
  readonly reads: Set<ts.Expression>;
}

function followName(name: ts.Identifier, gathering: Gathering): boolean {
  const symbol = gathering.symbols.of(name);
  if (!symbol) return false;
  if (gathering.seen.has(symbol)) return true;
  gathering.seen.add(symbol);
  return gathering.symbols
    .references(symbol)
    .every((reference) => isDeclared(reference) || follow(reference, gathering));
}

/** One use of a chunk, or of what gathers them: it is added to something, or read. */
function follow(use: ts.Identifier, gathering: Gathering): boolean {
  if (isWritten(use)) return isGrown(use, gathering);
  const text = textOf(use);
  const outer = wrapping(text);
  const { parent } = outer;
  if (ts.isBinaryExpression(parent) && parent.right === outer && isWritten(parent.left))
    return isGatheredIn(parent.left, gathering);
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.PlusToken && isAssigned(parent))
    return isGatheredIn((wrapping(parent).parent as ts.BinaryExpression).left, gathering);
  if (ts.isCallExpression(parent) && parent.arguments[0] === outer && isPush(parent))
    return isGatheredIn((parent.expression as ts.PropertyAccessExpression).expression, gathering);
  const isReceiver = isAccess(parent) && parent.expression === outer;
  if (!isReceiver || !/^(push|length)$/.test(accessName(parent) ?? '')) gathering.reads.add(text);
  return true;
}

function isGatheredIn(target: ts.Expression, gathering: Gathering): boolean {
  const node = unwrap(target);
  return ts.isIdentifier(node) && followName(node, gathering);
}

/** Whether what is assigned to a variable is made of chunks, or empties it. */
function isGrown(target: ts.Identifier, { symbols, seen }: Gathering): boolean {
  const { parent } = wrapping(target);
  if (!ts.isBinaryExpression(parent)) return false;
  if (isEmpty(parent.right)) return true;
  let isOfChunks = false;
  const visit = (node: ts.Node): void => {
    const symbol = ts.isIdentifier(node) ? symbols.of(node) : undefined;
    isOfChunks ||= symbol !== undefined && seen.has(symbol);
    ts.forEachChild(node, visit);
  };
  visit(parent.right);
  return isOfChunks;
}

function isAssigned(sum: ts.BinaryExpression): boolean {
  const outer = wrapping(sum);
  return (
    ts.isBinaryExpression(outer.parent) &&
    outer.parent.right === outer &&
    outer.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}

function isPush({ expression }: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(expression) && expression.name.text === 'push';
}

/** A variable begins empty, or is given its first value later. */
function isDeclared({ parent }: ts.Identifier): boolean {
  if (ts.isParameter(parent)) return true;
  if (!ts.isVariableDeclaration(parent)) return false;
  return !parent.initializer || isEmpty(parent.initializer);
}

function isEmpty(value: ts.Expression): boolean {
  return /^(''|""|``|\[\]|Buffer\.alloc\(0\)|Buffer\.from\((''|""|\[\])\))$/.test(unwrap(value).getText());
}

const SAME_TEXT = /^(toString|join|trim)$/;
const MAKES_TEXT = /^(String|Buffer\.(concat|from))$/;

/** The text or the bytes that an expression is made into, as far as nothing else is done with it. */
function textOf(node: ts.Expression): ts.Expression {
  const outer = wrapping(node);
  const { parent } = outer;
  if (isAccess(parent) && parent.expression === outer) {
    const isSame =
      SAME_TEXT.test(accessName(parent) ?? '') &&
      ts.isCallExpression(parent.parent) &&
      parent.parent.expression === parent;
    return isSame ? textOf(parent.parent) : node;
  }
  if (ts.isArrayLiteralExpression(parent) && ts.isCallExpression(parent.parent) && makesText(parent.parent))
    return textOf(parent.parent);
  return ts.isCallExpression(parent) && parent.arguments[0] === outer && makesText(parent) ? textOf(parent) : node;
}

/** `Buffer.concat(chunks)`, `String(chunk)`, `decoder.write(chunk)` */
function makesText({ expression }: ts.CallExpression): boolean {
  const callee = unwrap(expression).getText();
  return MAKES_TEXT.test(callee) || /decoder.*\.(write|decode)$/i.test(callee);
}
