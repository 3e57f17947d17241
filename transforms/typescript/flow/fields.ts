import { ts } from '../ts.js';
import { onlyDeclaration, type Symbols } from '../symbols.js';
import { isHandedOver, isWritten, staticName, unwrap } from '../syntax.js';
import { isTextType } from './functions.js';
import { heldOptions, heldWithType } from './options-held.js';

/** A member of the options that functions take, and everything that names it, were it to change. */
export interface Member {
  /** The parameters whose options have it: one, or all of one type. */
  readonly takers: readonly ts.ParameterDeclaration[];
  /** Where a type or a comment declares it. */
  readonly declared: readonly DeclaredMember[];
  /** Where the functions read it: accesses, and keys of patterns. */
  readonly reads: readonly (ts.PropertyAccessExpression | ts.Identifier)[];
  /** The other keys of the options, as far as they are named in the functions. */
  readonly siblings: ReadonlySet<string>;
  /** Constants of the type that declares it: their options have to be given to one of the parameters. */
  readonly held: readonly ts.VariableDeclaration[];
}

export type DeclaredMember = ts.PropertySignature | ts.JSDocPropertyLikeTag;

/**
 * The member of a parameter's options. Undefined where options are more than asked for their members, or where their
 * type says more of the member than that it is text, or serves for more than such parameters.
 */
export function memberOf(parameter: ts.ParameterDeclaration, key: string, symbols: Symbols): Member | undefined {
  const typed = parameter.type ? typedMember(parameter, parameter.type, key, symbols) : commentedMember(parameter, key);
  if (!typed) return undefined;
  const uses = typed.takers.map((taker) => usesIn(taker, key, symbols));
  if (!uses.every((each) => each !== undefined)) return undefined;
  const beside = typed.declared.flatMap(({ parent }) =>
    ts.isTypeLiteralNode(parent) || ts.isInterfaceDeclaration(parent) ? [...parent.members] : [],
  );
  return {
    ...typed,
    reads: uses.flatMap(({ reads }) => reads),
    siblings: new Set([
      ...uses.flatMap(({ siblings }) => siblings),
      ...beside.flatMap(({ name }) => staticName(name) ?? []),
    ]),
  };
}

type Typed = Pick<Member, 'takers' | 'declared' | 'held'>;

function typedMember(
  taker: ts.ParameterDeclaration,
  type: ts.TypeNode,
  key: string,
  symbols: Symbols,
): Typed | undefined {
  if (ts.isTypeLiteralNode(type)) return signatureIn(type.members, key, [taker], []);
  if (!ts.isTypeReferenceNode(type) || type.typeArguments || !ts.isIdentifier(type.typeName)) return undefined;
  const symbol = symbols.of(type.typeName);
  const declaration = onlyDeclaration(symbol);
  const isNamed = declaration && (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration));
  if (!symbol || !isNamed || declaration.typeParameters) return undefined;
  const held: ts.VariableDeclaration[] = [];
  const takers = symbols.references(symbol).flatMap((reference) => {
    if (reference === declaration.name || isHandedOver(reference)) return [];
    const constant = heldWithType(reference);
    if (constant) {
      held.push(constant);
      return [];
    }
    const holder = ts.isTypeReferenceNode(reference.parent) ? reference.parent.parent : undefined;
    return [holder && ts.isParameter(holder) && holder.type === reference.parent ? holder : undefined];
  });
  const body = ts.isInterfaceDeclaration(declaration) ? declaration : declaration.type;
  if (!takers.every((each) => each !== undefined)) return undefined;
  return ts.isInterfaceDeclaration(body) || ts.isTypeLiteralNode(body)
    ? signatureIn(body.members, key, takers, held)
    : undefined;
}

function signatureIn(
  members: readonly ts.TypeElement[],
  key: string,
  takers: readonly ts.ParameterDeclaration[],
  held: readonly ts.VariableDeclaration[],
): Typed | undefined {
  const signature = signatureOf(members, key);
  return signature && { takers, declared: [signature], held };
}

/** The member of a type that is text, and always there. */
export function signatureOf(members: readonly ts.TypeElement[], key: string): ts.PropertySignature | undefined {
  const [signature, ...more] = members.filter(({ name }) => staticName(name) === key);
  if (!signature || more.length > 0 || !ts.isPropertySignature(signature)) return undefined;
  return signature.questionToken || !isTextType(signature.type) ? undefined : signature;
}

/** What the comment of a JavaScript function says of the member, if it says anything. */
function commentedMember(taker: ts.ParameterDeclaration, key: string): Typed | undefined {
  if (!/\.[mc]?jsx?$/.test(taker.getSourceFile().fileName)) return undefined;
  const type = ts.getJSDocParameterTags(taker)[0]?.typeExpression?.type;
  if (!type || /^[oO]bject$/.test(type.getText())) return { takers: [taker], declared: [], held: [] };
  if (ts.isTypeLiteralNode(type)) return signatureIn(type.members, key, [taker], []);
  if (!ts.isJSDocTypeLiteral(type)) return undefined;
  const tag = type.jsDocPropertyTags?.find(({ name }) => ts.isQualifiedName(name) && name.right.text === key);
  const isText = !tag?.typeExpression || isTextType(tag.typeExpression.type);
  return isText && !tag?.isBracketed ? { takers: [taker], declared: tag ? [tag] : [], held: [] } : undefined;
}

interface Uses {
  readonly reads: readonly (ts.PropertyAccessExpression | ts.Identifier)[];
  readonly siblings: readonly string[];
}

/** How a function uses its options; undefined where it does anything but read members. */
function usesIn(
  { name, initializer, questionToken, dotDotDotToken }: ts.ParameterDeclaration,
  key: string,
  symbols: Symbols,
): Uses | undefined {
  if (initializer || questionToken || dotDotDotToken || ts.isArrayBindingPattern(name)) return undefined;
  if (ts.isObjectBindingPattern(name)) return usesOfPattern(name, key);
  const symbol = symbols.of(name);
  const uses =
    symbol &&
    symbols
      .references(symbol)
      .filter((reference) => reference !== name)
      .map((reference) => usesOf(reference, key));
  if (!uses?.every((each) => each !== undefined)) return undefined;
  return { reads: uses.flatMap(({ reads }) => reads), siblings: uses.flatMap(({ siblings }) => siblings) };
}

function usesOf(options: ts.Identifier, key: string): Uses | undefined {
  const { parent } = options;
  if (ts.isVariableDeclaration(parent) && parent.initializer === options && ts.isObjectBindingPattern(parent.name))
    return usesOfPattern(parent.name, key);
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== options) return undefined;
  if (parent.name.text !== key) return { reads: [], siblings: [parent.name.text] };
  return parent.questionDotToken || isWritten(parent) ? undefined : { reads: [parent], siblings: [] };
}

function usesOfPattern({ elements }: ts.ObjectBindingPattern, key: string): Uses | undefined {
  const keys = elements.map((element) => (element.dotDotDotToken ? undefined : keyOf(element)));
  if (!keys.every((each) => each !== undefined)) return undefined;
  return {
    reads: keys.filter(({ text }) => text === key),
    siblings: keys.map(({ text }) => text).filter((text) => text !== key),
  };
}

/** The key by which a pattern takes a member. */
export function keyOf({ propertyName, name }: ts.BindingElement): ts.Identifier | undefined {
  const key = propertyName ?? name;
  return ts.isIdentifier(key) ? key : undefined;
}

/** The parameter whose options a pattern takes apart. */
export function optionsOf(
  { parent: pattern }: ts.BindingElement,
  symbols: Symbols,
): ts.ParameterDeclaration | undefined {
  const holder = pattern.parent;
  if (ts.isParameter(holder)) return holder;
  const options = ts.isVariableDeclaration(holder) && holder.initializer ? unwrap(holder.initializer) : undefined;
  const declaration = options && ts.isIdentifier(options) ? symbols.declaration(options) : undefined;
  return declaration && ts.isParameter(declaration) ? declaration : undefined;
}

export type GivenProperty = ts.PropertyAssignment | ts.ShorthandPropertyAssignment;

/** Where options that are written out name a member, after everything that is spread into them. */
export function givenIn(options: ts.Expression | undefined, key: string, symbols: Symbols): GivenProperty | undefined {
  const literal = options && (heldOptions(options, key, symbols) ?? unwrap(options));
  if (!literal || !ts.isObjectLiteralExpression(literal)) return undefined;
  const [index, ...more] = literal.properties.flatMap(({ name }, at) => (name && staticName(name) === key ? [at] : []));
  const property = index === undefined ? undefined : literal.properties[index];
  const isLast = index !== undefined && !literal.properties.slice(index).some(ts.isSpreadAssignment);
  const isPlain =
    property &&
    (ts.isShorthandPropertyAssignment(property) ||
      (ts.isPropertyAssignment(property) && ts.isIdentifier(property.name)));
  return isPlain && isLast && more.length === 0 ? property : undefined;
}

/** What a property gives. */
export function valueOf(property: GivenProperty): ts.Expression {
  return ts.isPropertyAssignment(property) ? property.initializer : property.name;
}

/** The keys of the options that a property stands in. */
export function keysBeside({ parent }: GivenProperty): readonly string[] {
  return parent.properties.flatMap(({ name }) => (name ? (staticName(name) ?? []) : []));
}
