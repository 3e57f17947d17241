import { ts } from '../ts.js';
import { LeftToPerson } from '../left-to-person.js';
import type { Symbols } from '../symbols.js';
import { staticName, unwrap, walk, type FunctionNode } from '../syntax.js';

/** What the callbacks of a `completeStream` ask for. */
export interface Updates {
  /** Their properties, which leave the options. */
  readonly callbacks: readonly ts.ObjectLiteralElementLike[];
  /** What is called with all text so far; absent where nobody looks at the text while it comes. */
  readonly onUpdate?: UpdateCallback;
  /** What is called when the answer begins. */
  readonly onOpen?: ts.Expression | ts.MethodDeclaration;
}

export interface UpdateCallback {
  readonly fn: CallbackNode;
  readonly parameter: ts.ParameterDeclaration;
  /** The name that the text has in the callback already, where it was destructured. */
  readonly name: string | undefined;
  /** Reads of the text off the parameter. */
  readonly reads: readonly ts.PropertyAccessExpression[];
}

export type CallbackNode = ts.ArrowFunction | ts.FunctionExpression | ts.MethodDeclaration;

/**
 * Reads the second argument of `completeStream`, whose `onUpdate` gets all text so far with every event.
 * @throws LeftToPerson where a callback reads more than the text, or cannot be seen
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
    if (isEmpty(fn)) continue;
    found = name === 'onOpen' ? { ...found, onOpen: opened(fn) } : { ...found, onUpdate: updated(fn, symbols) };
  }
  return { callbacks, ...found };
}

function callbackOf(property: ts.ObjectLiteralElementLike): CallbackNode {
  const value = ts.isPropertyAssignment(property) ? unwrap(property.initializer) : property;
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value) || ts.isMethodDeclaration(value)) return value;
  throw unseen(property);
}

function isEmpty({ body }: CallbackNode): boolean {
  return body !== undefined && ts.isBlock(body) && body.statements.length === 0;
}

function opened(fn: CallbackNode): CallbackNode {
  if (fn.parameters.length === 0 && !usesItself(fn)) return fn;
  throw new LeftToPerson(
    'CTM305',
    fn,
    'onOpen reads the HTTP response; take it from messages.stream(…).withResponse() by hand',
  );
}

function updated(fn: CallbackNode, symbols: Symbols): UpdateCallback {
  const [parameter, ...more] = fn.parameters;
  if (!parameter || more.length > 0 || parameter.dotDotDotToken || parameter.initializer || usesItself(fn))
    throw unseen(fn);
  const { name } = parameter;
  if (ts.isObjectBindingPattern(name)) {
    const [only, ...others] = name.elements;
    const isText = only && staticName(only.propertyName ?? only.name) === 'completion';
    if (!isText || others.length > 0 || only.initializer || !ts.isIdentifier(only.name)) throw unseen(fn);
    return { fn, parameter, name: only.name.text, reads: [] };
  }
  const symbol = symbols.of(name);
  const uses = symbol ? symbols.references(symbol).filter((node) => node !== name) : [];
  const reads = uses.map(({ parent }) => parent).filter(isTextRead);
  if (reads.length < uses.length) throw unseen(fn);
  return { fn, parameter, name: undefined, reads };
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
