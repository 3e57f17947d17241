import { KEY_HEADER, OLDEST_VERSION, VERSION_HEADER } from '../../../src/api/http.js';
import { ts } from '../ts.js';
import type { Symbols } from '../symbols.js';
import { isAccess, isInside, literalText, returnedExpression, staticName, unwrap, walk } from '../syntax.js';
import { valuesOf } from '../values.js';
import { boundValue } from './bound.js';
import { onlyValue } from './only-value.js';

/** What has to change in the headers of a request. */
export type HeaderPlan =
  | { readonly kind: 'kept' }
  /** The version goes into this literal, or into an empty `new Headers()`. */
  | { readonly kind: 'added'; readonly to: ts.ObjectLiteralExpression }
  /** The version is set by a call of its own behind this one. */
  | { readonly kind: 'chained'; readonly behind: ts.CallExpression }
  /** These literals name the version of before. */
  | { readonly kind: 'raised'; readonly values: readonly ts.Expression[] }
  | { readonly kind: 'unseen' };

/** What the headers of a request say. */
export interface Headers {
  readonly plan: HeaderPlan;
  /** The token that is sent where the API documents a key. */
  readonly bearer: ts.Node | undefined;
}

interface Found {
  /** The outermost literal first. */
  readonly literals: ts.ObjectLiteralExpression[];
  versions: ts.Expression[];
  /** The names that are set, in lower case, with what sets them. */
  readonly named: Map<string, ts.Node>;
  /** Whether there may be headers that are not seen. */
  isOpen: boolean;
}

/**
 * Reads the headers of a request from everything that sets some of them, the nearest to the call first; `chain` are the
 * calls that build a request one on the other. What is added goes into the call itself where that has headers.
 */
export function readHeaders(
  sources: readonly ts.Expression[],
  symbols: Symbols,
  chain: readonly ts.CallExpression[] = [],
  call?: ts.CallExpression,
): Headers {
  const found: Found = { literals: [], versions: [], named: new Map(), isOpen: false };
  for (const source of sources) read(source, found, symbols, new Set());
  const sets = chain.filter(
    ({ expression }) => ts.isPropertyAccessExpression(expression) && expression.name.text === 'set',
  );
  for (const {
    arguments: [first, second],
  } of sets)
    if (first) readSet(first, second, found, symbols);
  const authorization = found.named.get('authorization');
  const isBearer =
    authorization !== undefined && !found.named.has(KEY_HEADER) && /\bBearer\b/i.test(authorization.getText());
  return {
    plan: planVersion(found, sets.at(-1) ?? chain[0], call, symbols),
    bearer: isBearer ? authorization : undefined,
  };
}

function planVersion(
  found: Found,
  behind: ts.CallExpression | undefined,
  call: ts.CallExpression | undefined,
  symbols: Symbols,
): HeaderPlan {
  if (found.versions.length > 0) {
    const old = found.versions
      .flatMap((value) => valuesOf(value, symbols).leaves)
      .filter((leaf) => literalText(leaf) === OLDEST_VERSION);
    return old.length > 0 ? { kind: 'raised', values: old } : { kind: 'kept' };
  }
  if (found.isOpen) return { kind: 'unseen' };
  const to = found.literals.find((literal) => call !== undefined && isInside(literal, call)) ?? found.literals[0];
  if (to) return { kind: 'added', to };
  return behind ? { kind: 'chained', behind } : { kind: 'unseen' };
}

/** `.set(headers)` or `.set(name, value)` */
function readSet(first: ts.Expression, value: ts.Expression | undefined, found: Found, symbols: Symbols): void {
  if (!value) {
    read(first, found, symbols, new Set());
    return;
  }
  const { leaves, complete } = valuesOf(first, symbols);
  const names = leaves.map((leaf) => literalText(leaf)?.toLowerCase());
  for (const name of names) if (name !== undefined) found.named.set(name, value);
  if (names.includes(VERSION_HEADER)) found.versions.push(value);
  else if (!complete || names.includes(undefined)) found.isOpen = true;
}

function read(expression: ts.Expression, found: Found, symbols: Symbols, seen: Set<ts.Node>): void {
  const node = unwrap(expression);
  if (seen.has(node)) return;
  seen.add(node);
  const bound = boundValue(node, symbols);
  if (bound) {
    if (bound.value) read(bound.value, found, symbols, seen);
    return;
  }
  if (ts.isObjectLiteralExpression(node)) readLiteral(node, found, symbols, seen);
  else if (ts.isIdentifier(node) || isAccess(node)) readDeclared(node, found, symbols, seen);
  else if (ts.isNewExpression(node) && node.arguments?.[0] && node.expression.getText() === 'Headers')
    read(node.arguments[0], found, symbols, seen);
  else if (ts.isConditionalExpression(node)) {
    read(node.whenTrue, found, symbols, seen);
    read(node.whenFalse, found, symbols, seen);
  } else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken)
    read(node.right, found, symbols, seen);
  else if (ts.isBinaryExpression(node) && /^(\?\?|\|\|)$/.test(node.operatorToken.getText())) {
    read(node.left, found, symbols, seen);
    read(node.right, found, symbols, seen);
  } else if (ts.isCallExpression(node)) readReturned(node, found, symbols, seen);
  else found.isOpen = true;
}

function readLiteral(node: ts.ObjectLiteralExpression, found: Found, symbols: Symbols, seen: Set<ts.Node>): void {
  found.literals.push(node);
  for (const property of node.properties) {
    const key = staticName(property.name)?.toLowerCase();
    if (key !== undefined) found.named.set(key, property);
    if (ts.isSpreadAssignment(property)) read(property.expression, found, symbols, seen);
    else if (key === VERSION_HEADER)
      found.versions.push(ts.isPropertyAssignment(property) ? property.initializer : node);
    else if (key === undefined) found.isOpen ||= !isNamedConstant(property, symbols);
  }
}

/** `[KEY_HEADER]: key`: a computed name that is seen, and no version. */
function isNamedConstant({ name }: ts.ObjectLiteralElementLike, symbols: Symbols): boolean {
  if (!name || !ts.isComputedPropertyName(name)) return false;
  const { leaves, complete } = valuesOf(name.expression, symbols);
  return complete && leaves.every((leaf) => literalText(leaf)?.toLowerCase() !== VERSION_HEADER);
}

/** A variable or member: what it is made from, and what is set on it later. */
function readDeclared(node: ts.Expression, found: Found, symbols: Symbols, seen: Set<ts.Node>): void {
  const name = ts.isPropertyAccessExpression(node) ? node.name : node;
  const symbol = symbols.of(name);
  const initial = symbol && onlyValue(symbol, symbols);
  if (!symbol || !initial) {
    found.isOpen = true;
    return;
  }
  read(initial, found, symbols, seen);
  for (const reference of symbols.references(symbol)) readLater(reference, found);
}

/** `headers['anthropic-version'] = value` and `headers.set('anthropic-version', value)`. */
function readLater(reference: ts.Identifier, found: Found): void {
  const access = isAccess(reference.parent) && reference.parent.expression !== reference ? reference.parent : reference;
  const { parent } = access;
  if (!isAccess(parent) || parent.expression !== access) return;
  const outer = parent.parent;
  if (ts.isElementAccessExpression(parent) && ts.isBinaryExpression(outer) && outer.left === parent) {
    const key = literalText(parent.argumentExpression)?.toLowerCase();
    if (key !== undefined) found.named.set(key, outer.right);
    if (key === VERSION_HEADER) found.versions.push(outer.right);
  } else if (ts.isCallExpression(outer) && outer.expression === parent) {
    const [first, value] = outer.arguments;
    const key = literalText(first)?.toLowerCase();
    if (key !== undefined && value) found.named.set(key, value);
    if (key === VERSION_HEADER && value) found.versions.push(value);
  }
}

/** A function of the program that gives headers by its only return. */
function readReturned(node: ts.CallExpression, found: Found, symbols: Symbols, seen: Set<ts.Node>): void {
  const callee = unwrap(node.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
  const declaration = ts.isIdentifier(name) || ts.isPrivateIdentifier(name) ? symbols.declaration(name) : undefined;
  const fn = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : declaration;
  const returned = returnedExpression(fn && ts.isExpression(fn) ? unwrap(fn) : fn);
  if (returned) {
    read(returned, found, symbols, seen);
    return;
  }
  found.isOpen = true;
  if (fn)
    walk(fn, (inner) => {
      if (ts.isObjectLiteralExpression(inner)) {
        const version = inner.properties.find(({ name: key }) => staticName(key)?.toLowerCase() === VERSION_HEADER);
        if (version && ts.isPropertyAssignment(version)) found.versions.push(version.initializer);
      }
      return undefined;
    });
}
