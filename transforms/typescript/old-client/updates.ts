import { ts } from '../ts.js';
import { LeftToPerson } from '../left-to-person.js';
import type { Symbols } from '../symbols.js';
import { isLostField } from '../results/lost-fields.js';
import { accessName, isAccess, staticName, unwrap, walk, type FunctionNode } from '../syntax.js';

/** What the callbacks of a `completeStream` ask for. */
export interface Updates {
  /** Their properties, which leave the options. */
  readonly callbacks: readonly ts.ObjectLiteralElementLike[];
  /** What is called with all text so far; absent where nobody looks at the text while it comes. */
  readonly onUpdate?: UpdateCallback | WholeCallback;
  /** What is called when the answer begins. */
  readonly onOpen?: OpenCallback;
}

/** A callback that reads nothing but the text. */
export interface UpdateCallback {
  readonly kind: 'text';
  readonly fn: CallbackNode;
  readonly parameter: ts.ParameterDeclaration;
  /** The name that the text has in the callback already, where it was destructured. */
  readonly name: string | undefined;
  /** Reads of the text off the parameter. */
  readonly reads: readonly ts.PropertyAccessExpression[];
}

/** A callback that needs the answer in its legacy form, and is called for its end too. */
export interface WholeCallback {
  readonly kind: 'whole';
  readonly fn: ts.Expression | ts.MethodDeclaration;
}

export interface OpenCallback {
  readonly fn: CallbackNode;
  /** The parameter for the HTTP response, if there is one. */
  readonly parameter: ts.ParameterDeclaration | undefined;
  /** Reads of the response, each with what it gives whenever the callback is called. */
  readonly reads: readonly (readonly [read: ts.PropertyAccessExpression, value: string])[];
}

export type CallbackNode = ts.ArrowFunction | ts.FunctionExpression | ts.MethodDeclaration;

/**
 * Reads the second argument of `completeStream`, whose `onUpdate` gets all text so far with every event.
 * @throws LeftToPerson where a callback reads what only SDK 0.4 had, or cannot be seen
 */
export function readUpdates(options: ts.Expression | undefined, symbols: Symbols): Updates {
  if (!options) return { callbacks: [] };
  const literal = unwrap(options);
  if (!ts.isObjectLiteralExpression(literal)) throw unseen(options);
  const callbacks: ts.ObjectLiteralElementLike[] = [];
  let found: Omit<Updates, 'callbacks'> = {};
  for (const property of literal.properties) {
    const name = staticName(property.name);
    if (name === 'signal') continue;
    if (name !== 'onUpdate' && name !== 'onOpen') throw unseen(property);
    callbacks.push(property);
    const fn = callbackOf(property);
    if (isCallback(fn) && isEmpty(fn)) continue;
    found =
      name === 'onOpen' ? { ...found, onOpen: opened(fn, symbols) } : { ...found, onUpdate: updated(fn, symbols) };
  }
  return { callbacks, ...found };
}

function callbackOf(property: ts.ObjectLiteralElementLike): ts.Expression | ts.MethodDeclaration {
  if (ts.isPropertyAssignment(property)) return unwrap(property.initializer);
  if (ts.isShorthandPropertyAssignment(property)) return property.name;
  if (ts.isMethodDeclaration(property)) return property;
  throw unseen(property);
}

function isCallback(node: ts.Node): node is CallbackNode {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isMethodDeclaration(node);
}

function isEmpty({ body }: CallbackNode): boolean {
  return body !== undefined && ts.isBlock(body) && body.statements.length === 0;
}

/** What the response always is when `onOpen` is called: another status threw before. */
const OPEN: ReadonlyMap<string, string> = new Map([
  ['status', '200'],
  ['ok', 'true'],
]);

function opened(fn: ts.Expression | ts.MethodDeclaration, symbols: Symbols): OpenCallback {
  const [parameter, ...more] = isCallback(fn) ? fn.parameters : [];
  if (isCallback(fn) && more.length === 0 && !usesItself(fn)) {
    if (!parameter) return { fn, parameter, reads: [] };
    const reads = parameter.dotDotDotToken || parameter.initializer ? undefined : openReads(parameter, symbols);
    if (reads) return { fn, parameter, reads };
  }
  throw new LeftToPerson(
    'CTM305',
    fn,
    'onOpen reads the HTTP response; take it from messages.stream(…).withResponse() by hand',
  );
}

function openReads({ name }: ts.ParameterDeclaration, symbols: Symbols): OpenCallback['reads'] | undefined {
  const symbol = ts.isIdentifier(name) ? symbols.of(name) : undefined;
  if (!symbol) return undefined;
  const reads = symbols
    .references(symbol)
    .filter((node) => node !== name)
    .map(({ parent }) => {
      const value = ts.isPropertyAccessExpression(parent) ? OPEN.get(parent.name.text) : undefined;
      return ts.isPropertyAccessExpression(parent) && value !== undefined ? ([parent, value] as const) : undefined;
    });
  return reads.every((read) => read !== undefined) ? reads : undefined;
}

function updated(fn: ts.Expression | ts.MethodDeclaration, symbols: Symbols): UpdateCallback | WholeCallback {
  if (!isCallback(fn)) {
    if (ts.isIdentifier(fn) || isAccess(fn)) return { kind: 'whole', fn };
    throw unseen(fn);
  }
  const [parameter, ...more] = fn.parameters;
  if (!parameter || more.length > 0 || parameter.dotDotDotToken || parameter.initializer || usesItself(fn))
    throw unseen(fn);
  const { name } = parameter;
  if (ts.isObjectBindingPattern(name)) {
    const [only, ...others] = name.elements;
    if (name.elements.some(({ propertyName, name: own }) => isOldField(staticName(propertyName ?? own))))
      throw unseen(fn);
    const isText = only && staticName(only.propertyName ?? only.name) === 'completion';
    if (!isText || others.length > 0 || only.initializer || !ts.isIdentifier(only.name)) return { kind: 'whole', fn };
    return { kind: 'text', fn, parameter, name: only.name.text, reads: [] };
  }
  const symbol = symbols.of(name);
  const uses = symbol ? symbols.references(symbol).filter((node) => node !== name) : [];
  if (uses.some(({ parent }) => isAccess(parent) && isOldField(accessName(parent)))) throw unseen(fn);
  const reads = uses.map(({ parent }) => parent).filter(isTextRead);
  if (reads.length < uses.length) return { kind: 'whole', fn };
  return { kind: 'text', fn, parameter, name: undefined, reads };
}

/** Whether a field is one that only answers of SDK 0.4 had. */
function isOldField(name: string | undefined): boolean {
  return name === 'stop' || isLostField(name);
}

function isTextRead(node: ts.Node): node is ts.PropertyAccessExpression {
  return ts.isPropertyAccessExpression(node) && node.name.text === 'completion';
}

/** Whether a method or function reaches for `this` or `arguments`, which it would lose in another place. */
function usesItself(fn: FunctionNode | CallbackNode): boolean {
  if (ts.isArrowFunction(fn) || !fn.body) return false;
  let found = false;
  walk(fn.body, (node) => {
    found ||= node.kind === ts.SyntaxKind.ThisKeyword || (ts.isIdentifier(node) && node.text === 'arguments');
    return !found;
  });
  return found;
}

function unseen(node: ts.Node): LeftToPerson {
  return new LeftToPerson(
    'CTM305',
    node,
    'what follows this stream cannot be seen; use messages.stream(…).on("text", …) by hand, whose second argument is all text so far',
  );
}
