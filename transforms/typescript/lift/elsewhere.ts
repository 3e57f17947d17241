import { ts } from '../ts.js';
import type { Piece } from '../../../src/edits/edit.js';
import type { Part } from '../../../src/prompt/parts.js';
import { literalText, walk, type FunctionNode } from '../syntax.js';
import { createUnit, type Unit } from '../unit.js';
import type { LiftContext, Parts } from './context.js';
import { handleOf } from './handle-of.js';
import type { ExpressionHandle, Handle } from './handle.js';
import { liftReturned } from './history.js';
import { lift } from './lift.js';
import { holdsMarkerText, isText } from './parts.js';
import { sdkMarkerText } from './marker-values.js';

/**
 * The text that a function of another file gives for some arguments, as far as it is made of nothing but these: what it is
 * made of is written out where it is called. Undefined where it is made of more.
 */
export function liftElsewhere(
  fn: FunctionNode,
  given: ReadonlyMap<ts.Symbol, ts.Expression>,
  context: LiftContext,
): Parts | undefined {
  const file = fn.getSourceFile();
  if (!isSelfContained(fn, context) || takesOver(fn, [...given.values()])) return undefined;
  const unit = createUnit(file.fileName, file.text, file, []);
  const arguments_ = [...given];
  const placeholders = arguments_.map(([symbol, argument], index): readonly [ts.Symbol, ExpressionHandle] => [
    symbol,
    { kind: 'expression', pieces: [`\0${String(index)}\0`], isString: isText(argument, context) },
  ]);
  const literals = new Map(arguments_.flatMap(([symbol, argument]) => entryOf(symbol, literalText(argument))));
  const nothing = (): undefined => undefined;
  const parts = liftReturned(fn.body, {
    ...context,
    unit,
    bound: new Map(placeholders),
    literals,
    use: fn.body,
    onAssembly: nothing,
    onBuilder: nothing,
  });
  const found = parts && moved(parts, { unit, given, context });
  return found && holdsMarkerText(found) ? found : undefined;
}

function entryOf(symbol: ts.Symbol, text: string | undefined): readonly (readonly [ts.Symbol, string])[] {
  return text === undefined ? [] : [[symbol, text]];
}

interface Move {
  readonly unit: Unit;
  readonly given: ReadonlyMap<ts.Symbol, ts.Expression>;
  readonly context: LiftContext;
}

function moved(parts: Parts, move: Move): Parts | undefined {
  const found = parts.map((part): Parts | undefined => {
    if (part.kind === 'text') return [part];
    if (part.kind === 'repeat') return undefined;
    if (part.kind === 'hole') return movedHole(part.value as ExpressionHandle, part, move);
    const [then, otherwise] = [moved(part.then, move), moved(part.else, move)];
    const test = movedHandle(part.test as ExpressionHandle, move);
    return then && otherwise && [{ kind: 'choice', test, then, else: otherwise }];
  });
  return found.every((each) => each !== undefined) ? found.flat() : undefined;
}

/** An argument that is put into the text as it is may hold turns of its own. */
function movedHole(handle: ExpressionHandle, part: Part<Handle> & { readonly kind: 'hole' }, move: Move): Parts {
  const [only, ...more] = handle.pieces;
  const index = typeof only === 'string' && more.length === 0 ? /^\0(\d+)\0$/.exec(only)?.[1] : undefined;
  const argument = index === undefined ? undefined : [...move.given.values()][Number(index)];
  return argument ? lift(argument, move.context) : [{ ...part, value: movedHandle(handle, move) }];
}

/** An expression of the other file as text, with the arguments in the places of the parameters. */
function movedHandle({ pieces, isString }: ExpressionHandle, { unit, given, context }: Move): ExpressionHandle {
  const handles = new Map([...given].map(([symbol, argument]) => [symbol, handleOf(argument, context)]));
  const byIndex = [...handles.values()];
  const whole = pieces
    .map((piece) => (typeof piece === 'string' ? piece : unit.text.slice(piece.start, piece.end)))
    .join('');
  const text = [...given.values()].reduce((so, argument, index) => {
    const name = `\0${String(index)}\0`;
    return isSimple(argument) ? so.replaceAll(`(${name})`, name) : so;
  }, whole);
  const written = text
    .split('\0')
    .flatMap((each, at): readonly Piece[] => (at % 2 === 0 ? [each] : (byIndex[Number(each)]?.pieces ?? [])));
  return { kind: 'expression', pieces: written, isString, ...(handles.size > 0 ? { bound: handles } : {}) };
}

function isSimple(argument: ts.Expression): boolean {
  return (
    ts.isIdentifier(argument) ||
    ts.isLiteralExpression(argument) ||
    (ts.isPropertyAccessExpression(argument) && isSimple(argument.expression))
  );
}

/** Whether a name that a function binds would take over one that an argument reads. */
function takesOver(fn: FunctionNode, given: readonly ts.Expression[]): boolean {
  const bound = new Set<string>();
  walk(fn.body, (node) => {
    const isBinding = ts.isParameter(node) || ts.isVariableDeclaration(node) || ts.isBindingElement(node);
    if (isBinding && ts.isIdentifier(node.name)) bound.add(node.name.text);
    return undefined;
  });
  let found = false;
  for (const argument of given) {
    walk(argument, (node) => {
      found ||= ts.isIdentifier(node) && bound.has(node.text);
      return !found;
    });
  }
  return found;
}

/** Whether a function reads nothing but its parameters, its own names and markers, and says nothing of types. */
function isSelfContained(fn: FunctionNode, { symbols, unit }: LiftContext): boolean {
  let isOwn = true;
  walk(fn.body, (node) => {
    if (ts.isTypeNode(node) || (ts.isNonNullExpression(node) && !unit.isTypeScript)) isOwn = false;
    if (node.kind === ts.SyntaxKind.ThisKeyword || ts.isAwaitExpression(node) || ts.isYieldExpression(node))
      isOwn = false;
    if (!ts.isIdentifier(node) || !isRead(node) || node.text === 'undefined') return isOwn;
    const declaration = symbols.declaration(node);
    const isInside =
      declaration?.getSourceFile() === fn.getSourceFile() && fn.pos <= declaration.pos && declaration.end <= fn.end;
    isOwn &&= isInside || sdkMarkerText(node, symbols) !== undefined || isMarkerText(declaration);
    return isOwn;
  });
  return isOwn;
}

/** Whether a name stands for a value, and is no key of something. */
function isRead(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.name !== node;
  return !ts.isTypeNode(parent) && !ts.isQualifiedName(parent);
}

function isMarkerText(declaration: ts.Declaration | undefined): boolean {
  const initial = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return (
    /^\n\n(Human|Assistant):/.test(literalText(initial) ?? '') &&
    (ts.getCombinedNodeFlags(declaration as ts.Node) & ts.NodeFlags.Const) !== 0
  );
}
