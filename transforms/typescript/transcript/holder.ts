import { ts } from '../ts.js';
import type { Analysis } from '../analyse.js';
import { isMemberOpen } from '../flow/readers.js';
import { onlyDeclaration } from '../symbols.js';
import { literalText, staticName, walk, wrapping } from '../syntax.js';
import type { Unit } from '../unit.js';
import { isExportedSymbol } from '../values.js';

/** What holds a text from one call to the next, seen by nobody but its own file. */
export interface Holder {
  readonly kind: 'variable' | 'field' | 'property';
  readonly symbol: ts.Symbol;
  /** Undefined for a field of JavaScript that its constructor makes. */
  readonly declaration: ts.VariableDeclaration | ts.PropertyDeclaration | ts.PropertyAssignment | undefined;
  /** Every name that means it, but the one in its declaration, with what it is a member of. */
  readonly accesses: readonly ts.Expression[];
  /** The block, class or object that a new name has to be free in. */
  readonly scope: ts.Node;
}

/** The holder that a symbol stands for; undefined where someone who is not seen may read it. */
export function holderOf(symbol: ts.Symbol, unit: Unit, analysis: Analysis): Holder | undefined {
  const declaration = onlyDeclaration(symbol);
  if (declaration && declaration.getSourceFile() !== unit.tree) return undefined;
  if (declaration && ts.isVariableDeclaration(declaration)) return variable(symbol, declaration, analysis);
  if (declaration && ts.isPropertyAssignment(declaration)) return property(symbol, declaration, analysis);
  return field(symbol, declaration, unit, analysis);
}

function variable(symbol: ts.Symbol, declaration: ts.VariableDeclaration, { symbols }: Analysis): Holder | undefined {
  const list = declaration.parent;
  const isPlain =
    ts.isVariableDeclarationList(list) &&
    ts.isVariableStatement(list.parent) &&
    ts.isIdentifier(declaration.name) &&
    isTextOrNothing(declaration.type) &&
    declaration.initializer !== undefined &&
    !isExportedSymbol(symbol, symbols);
  if (!isPlain) return undefined;
  const accesses = symbols.references(symbol).filter((reference) => reference !== declaration.name);
  return { kind: 'variable', symbol, declaration, accesses, scope: declaration };
}

/** A member of an object that is only asked for its members. */
function property(symbol: ts.Symbol, declaration: ts.PropertyAssignment, { symbols }: Analysis): Holder | undefined {
  const holder = declaration.parent.parent;
  if (!ts.isVariableDeclaration(holder) || holder.type || !ts.isIdentifier(holder.name)) return undefined;
  const object = symbols.of(holder.name);
  if (!object || isExportedSymbol(object, symbols) || !ts.isIdentifier(declaration.name)) return undefined;
  const uses = symbols.references(object).filter((reference) => reference !== holder.name);
  const areMembers = uses.every(({ parent }, index) => {
    return ts.isPropertyAccessExpression(parent) && parent.expression === uses[index];
  });
  if (!areMembers || declaration.parent.properties.some(ts.isSpreadAssignment)) return undefined;
  // In JavaScript, a member may be added where it is first written to.
  const accesses = uses.flatMap(({ parent }) =>
    ts.isPropertyAccessExpression(parent) && symbols.of(parent.name) === symbol ? [parent] : [],
  );
  const named = uses.filter(({ parent }) => ts.isPropertyAccessExpression(parent) && parent.name.text === symbol.name);
  return named.length === accesses.length
    ? { kind: 'property', symbol, declaration, accesses, scope: declaration.parent }
    : undefined;
}

/** A field that only its own class reads, and of its own object. */
function field(
  symbol: ts.Symbol,
  declaration: ts.Declaration | undefined,
  unit: Unit,
  analysis: Analysis,
): Holder | undefined {
  const { symbols } = analysis;
  const isMade = declaration === undefined && !unit.isTypeScript;
  if (!isMade && !(declaration && ts.isPropertyDeclaration(declaration) && isPlainField(declaration))) return undefined;
  const owner = classAround(declaration ?? symbol.declarations?.[0]);
  const own = declaration && ts.isPropertyDeclaration(declaration) ? declaration : undefined;
  if (!owner || (!isPrivate(own) && !isClosed(owner, analysis)) || isHandedOn(owner, symbol, analysis))
    return undefined;
  const accesses: ts.Expression[] = [];
  for (const reference of symbols.references(symbol)) {
    if (reference === own?.name) continue;
    const access = reference.parent;
    const isOwn =
      ts.isPropertyAccessExpression(access) &&
      access.name === reference &&
      access.expression.kind === ts.SyntaxKind.ThisKeyword &&
      classAround(access) === owner;
    if (!isOwn) return undefined;
    accesses.push(access);
  }
  return { kind: 'field', symbol, declaration: own, accesses, scope: owner };
}

function isPlainField({ modifiers, questionToken, exclamationToken, type, name }: ts.PropertyDeclaration): boolean {
  const isUsual = (modifiers ?? []).every(({ kind }) => MODIFIERS.has(kind));
  const isNamed = ts.isIdentifier(name) || ts.isPrivateIdentifier(name);
  return isUsual && isNamed && !questionToken && !exclamationToken && isTextOrNothing(type);
}

const MODIFIERS: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.PublicKeyword]);

function isTextOrNothing(type: ts.TypeNode | undefined): boolean {
  return type === undefined || type.kind === ts.SyntaxKind.StringKeyword;
}

function isPrivate(declaration: ts.PropertyDeclaration | undefined): boolean {
  if (!declaration) return false;
  const isMarked = (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Private) !== 0;
  return isMarked || ts.isPrivateIdentifier(declaration.name);
}

/** The class whose instance `this` is. */
function classAround(node: ts.Node | undefined): ts.ClassLikeDeclaration | undefined {
  for (let at = node; at && !ts.isSourceFile(at); at = at.parent) {
    if (ts.isFunctionExpression(at) || ts.isFunctionDeclaration(at)) return undefined;
    if (ts.isObjectLiteralExpression(at.parent) && ts.isMethodDeclaration(at)) return undefined;
    if (ts.isClassLike(at.parent)) return at.parent;
  }
  return undefined;
}

/** Whether nobody but what is seen can reach the public members of a class. */
function isClosed(owner: ts.ClassLikeDeclaration, analysis: Analysis): boolean {
  const symbol = owner.name && analysis.symbols.of(owner.name);
  return (
    symbol !== undefined &&
    owner.name !== undefined &&
    owner.heritageClauses === undefined &&
    !isMemberOpen(symbol, owner.name, owner, analysis)
  );
}

/** Whether an object of a class, or the member by another way than `this.name`, goes where its members are not named. */
function isHandedOn(owner: ts.ClassLikeDeclaration, symbol: ts.Symbol, analysis: Analysis): boolean {
  const { symbols, units, view } = analysis;
  const name = symbol.name.replace(/^__#\d+@/, '');
  const type = view.checker.getTypeAtLocation(owner);
  const typeOf = (node: ts.Node): ts.Type => view.checker.getTypeAtLocation(node);
  const isAny = (node: ts.Node): boolean => (typeOf(node).flags & ts.TypeFlags.Any) !== 0;
  const isTakenOut = symbols.named(name).some((node) => {
    const { parent } = node;
    if (ts.isBindingElement(parent) && staticName(parent.propertyName ?? parent.name) === name)
      return symbols.takenOver(parent) === symbol || isAny(parent.parent);
    const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
    return isMember && !symbols.of(node) && isAny(parent.expression);
  });
  const isShown = (node: ts.Node): boolean => {
    if (ts.isElementAccessExpression(node)) return literalText(node.argumentExpression) === name;
    if (ts.isSpreadAssignment(node)) return typeOf(node.expression) === type;
    const isShowing = ts.isCallExpression(node) && SHOWING.test(node.expression.getText());
    return isShowing && node.arguments.some((argument) => typeOf(argument) === type);
  };
  return (
    isTakenOut ||
    holds(owner, (node) => node.kind === ts.SyntaxKind.ThisKeyword && isWhole(node as ts.Expression)) ||
    units.some(({ tree, text }) => MAY_SHOW.test(text) && holds(tree, isShown))
  );
}

function holds(root: ts.Node, test: (node: ts.Node) => boolean): boolean {
  let found = false;
  walk(root, (node) => {
    found ||= test(node);
    return !found;
  });
  return found;
}

/** What looks at every member of an object that it is given. */
const SHOWING = /^(JSON\.stringify|structuredClone|console\.\w+|Object\.\w+|(util\.)?(inspect|format))$/;

const MAY_SHOW = /\[\s*['"`]|\.\.\.|JSON\.|structuredClone|console\.|Object\.|inspect|format/;

/** Whether `this` is more than asked for a member, or bound to a function. */
function isWhole(node: ts.Expression): boolean {
  const outer = wrapping(node);
  const { parent } = outer;
  if (ts.isPropertyAccessExpression(parent)) return false;
  const isBound =
    ts.isCallExpression(parent) &&
    ts.isPropertyAccessExpression(parent.expression) &&
    /^(bind|call)$/.test(parent.expression.name.text) &&
    parent.arguments[0] === outer;
  return !isBound;
}
