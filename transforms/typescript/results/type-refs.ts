import { ts } from '../ts.js';
import { currentType } from '../../../src/api/type-names.js';
import { sdkName } from '../symbols.js';
import type { Range } from '../../../src/edits/edit.js';
import type { Unit } from '../unit.js';
import { ownerOf, type TypeOwner } from './type-owner.js';
import type { World } from './world.js';

/** A place in a file where a legacy type of the SDK is named. */
export interface TypeRef {
  readonly unit: Unit;
  /** The reference as a type node, or the declaration that names it. */
  readonly node: ts.Node;
  /** Its name in the SDK, such as `CompletionCreateParams.Metadata`. */
  readonly legacy: string;
  /** The range of the name, without the namespace in front of it. */
  readonly tail: Range;
  /** The import that binds the first part of the name; undefined if that is the SDK's own namespace. */
  readonly binding: ts.ImportSpecifier | ts.NamespaceImport | undefined;
  /** The name is bound by the program's own code: it stays what it is, with its new meaning. */
  readonly isOwnName: boolean;
  /** The name is taken from the Bedrock SDK, which no longer has types of its own. */
  readonly isOfBedrock: boolean;
  readonly owner: TypeOwner;
}

/** Every reference to a legacy type in the files under analysis, JSDoc included. */
export function findTypeRefs(world: World): readonly TypeRef[] {
  return world.units.flatMap((unit) => {
    const found: TypeRef[] = [];
    visitTypes(unit.tree, !unit.isTypeScript, (node, owner) => {
      const ref = refAt(node, unit, world, owner);
      if (ref) found.push(ref);
    });
    return found;
  });
}

type Visit = (node: ts.Node, owner: ts.Node | undefined) => void;

function visitTypes(node: ts.Node, readsJsDoc: boolean, visit: Visit): void {
  visit(node, undefined);
  if (readsJsDoc) for (const [type, owner] of jsDocTypes(node)) visitWithin(type, owner, visit);
  ts.forEachChild(node, (child) => {
    visitTypes(child, readsJsDoc, visit);
  });
}

function visitWithin(type: ts.Node, owner: ts.Node, visit: Visit): void {
  visit(type, owner);
  ts.forEachChild(type, (child) => {
    visitWithin(child, owner, visit);
  });
}

/** The types that JSDoc gives a parameter, a function's result or a variable. */
function jsDocTypes(node: ts.Node): readonly (readonly [ts.TypeNode, ts.Node])[] {
  if (ts.isParameter(node))
    return pairs(
      ts.getJSDocParameterTags(node).map(({ typeExpression }) => typeExpression?.type),
      node,
    );
  if (ts.isFunctionLike(node)) return pairs([ts.getJSDocReturnType(node)], node);
  const isTyped =
    ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) || ts.isParenthesizedExpression(node);
  return isTyped ? pairs([ts.getJSDocType(node)], node) : [];
}

function pairs(
  types: readonly (ts.TypeNode | undefined)[],
  owner: ts.Node,
): readonly (readonly [ts.TypeNode, ts.Node])[] {
  return types.flatMap((type) => (type ? [[type, owner] as const] : []));
}

function refAt(node: ts.Node, unit: Unit, world: World, jsDocOwner: ts.Node | undefined): TypeRef | undefined {
  const name = entityOf(node);
  if (!name) return undefined;
  const { start, end } = unit.range(node);
  const legacy = sdkName(world.symbols.of(lastOf(name)));
  if (start === end || legacy === undefined || !currentType(legacy, world.targetOf(unit))) return undefined;
  const root = rootOf(name);
  const declared = ts.isImportTypeNode(node) ? undefined : bindingOf(root, world);
  const isImport =
    declared !== undefined &&
    (ts.isImportSpecifier(declared) || ts.isNamespaceImport(declared)) &&
    isOfSdk(declared, world);
  const tail = tailOf(name, world);
  const isOfNamespace = tail !== undefined && sdkName(world.symbols.of(root)) === 'Anthropic';
  return {
    unit,
    node,
    legacy,
    tail: { start: unit.range(tail ?? name).start, end: unit.range(name).end },
    binding: isImport && !isOfNamespace ? declared : undefined,
    isOfBedrock: isBedrock(declared),
    isOwnName: !ts.isImportTypeNode(node) && !isImport && !tail,
    owner: jsDocOwner
      ? { kind: world.answerOf(jsDocOwner) ? 'slot' : 'shared', node: jsDocOwner }
      : ownerOf(node, world),
  };
}

type Name = ts.EntityName | ts.PropertyAccessEntityNameExpression;

/** The name that a node refers to a type by. */
function entityOf(node: ts.Node): Name | undefined {
  if (ts.isTypeReferenceNode(node)) return node.typeName;
  if (ts.isImportTypeNode(node)) return node.qualifier;
  if (ts.isImportEqualsDeclaration(node) && !ts.isExternalModuleReference(node.moduleReference))
    return node.moduleReference;
  const isBase = ts.isExpressionWithTypeArguments(node) && ts.isInterfaceDeclaration(node.parent.parent);
  return isBase && isNameExpression(node.expression) ? node.expression : undefined;
}

function isNameExpression(node: ts.Expression): node is ts.Identifier | ts.PropertyAccessEntityNameExpression {
  return (
    ts.isIdentifier(node) ||
    (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.name) && isNameExpression(node.expression))
  );
}

function lastOf(name: Name): ts.Identifier {
  if (ts.isIdentifier(name)) return name;
  return ts.isQualifiedName(name) ? name.right : name.name;
}

function frontOf(name: Name): Name | undefined {
  if (ts.isIdentifier(name)) return undefined;
  return ts.isQualifiedName(name) ? name.left : name.expression;
}

function rootOf(name: Name): ts.Identifier {
  const front = frontOf(name);
  return front ? rootOf(front) : lastOf(name);
}

/** The part behind the longest front of a name that is the SDK itself, or a module of it. */
function tailOf(name: Name, world: World): ts.Identifier | undefined {
  const front = frontOf(name);
  if (!front) return undefined;
  const binding = ts.isIdentifier(front) ? bindingOf(front, world) : undefined;
  const isSdk = (binding && ts.isNamespaceImport(binding)) ?? false;
  return isSdk || sdkName(world.symbols.of(lastOf(front))) === 'Anthropic' ? lastOf(name) : tailOf(front, world);
}

function bindingOf(name: ts.Identifier, { view }: World): ts.Declaration | undefined {
  return view.checker.getSymbolAtLocation(name)?.declarations?.[0];
}

function isBedrock(binding: ts.Declaration | undefined): boolean {
  let at: ts.Node | undefined = binding;
  while (at && !ts.isImportDeclaration(at)) at = at.parent;
  return (
    at !== undefined &&
    ts.isStringLiteral(at.moduleSpecifier) &&
    at.moduleSpecifier.text.startsWith('@anthropic-ai/bedrock-sdk')
  );
}

/** Whether an import or export takes its names from the SDK, and not from a module of the program that hands them on. */
export function isOfSdk(
  declaration: ts.ImportSpecifier | ts.NamespaceImport | ts.ExportSpecifier,
  world: World,
): boolean {
  const from = moduleOf(declaration);
  const module = from && world.view.checker.getSymbolAtLocation(from);
  return module?.declarations?.every((each) => world.isLibrary(each.getSourceFile())) ?? false;
}

/** The literal that names the module of an import or export. */
export function moduleOf(
  declaration: ts.ImportSpecifier | ts.NamespaceImport | ts.ExportSpecifier,
): ts.StringLiteral | undefined {
  let at: ts.Node = declaration.parent;
  while (!ts.isImportDeclaration(at) && !ts.isExportDeclaration(at)) at = at.parent;
  return at.moduleSpecifier && ts.isStringLiteral(at.moduleSpecifier) ? at.moduleSpecifier : undefined;
}
