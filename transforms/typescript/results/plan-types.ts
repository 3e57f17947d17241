import { ts } from '../ts.js';
import type { Site } from '../locate.js';
import { isInside } from '../syntax.js';
import type { Unit } from '../unit.js';
import type { ResultProblem, ResultUse } from './result-use.js';
import type { Shapes } from './shapes.js';
import { typeEdit, type TypeEdit, type TypeShape } from './type-edit.js';
import {
  findTypeImports,
  importEdits,
  isUsedAsValue,
  localName,
  removeSpecifier,
  usesOfImport,
  type TypeImport,
} from './type-imports.js';
import { ownerOf, type TypeOwner } from './type-owner.js';
import type { TypeRef } from './type-refs.js';
import type { World } from './world.js';

/** The shape of what a legacy type describes, and the calls that it is shared with. */
export interface TypeUse {
  readonly shape: TypeShape;
  readonly sites: Iterable<Site>;
}

/** Places whose answers must be legacy because they share a type alias with places that are. */
export function sharedByAlias(refs: readonly TypeRef[], shapes: Shapes, world: World): readonly ts.Node[] {
  return refs.flatMap(({ owner, legacy }) => {
    if (owner.kind !== 'alias' || legacy !== 'Completion') return [];
    const owners = usersOf(owner.declaration, world, new Set());
    const isLegacy = owners.some((each) => shapeOfOwner(each, shapes) === 'legacy');
    return isLegacy
      ? owners.flatMap((each) => (each.kind === 'slot' && !shapes.isLegacy(each.node) ? [each.node] : []))
      : [];
  });
}

/** The places that an owner is, or that have it as their type. */
export function slotsOf(owner: TypeOwner, world: World): readonly ts.Node[] {
  const owners = owner.kind === 'alias' ? usersOf(owner.declaration, world, new Set()) : [owner];
  return owners.flatMap((each) => (each.kind === 'slot' ? [each.node] : []));
}

/** Everything that has an alias as its type, or as a part of it. */
function usersOf(alias: ts.TypeAliasDeclaration, world: World, seen: Set<ts.Node>): readonly TypeOwner[] {
  if (seen.has(alias)) return [];
  seen.add(alias);
  const symbol = world.symbols.of(alias.name);
  const references = symbol
    ? world.symbols.references(symbol).filter(({ parent }) => ts.isTypeReferenceNode(parent))
    : [];
  return references.flatMap(({ parent }) => {
    const owner = ownerOf(parent, world);
    return owner.kind === 'alias' ? usersOf(owner.declaration, world, seen) : [owner];
  });
}

function shapeOfOwner(owner: TypeOwner, shapes: Shapes): TypeShape {
  if (owner.kind === 'shared') return 'legacy';
  return owner.kind === 'slot' && shapes.isLegacy(owner.node) ? 'legacy' : 'messages';
}

/** What becomes of every legacy type that is named, and of the imports of their names. */
export function planTypes(refs: readonly TypeRef[], shapes: Shapes, world: World): readonly ResultUse[] {
  const uses = new Map(refs.map((ref) => [ref, useOf(ref, shapes, world)]));
  const edited = new Map(refs.map((ref) => [ref, editOf(ref, uses.get(ref)?.shape ?? 'messages', world)]));
  const imports = findTypeImports(world);
  const bound = new Set<TypeRef>();
  const groups = imports.map((each) => {
    const own = refs.filter(({ binding }) => binding !== undefined && isInside(binding, each.declaration));
    own.forEach((ref) => bound.add(ref));
    return importUse(each, own, uses, edited, world);
  });
  const single = refs
    .filter((ref) => !bound.has(ref))
    .map((ref) => {
      if (!ref.isOfBedrock) return groupUse(ref.unit, [ref], uses, edited, []);
      const problem: ResultProblem = {
        code: 'CTM316',
        node: ref.node,
        message: 'The Bedrock SDK has no types of its own any more',
      };
      return { ...groupUse(ref.unit, [ref], uses, new Map(), []), problem };
    });
  const streams = streamImports(world, refs, edited).map(([specifier, own]) =>
    groupUse(own[0].unit, own, uses, new Map(), removeSpecifier(specifier, own[0].unit)),
  );
  return [...groups, ...single, ...streams].filter(({ edits, problem }) => edits.length > 0 || problem);
}

function useOf({ owner, legacy }: TypeRef, shapes: Shapes, world: World): TypeUse {
  if (legacy === 'Completion') {
    const owners = owner.kind === 'alias' ? usersOf(owner.declaration, world, new Set()) : [owner];
    const nodes = owners.flatMap((each) => ('node' in each ? [each.node] : []));
    const shape = owners.some((each) => shapeOfOwner(each, shapes) === 'legacy') ? 'legacy' : 'messages';
    return { shape, sites: nodes.flatMap((node) => [...shapes.sitesAt(node)]) };
  }
  const isParameters = legacy.startsWith('CompletionCreateParams') && !legacy.endsWith('Metadata');
  const owners = owner.kind === 'alias' ? usersOf(owner.declaration, world, new Set()) : [owner];
  const asked = isParameters
    ? owners.flatMap((each) => ('node' in each ? (world.paramsTypeAt?.(each.node) ?? []) : []))
    : [];
  if (asked.length === 0) return { shape: 'messages', sites: [] };
  return {
    shape: asked.some(({ shape }) => shape === 'legacy') ? 'legacy' : 'messages',
    sites: asked.flatMap(({ sites }) => [...sites]),
  };
}

function editOf(ref: TypeRef, shape: TypeShape, world: World): TypeEdit {
  const { binding } = ref;
  return typeEdit(
    ref,
    shape,
    (name) => (binding && ts.isImportSpecifier(binding) ? localName(binding, name, world) : name),
    world,
  );
}

type Uses = ReadonlyMap<TypeRef, TypeUse>;
type Edited = ReadonlyMap<TypeRef, TypeEdit>;

/** The imports of the SDK's `Stream` that the references take the last uses from. */
function streamImports(
  world: World,
  refs: readonly TypeRef[],
  edited: Edited,
): readonly (readonly [ts.ImportSpecifier, readonly [TypeRef, ...TypeRef[]]])[] {
  const freed = new Map<ts.ImportSpecifier, [TypeRef, ...TypeRef[]]>();
  for (const ref of refs) {
    const name = edited.get(ref)?.freed;
    const declaration =
      name && ts.isIdentifier(name) ? world.view.checker.getSymbolAtLocation(name)?.declarations?.[0] : undefined;
    if (!declaration || !ts.isImportSpecifier(declaration)) continue;
    const known = freed.get(declaration);
    if (known) known.push(ref);
    else freed.set(declaration, [ref]);
  }
  return [...freed].filter(([specifier, own]) =>
    usesOfImport(specifier, world).every((node) => own.some((ref) => edited.get(ref)?.freed === node)),
  );
}

/** An import moves together with everything that it names. */
function importUse(each: TypeImport, refs: readonly TypeRef[], uses: Uses, edited: Edited, world: World): ResultUse {
  const value = each.specifiers.filter(ts.isImportSpecifier).find((specifier) => isUsedAsValue(specifier, world));
  if (value) {
    const problem: ResultProblem = {
      code: 'CTM316',
      node: value,
      message: `${value.name.text} is used as a value, which Messages has no counterpart for`,
    };
    return { ...groupUse(each.unit, refs, uses, new Map(), []), problem };
  }
  const neededOf = (specifier: ts.ImportSpecifier): ReadonlySet<string> => {
    const own = refs.filter(({ binding }) => binding === specifier);
    return new Set(own.flatMap((ref) => edited.get(ref)?.needs ?? []));
  };
  return groupUse(each.unit, refs, uses, edited, importEdits(each, neededOf, world));
}

function groupUse(
  unit: Unit,
  refs: readonly TypeRef[],
  uses: Uses,
  edited: Edited,
  edits: ResultUse['edits'],
): ResultUse {
  const all = refs.flatMap((ref) => edited.get(ref) ?? []);
  return {
    unit,
    edits: [...edits, ...all.flatMap((each) => each.edits)],
    notes: [],
    sites: new Set(refs.flatMap((ref) => [...(uses.get(ref)?.sites ?? [])])),
    helpers: [...new Set(all.flatMap(({ helper }) => helper ?? []))],
  };
}
