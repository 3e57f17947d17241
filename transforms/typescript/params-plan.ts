import { ts } from './ts.js';
import { LEGACY_ONLY_PARAMETER, PARAMETERS } from '../../src/api/parameters.js';
import { shownAs, type Showing } from './only-shown.js';
import type { Symbols } from './symbols.js';
import { accessName, isAccess, isAssignmentOperator, isHandedOver, staticName, unwrap, wrapping } from './syntax.js';
import { isExportedSymbol } from './values.js';

/** One place where a call's parameters name a legacy key. */
export interface ParameterUse {
  readonly key: string;
  /** property: in an object literal; set: `params.key = value`; read: `params.key`. */
  readonly form: 'property' | 'set' | 'read';
  /** The property, the assignment's statement, or the access. */
  readonly node: ts.ObjectLiteralElementLike | ts.ExpressionStatement | ts.Expression;
  /** The value that is sent; absent for reads. */
  readonly value?: ts.Expression;
}

/** The parameters of one call as far as they are seen. */
export interface ParamsPlan {
  /** static: every key is seen, and edited where it stands; runtime: the whole object is converted when the program runs. */
  readonly mode: 'static' | 'runtime';
  readonly uses: readonly ParameterUse[];
  /** Variables whose literals are edited. */
  readonly declarations: readonly ts.VariableDeclaration[];
  /** Where the whole parameters are logged, or made a key of. */
  readonly shown: readonly { readonly node: ts.Expression; readonly showing: Showing }[];
  /** What kept the parameters from being read, as a clause for a person. */
  readonly why: string | undefined;
}

/** What the whole program tells about parameters. */
export interface Surroundings {
  /** Whether an expression is the parameters of any legacy call. */
  readonly isSiteArgument: (node: ts.Expression) => boolean;
  /** Whether every use of an exported constant is seen, and its file may be edited. */
  readonly isClosed: (declaration: ts.VariableDeclaration) => boolean;
  /** Whether a variable's literal also goes into parameters that are converted as a whole when the program runs. */
  readonly isConverted: (declaration: ts.VariableDeclaration) => boolean;
}

interface Reading extends Surroundings {
  readonly symbols: Symbols;
  readonly uses: ParameterUse[];
  readonly declarations: ts.VariableDeclaration[];
  readonly shown: { readonly node: ts.Expression; readonly showing: Showing }[];
  why: string | undefined;
}

/** Reads the parameters that a call sends. */
export function planParams(argument: ts.Expression, symbols: Symbols, surroundings: Surroundings): ParamsPlan {
  const reading: Reading = { ...surroundings, symbols, uses: [], declarations: [], shown: [], why: undefined };
  const isRead = readParams(argument, reading);
  const prompt = reading.uses.some(({ key, form }) => key === 'prompt' && form !== 'read');
  if (isRead && !prompt) reading.why = 'the prompt is set where it cannot be seen';
  return {
    mode: isRead && prompt ? 'static' : 'runtime',
    uses: reading.uses,
    declarations: reading.declarations,
    shown: reading.shown,
    why: reading.why,
  };
}

function readParams(expression: ts.Expression, reading: Reading): boolean {
  const node = unwrap(expression);
  if (ts.isObjectLiteralExpression(node)) return node.properties.every((property) => readProperty(property, reading));
  if (ts.isIdentifier(node)) return readVariable(node, reading);
  reading.why ??= 'the parameters are made where they cannot be seen';
  return false;
}

function readProperty(property: ts.ObjectLiteralElementLike, reading: Reading): boolean {
  if (ts.isSpreadAssignment(property)) return readSpread(property.expression, reading);
  const key = staticName(property.name);
  if (key === undefined) {
    reading.why ??= 'a key is computed when the program runs';
    return false;
  }
  if (!PARAMETERS.has(key)) return true;
  if (ts.isPropertyAssignment(property))
    reading.uses.push({ key, form: 'property', node: property, value: property.initializer });
  else if (ts.isShorthandPropertyAssignment(property))
    reading.uses.push({ key, form: 'property', node: property, value: property.name });
  else {
    reading.why ??= `${key} is a method or an accessor`;
    return false;
  }
  return true;
}

/** What is spread: an object literal, one under a condition, or a variable that holds one. */
function readSpread(expression: ts.Expression, reading: Reading): boolean {
  const node = unwrap(expression);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken)
    return readSpread(node.right, reading);
  if (ts.isConditionalExpression(node))
    return readSpread(node.whenTrue, reading) && readSpread(node.whenFalse, reading);
  if (node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === 'undefined')) return true;
  if (ts.isObjectLiteralExpression(node) || ts.isIdentifier(node)) return readParams(node, reading);
  reading.why ??= 'what is spread into the parameters cannot be seen';
  return false;
}

function readVariable(node: ts.Identifier, reading: Reading): boolean {
  const { symbols } = reading;
  const symbol = symbols.of(node);
  const declaration = symbols.declaration(node);
  reading.why ??= `${node.text} is made where it cannot be seen`;
  if (!symbol || !declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer) return false;
  if (!ts.isIdentifier(declaration.name)) return false;
  if (reading.declarations.includes(declaration)) return true;
  const literal = unwrap(declaration.initializer);
  if (!ts.isObjectLiteralExpression(literal) && !ts.isIdentifier(literal)) return false;
  reading.why = `${node.text} also goes into parameters that are converted when the program runs`;
  if (reading.isConverted(declaration)) return false;
  reading.declarations.push(declaration);
  reading.why = `the variable ${node.text} is also used in another way`;
  if (isExportedSymbol(symbol, symbols) && !reading.isClosed(declaration)) return false;
  if (
    !symbols
      .references(symbol)
      .every(
        (reference) => reference === declaration.name || isHandedOver(reference) || readReference(reference, reading),
      )
  )
    return false;
  reading.why = undefined;
  const before = reading.uses.length;
  const isRead = readParams(declaration.initializer, reading);
  // A prompt is read with what stands around the call, which is not there in another file.
  return (
    isRead &&
    (declaration.getSourceFile() === node.getSourceFile() ||
      !reading.uses.slice(before).some(({ key }) => key === 'prompt'))
  );
}

/** The variables whose literals go into some parameters, whether these are seen whole or not. */
export function variablesIn(argument: ts.Expression, symbols: Symbols): ReadonlySet<ts.VariableDeclaration> {
  const found = new Set<ts.VariableDeclaration>();
  const visit = (expression: ts.Expression): void => {
    const node = unwrap(expression);
    if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(visit);
    else if (ts.isBinaryExpression(node)) [node.left, node.right].forEach(visit);
    else if (ts.isCallExpression(node)) node.arguments.forEach(visit);
    else if (ts.isObjectLiteralExpression(node)) {
      for (const property of node.properties) if (ts.isSpreadAssignment(property)) visit(property.expression);
    }
    const declaration = ts.isIdentifier(node) ? symbols.declaration(node) : undefined;
    if (!declaration || !ts.isVariableDeclaration(declaration) || found.has(declaration)) return;
    found.add(declaration);
    if (declaration.initializer) visit(declaration.initializer);
  };
  visit(argument);
  return found;
}

/** The model that parameters name, however little else of them is seen. */
export function modelIn(argument: ts.Expression, symbols: Symbols, depth = 4): ts.Expression | undefined {
  const node = unwrap(argument);
  const declaration = ts.isIdentifier(node) ? symbols.declaration(node) : undefined;
  if (declaration && ts.isVariableDeclaration(declaration) && declaration.initializer && depth > 0)
    return modelIn(declaration.initializer, symbols, depth - 1);
  if (ts.isCallExpression(node)) return lastFound(node.arguments, symbols, depth);
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  const parts = node.properties.map((property) => {
    if (ts.isSpreadAssignment(property)) return property.expression;
    return staticName(property.name) === 'model' ? property : undefined;
  });
  for (const part of parts.reverse()) {
    if (part && ts.isPropertyAssignment(part)) return part.initializer;
    if (part && ts.isShorthandPropertyAssignment(part)) return part.name;
    const found = part && ts.isExpression(part) && depth > 0 ? modelIn(part, symbols, depth - 1) : undefined;
    if (found) return found;
  }
  return undefined;
}

function lastFound(expressions: readonly ts.Expression[], symbols: Symbols, depth: number): ts.Expression | undefined {
  return [...expressions]
    .reverse()
    .map((expression) => (depth > 0 ? modelIn(expression, symbols, depth - 1) : undefined))
    .find(Boolean);
}

/** One reference to the parameters' variable: sent, spread, shown, or a member read or set. */
function readReference(reference: ts.Identifier, reading: Reading): boolean {
  const outer = wrapping(reference);
  const { parent } = outer;
  if (isAccess(parent) && parent.expression === outer) return readMember(parent, reading);
  if (ts.isSpreadAssignment(parent)) return reading.isSiteArgument(parent.parent);
  const isPut =
    ts.isCallExpression(parent) || ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent);
  if (isPut && reading.isSiteArgument(outer)) return true;
  const showing = shownAs(outer, reading.symbols);
  if (showing) reading.shown.push({ node: outer, showing });
  return showing !== undefined || (ts.isVariableDeclaration(parent) && reading.isSiteArgument(outer));
}

function readMember(access: ts.PropertyAccessExpression | ts.ElementAccessExpression, reading: Reading): boolean {
  const key = accessName(access);
  if (key === undefined) return false;
  const { parent } = access;
  if (!PARAMETERS.has(key)) return true;
  const isAssigned =
    ts.isBinaryExpression(parent) && parent.left === access && isAssignmentOperator(parent.operatorToken.kind);
  if (!isAssigned) {
    if (key === LEGACY_ONLY_PARAMETER) reading.uses.push({ key, form: 'read', node: access });
    return key === LEGACY_ONLY_PARAMETER || key === 'model' || key === 'stream' || key === 'metadata';
  }
  if (parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isExpressionStatement(parent.parent)) return false;
  reading.uses.push({ key, form: 'set', node: parent.parent, value: parent.right });
  return true;
}
