import { ts } from './ts.js';
import { onlyDeclaration, type Symbols } from './symbols.js';
import {
  accessName,
  enclosingFunction,
  isAccess,
  isWritten,
  staticName,
  unwrap,
  walk,
  wrapping,
  type FunctionNode,
} from './syntax.js';

/** The expressions that a value can come from, as far as they are seen. */
export interface Values {
  readonly leaves: readonly ts.Expression[];
  /** Whether there can be no other value. */
  readonly complete: boolean;
}

const UNSEEN: Values = { leaves: [], complete: false };

/**
 * Where does this value come from? Follows constants, variables, parameters with visible callers, defaults,
 * members of constant objects, enums and classes, `??`, `||` and conditionals; stops at everything else.
 */
export function valuesOf(expression: ts.Expression, symbols: Symbols): Values {
  return follow(expression, symbols, new Set());
}

function follow(expression: ts.Expression, symbols: Symbols, seen: Set<ts.Node>): Values {
  const node = unwrap(expression);
  if (seen.has(node)) return { leaves: [], complete: true };
  seen.add(node);
  if (ts.isStringLiteralLike(node) || numberIn(node) !== undefined || ts.isTemplateExpression(node)) {
    return { leaves: [node], complete: true };
  }
  if (ts.isConditionalExpression(node)) return all([node.whenTrue, node.whenFalse], symbols, seen);
  if (ts.isBinaryExpression(node) && isFallback(node.operatorToken.kind))
    return all([node.left, node.right], symbols, seen);
  if (ts.isIdentifier(node)) return fromDeclaration(symbols.of(node), symbols, seen);
  if (isAccess(node)) return fromMember(node, symbols, seen);
  return UNSEEN;
}

/** The number that a literal is, with its sign. */
export function numberIn(node: ts.Node): number | undefined {
  if (ts.isNumericLiteral(node)) return Number(node.text);
  const isNegative = ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken;
  return isNegative && ts.isNumericLiteral(node.operand) ? -Number(node.operand.text) : undefined;
}

function isFallback(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;
}

function all(expressions: readonly ts.Expression[], symbols: Symbols, seen: Set<ts.Node>): Values {
  return join(expressions.map((expression) => follow(expression, symbols, seen)));
}

function join(values: readonly Values[]): Values {
  return { leaves: values.flatMap((value) => value.leaves), complete: values.every((value) => value.complete) };
}

function fromDeclaration(symbol: ts.Symbol | undefined, symbols: Symbols, seen: Set<ts.Node>): Values {
  const declaration = onlyDeclaration(symbol);
  if (!symbol || !declaration || seen.has(declaration)) return UNSEEN;
  seen.add(declaration);
  if (ts.isVariableDeclaration(declaration)) {
    if (!ts.isIdentifier(declaration.name)) return UNSEEN;
    const loop = declaration.parent.parent;
    if (ts.isForOfStatement(loop)) return fromElements(loop.expression, symbols, seen);
    const initial = declaration.initializer ? follow(declaration.initializer, symbols, seen) : undefined;
    const written = assignedTo(symbol, symbols, seen);
    return join([
      ...(initial ? [initial] : []),
      ...(written ? [written] : []),
      ...(initial || written ? [] : [UNSEEN]),
    ]);
  }
  if (ts.isBindingElement(declaration)) {
    const fallback = declaration.initializer ? follow(declaration.initializer, symbols, seen) : UNSEEN;
    const member = symbols.takenOver(declaration);
    const value = member ? join([fallback, fromDeclaration(member, symbols, seen)]) : fallback;
    return { leaves: [...value.leaves, ...(assignedTo(symbol, symbols, seen)?.leaves ?? [])], complete: false };
  }
  if (ts.isParameter(declaration)) {
    const value = fromParameter(declaration, symbols, seen);
    const written = assignedTo(symbol, symbols, seen);
    return written ? { leaves: [...value.leaves, ...written.leaves], complete: false } : value;
  }
  if (ts.isPropertySignature(declaration))
    return { leaves: all(symbols.given(symbol), symbols, seen).leaves, complete: false };
  if (ts.isPropertyDeclaration(declaration) || ts.isPropertyAssignment(declaration) || ts.isEnumMember(declaration)) {
    return fromMemberDeclaration(declaration, symbol, symbols, seen);
  }
  return UNSEEN;
}

/** The values of plain assignments to a symbol; undefined when there are none, unseen for `+=` and the like. */
function assignedTo(symbol: ts.Symbol, symbols: Symbols, seen: Set<ts.Node>): Values | undefined {
  const writes = symbols.references(symbol).filter((node) => isWritten(memberAccess(node)));
  if (writes.length === 0) return undefined;
  return join(
    writes.map((node) => {
      const { parent } = wrapping(memberAccess(node));
      const plain = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
      return plain ? follow(parent.right, symbols, seen) : UNSEEN;
    }),
  );
}

function memberAccess(node: ts.Identifier): ts.Expression {
  return isAccess(node.parent) && ts.isPropertyAccessExpression(node.parent) && node.parent.name === node
    ? node.parent
    : node;
}

function fromMember(
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  symbols: Symbols,
  seen: Set<ts.Node>,
): Values {
  const name = accessName(node);
  const target = ts.isPropertyAccessExpression(node) ? symbols.of(node.name) : undefined;
  if (target) return fromDeclaration(target, symbols, seen);
  if (name === undefined) return fromElements(node.expression, symbols, seen);
  const initial = literalOf(node.expression, symbols);
  if (!initial || !ts.isObjectLiteralExpression(initial)) return UNSEEN;
  const property = initial.properties.find((candidate) => staticName(candidate.name) === name);
  return property && ts.isPropertyAssignment(property) ? follow(property.initializer, symbols, seen) : UNSEEN;
}

/** The array or object literal that an expression is, or that the constant it names holds. */
function literalOf(
  expression: ts.Expression,
  symbols: Symbols,
): ts.ArrayLiteralExpression | ts.ObjectLiteralExpression | undefined {
  const node = unwrap(expression);
  const declaration = ts.isIdentifier(node) ? symbols.declaration(node) : undefined;
  const initial = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  const literal = initial ? unwrap(initial) : node;
  return ts.isArrayLiteralExpression(literal) || ts.isObjectLiteralExpression(literal) ? literal : undefined;
}

/** Any element of a list or table that is written out. */
function fromElements(expression: ts.Expression, symbols: Symbols, seen: Set<ts.Node>): Values {
  const literal = literalOf(expression, symbols);
  if (!literal) return UNSEEN;
  const members = ts.isArrayLiteralExpression(literal)
    ? literal.elements
    : literal.properties.flatMap((property) => (ts.isPropertyAssignment(property) ? [property.initializer] : []));
  const isWhole = ts.isArrayLiteralExpression(literal) || members.length === literal.properties.length;
  const value = all(members, symbols, seen);
  return { leaves: value.leaves, complete: value.complete && isWhole };
}

function fromMemberDeclaration(
  declaration: ts.PropertyDeclaration | ts.PropertyAssignment | ts.EnumMember,
  symbol: ts.Symbol,
  symbols: Symbols,
  seen: Set<ts.Node>,
): Values {
  const initial = declaration.initializer ? follow(declaration.initializer, symbols, seen) : undefined;
  const written = assignedTo(symbol, symbols, seen);
  const fixed = ts.isEnumMember(declaration) || (ts.isPropertyAssignment(declaration) && !written);
  const value = join([...(initial ? [initial] : []), ...(written ? [written] : [])]);
  return {
    leaves: value.leaves,
    complete: value.complete && (fixed || isPrivate(declaration)) && (initial ?? written) !== undefined,
  };
}

function isPrivate(declaration: ts.Declaration): boolean {
  const name = ts.getNameOfDeclaration(declaration);
  const flags = ts.getCombinedModifierFlags(declaration);
  return (
    (name !== undefined && ts.isPrivateIdentifier(name)) ||
    (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Readonly)) !== 0
  );
}

function fromParameter(parameter: ts.ParameterDeclaration, symbols: Symbols, seen: Set<ts.Node>): Values {
  const fallback = parameter.initializer ? follow(parameter.initializer, symbols, seen) : undefined;
  const own = parameter.parent as FunctionNode;
  const index = own.parameters.indexOf(parameter);
  const iterated = index === 0 ? iteratedBy(own) : undefined;
  if (iterated) return fromElements(iterated, symbols, seen);
  const callers = callersOf(own, symbols);
  const passed = (callers ?? callsIn(own, symbols)).map((call) => {
    const given = call.arguments ?? [];
    const argument = given[index];
    if (given.slice(0, index + 1).some(ts.isSpreadElement)) return UNSEEN;
    return argument ? follow(argument, symbols, seen) : (fallback ?? UNSEEN);
  });
  const value = join([...(fallback ? [fallback] : []), ...passed]);
  return { leaves: value.leaves, complete: callers !== undefined && callers.length > 0 && value.complete };
}

/** What the calls that are seen pass for a parameter. */
export function argumentsFor(parameter: ts.ParameterDeclaration, symbols: Symbols): readonly ts.Expression[] {
  const own = parameter.parent as FunctionNode;
  const index = own.parameters.indexOf(parameter);
  return callsIn(own, symbols).flatMap((call) => call.arguments?.[index] ?? []);
}

/** The list whose elements a callback is given one by one. */
function iteratedBy(node: FunctionNode): ts.Expression | undefined {
  const { parent } = node;
  if (!ts.isCallExpression(parent) || parent.arguments[0] !== (node as ts.Node)) return undefined;
  const callee = unwrap(parent.expression);
  return ts.isPropertyAccessExpression(callee) &&
    /^(map|flatMap|forEach|filter|some|every|find)$/.test(callee.name.text)
    ? callee.expression
    : undefined;
}

/** Every call of a function, or undefined when it can be called from where we do not see. */
export function callersOf(node: FunctionNode, symbols: Symbols): readonly ts.CallExpression[] | undefined {
  const name = functionName(node);
  const symbol = name && symbols.of(name);
  if (!name || !symbol || isExposed(node)) return undefined;
  const calls: ts.CallExpression[] = [];
  for (const reference of symbols.references(symbol)) {
    if (reference === name) continue;
    const { parent } = reference;
    if (!ts.isCallExpression(parent) || parent.expression !== reference) return undefined;
    calls.push(parent);
  }
  return calls;
}

/** The calls of a function that are seen, though there may be others. */
function callsIn(node: FunctionNode, symbols: Symbols): readonly (ts.CallExpression | ts.NewExpression)[] {
  if (ts.isConstructorDeclaration(node)) return instancesOf(node.parent, symbols);
  const name = functionName(node);
  const symbol = name && symbols.of(name);
  const references = symbol ? symbols.references(symbol) : [];
  return references.flatMap((reference) =>
    ts.isCallExpression(reference.parent) && reference.parent.expression === reference ? [reference.parent] : [],
  );
}

/** The instances of a class that are seen to be made. */
function instancesOf({ name }: ts.ClassLikeDeclaration, symbols: Symbols): readonly ts.NewExpression[] {
  const symbol = name && symbols.of(name);
  const references = symbol ? symbols.references(symbol) : [];
  return references.flatMap(({ parent }) =>
    ts.isNewExpression(parent) && symbols.of(parent.expression) === symbol ? [parent] : [],
  );
}

function functionName(node: FunctionNode): ts.Identifier | undefined {
  if (ts.isFunctionDeclaration(node)) return node.name;
  const { parent } = node;
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name : undefined;
}

/** Whether code outside the file may hold this function: it is exported, or a member of something. */
export function isExposed(node: FunctionNode): boolean {
  const declaration = ts.isVariableDeclaration(node.parent) ? node.parent : node;
  const exported = (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0;
  return exported || !functionName(node);
}

/** Whether a symbol is handed out of its file by `export { x }`, `export default x` or `module.exports`. */
export function isExportedSymbol(symbol: ts.Symbol, symbols: Symbols): boolean {
  return symbols.references(symbol).some((node) => {
    const { parent } = node;
    if (ts.isExportSpecifier(parent) || ts.isExportAssignment(parent)) return true;
    const declaration =
      ts.isVariableDeclaration(parent) || ts.isFunctionDeclaration(parent) || ts.isClassDeclaration(parent);
    if (declaration && parent.name === node)
      return (ts.getCombinedModifierFlags(parent) & ts.ModifierFlags.Export) !== 0;
    return !enclosingFunction(node) && isInModuleExports(node);
  });
}

function isInModuleExports(node: ts.Node): boolean {
  for (let at = node.parent as ts.Node | undefined; at && !ts.isStatement(at); at = at.parent) {
    if (ts.isBinaryExpression(at) && /^(module\.)?exports\b/.test(at.left.getText())) return true;
  }
  return false;
}

/** The declarations that an expression is made from, as deep as they are seen: variables, and what these are made from. */
export function sourcesOf(expression: ts.Node, symbols: Symbols): readonly ts.Declaration[] {
  const found = new Set<ts.Declaration>();
  const visit = (root: ts.Node): void => {
    walk(root, (node) => {
      const declaration = ts.isIdentifier(node) ? symbols.declaration(node) : undefined;
      if (!declaration || !ts.isVariableDeclaration(declaration) || found.has(declaration)) return undefined;
      found.add(declaration);
      if (declaration.initializer) visit(declaration.initializer);
      return undefined;
    });
  };
  visit(expression);
  return [...found];
}
