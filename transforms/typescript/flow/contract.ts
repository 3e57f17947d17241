import { ts } from '../ts.js';
import type { Analysis } from '../analyse.js';
import { isExportObject } from '../commonjs.js';
import { onlyDeclaration } from '../symbols.js';
import type { Callee } from './functions.js';

/** The member of an interface or abstract class that one method implements, and no other: to call it is to call the method. */
export interface Contract {
  readonly symbol: ts.Symbol;
  readonly owner: ts.Symbol;
  readonly declaration: ts.MethodSignature | ts.MethodDeclaration | ts.PropertySignature;
  readonly parameters: readonly ts.ParameterDeclaration[];
}

/** The contract of a method; undefined where there is none, several, or one that others may fulfil too. */
export function contractOf(
  { fn, name }: Callee,
  { symbols, view: { checker }, units }: Analysis,
): Contract | undefined {
  if (!ts.isMethodDeclaration(fn) || !ts.isClassLike(fn.parent)) return undefined;
  const implementer = fn.parent;
  const bases = (implementer.heritageClauses ?? []).flatMap(({ types }) =>
    types.map((type) => checker.getTypeAtLocation(type)),
  );
  const [member, ...more] = bases.flatMap((base) => base.getProperty(name.text) ?? []);
  const declaration = onlyDeclaration(member);
  const parameters = declaration && parametersOf(declaration);
  if (!member || more.length > 0 || !declaration || !parameters) return undefined;
  const holder = declaration.parent;
  const isKnown =
    (ts.isInterfaceDeclaration(holder) || ts.isClassDeclaration(holder)) &&
    !holder.typeParameters &&
    !holder.heritageClauses;
  const owner = isKnown && holder.name ? symbols.of(holder.name) : undefined;
  if (!owner || onlyDeclaration(owner) !== holder || !units.some(({ tree }) => tree === holder.getSourceFile()))
    return undefined;
  const heirs = symbols
    .references(owner)
    .flatMap(({ parent }) => (ts.isExpressionWithTypeArguments(parent) ? [parent.parent.parent] : []));
  const isAlone =
    heirs.every((heir) => heir === implementer) && !symbols.named(name.text).some((node) => isOfLiteral(node, checker));
  return isAlone
    ? { symbol: member, owner, declaration: declaration as Contract['declaration'], parameters }
    : undefined;
}

/** What a member that only says what it takes is given. */
function parametersOf(declaration: ts.Declaration): readonly ts.ParameterDeclaration[] | undefined {
  if (ts.isMethodSignature(declaration)) return declaration.questionToken ? undefined : declaration.parameters;
  if (ts.isMethodDeclaration(declaration)) return declaration.body ? undefined : declaration.parameters;
  const isFunction =
    ts.isPropertySignature(declaration) &&
    !declaration.questionToken &&
    declaration.type &&
    ts.isFunctionTypeNode(declaration.type);
  return isFunction ? declaration.type.parameters : undefined;
}

/** Whether an object literal has a function under this name: it may stand for whatever declares such a member. */
function isOfLiteral(node: ts.Identifier, checker: ts.TypeChecker): boolean {
  const { parent } = node;
  if (!ts.isPropertyAssignment(parent) && !ts.isShorthandPropertyAssignment(parent)) return false;
  if (isExportObject(parent.parent) || parent.name !== node) return false;
  const value = ts.isPropertyAssignment(parent) ? parent.initializer : parent.name;
  const type = checker.getTypeAtLocation(value);
  return (type.flags & ts.TypeFlags.Any) !== 0 || type.getCallSignatures().length > 0;
}
