import { ts } from '../ts.js';
import { currentModule, currentType } from '../../../src/api/type-names.js';
import type { Edit } from '../../../src/edits/edit.js';
import { removeElements, removeStatement } from '../list-edits.js';
import { sdkName } from '../symbols.js';
import { walk } from '../syntax.js';
import type { Unit } from '../unit.js';
import { pathEdits } from './type-edit.js';
import { isOfSdk, moduleOf } from './type-refs.js';
import type { World } from './world.js';

/** An import or re-export of legacy names from the SDK, in one file. */
export interface TypeImport {
  readonly unit: Unit;
  readonly declaration: ts.ImportDeclaration | ts.ExportDeclaration;
  readonly specifiers: readonly (ts.ImportSpecifier | ts.ExportSpecifier)[];
}

/** Every import and re-export that names a legacy type of the SDK, or a module that only has those. */
export function findTypeImports(world: World): readonly TypeImport[] {
  return world.units.flatMap((unit) =>
    unit.tree.statements.flatMap((declaration): TypeImport[] => {
      if (!ts.isImportDeclaration(declaration) && !ts.isExportDeclaration(declaration)) return [];
      const specifiers = specifiersOf(declaration).filter(
        (each) => isOfSdk(each, world) && legacyNameOf(each, world) !== undefined,
      );
      const moves =
        declaration.moduleSpecifier !== undefined &&
        ts.isStringLiteral(declaration.moduleSpecifier) &&
        currentModule(declaration.moduleSpecifier.text, world.targetOf(unit)) !== undefined;
      return specifiers.length > 0 || moves ? [{ unit, declaration, specifiers }] : [];
    }),
  );
}

function specifiersOf(
  declaration: ts.ImportDeclaration | ts.ExportDeclaration,
): readonly (ts.ImportSpecifier | ts.ExportSpecifier)[] {
  const list = ts.isImportDeclaration(declaration) ? declaration.importClause?.namedBindings : declaration.exportClause;
  return list && (ts.isNamedImports(list) || ts.isNamedExports(list)) ? [...list.elements] : [];
}

/** The name of the SDK's legacy type that a specifier imports, if it has a counterpart. */
export function legacyNameOf(specifier: ts.ImportSpecifier | ts.ExportSpecifier, world: World): string | undefined {
  const unit = world.unitOf(specifier);
  const name = sdkName(world.symbols.of(specifier.name));
  return unit && name !== undefined && currentType(name, world.targetOf(unit)) ? name : undefined;
}

/** Whether an imported name is also used as a value, which no type can stand for. */
export function isUsedAsValue(specifier: ts.ImportSpecifier, world: World): boolean {
  return usesOfImport(specifier, world).some((node) => !isInType(node));
}

/** Every place in its file where an imported name is used. */
export function usesOfImport(specifier: ts.ImportSpecifier, { symbols, view }: World): readonly ts.Identifier[] {
  const symbol = symbols.of(specifier.name);
  const references = symbol ? symbols.references(symbol) : [];
  return references.filter(
    (node) =>
      node.getSourceFile() === specifier.getSourceFile() &&
      !ts.isImportSpecifier(node.parent) &&
      view.checker.getSymbolAtLocation(node)?.declarations?.[0] === specifier,
  );
}

/** Takes a name out of its import, or the import out of the file. */
export function removeSpecifier(specifier: ts.ImportSpecifier, unit: Unit): readonly Edit[] {
  const { elements, parent } = specifier.parent;
  if (elements.length > 1 || parent.name) return removeElements(elements, [specifier], unit);
  return [removeStatement(parent.parent, unit)];
}

function isInType(node: ts.Node): boolean {
  for (let at = node.parent; !ts.isStatement(at); at = at.parent)
    if (ts.isTypeNode(at) && !ts.isExpressionWithTypeArguments(at)) return true;
  return ts.isTypeAliasDeclaration(node.parent) || ts.isImportEqualsDeclaration(node.parent);
}

/** The local name for a type of the SDK that takes the place of an imported one. */
export function localName(specifier: ts.ImportSpecifier, name: string, world: World): string {
  const unit = world.unitOf(specifier);
  const legacy = legacyNameOf(specifier, world);
  const isPrimary =
    unit !== undefined && legacy !== undefined && currentType(legacy, world.targetOf(unit))?.name === name;
  if (!isPrimary) return name;
  return specifier.propertyName || isTaken(name, specifier.getSourceFile()) ? specifier.name.text : name;
}

function isTaken(name: string, file: ts.SourceFile): boolean {
  let taken = false;
  walk(file, (node) => {
    taken ||= ts.isIdentifier(node) && node.text === name && !isMemberName(node);
    return !taken;
  });
  return taken;
}

function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isQualifiedName(parent) && parent.right === node)
  );
}

/** The import with the names that its references need now. */
export function importEdits(
  { unit, declaration, specifiers }: TypeImport,
  neededOf: (specifier: ts.ImportSpecifier) => ReadonlySet<string>,
  world: World,
): readonly Edit[] {
  const texts = specifiers.map((specifier) => [specifier, newNames(specifier, neededOf, world)] as const);
  const gone = texts.filter(([, names]) => names.length === 0).map(([specifier]) => specifier);
  const all = specifiersOf(declaration);
  const isEmpty =
    gone.length > 0 &&
    gone.length === all.length &&
    !(ts.isImportDeclaration(declaration) && declaration.importClause?.name);
  if (isEmpty) return [removeStatement(declaration, unit)];
  const [first] = specifiers;
  const path = declaration.moduleSpecifier ?? (first && moduleOf(first));
  return [
    ...texts
      .filter(([, names]) => names.length > 0)
      .map(([specifier, names]) => ({ range: unit.range(specifier), pieces: [names.join(', ')] })),
    ...removeElements(all, gone, unit),
    ...(path ? pathEdits(path, unit, world) : []),
  ];
}

function newNames(
  specifier: ts.ImportSpecifier | ts.ExportSpecifier,
  neededOf: (specifier: ts.ImportSpecifier) => ReadonlySet<string>,
  world: World,
): readonly string[] {
  const type = specifier.isTypeOnly ? 'type ' : '';
  const unit = world.unitOf(specifier);
  const legacy = legacyNameOf(specifier, world);
  const current = unit && legacy !== undefined ? currentType(legacy, world.targetOf(unit)) : undefined;
  if (ts.isExportSpecifier(specifier)) return [`${type}${current?.name ?? ''} as ${specifier.name.text}`];
  return [...neededOf(specifier)].map((name) => {
    const local = localName(specifier, name, world);
    return type + (local === name ? name : `${name} as ${local}`);
  });
}
