import { PYTHON_MARKERS, PYTHON_SDK_MODULES } from '../../src/api/python-names.js';
import { survivors, type Survives } from '../../src/edits/survivors.js';
import type { Changes } from './changes.js';
import { descendants, textOf, type Node } from './node.js';
import type { Origins } from './origin.js';
import type { Program } from './program.js';
import { importedAs, importedNames, starImports } from './scopes.js';
import { isListed, type Unit } from './unit.js';

/** A marker constant of the SDK that a file imports, within functions too. */
export interface MarkerImport {
  readonly statement: Node;
  readonly clause: Node;
  /** What the file calls it. */
  readonly local: string;
  /** What the SDK calls it. */
  readonly name: string;
  /** The file of the project that it is imported through; undefined where it comes from the SDK itself. */
  readonly through: Unit | undefined;
}

/** Which of the marker constants that the files of a program import are still read once the edits are made. */
export interface MarkerImports {
  readonly of: (unit: Unit) => readonly MarkerImport[];
  /** Whether the file, or another that imports the name from it, still reads it. */
  readonly isNeeded: (unit: Unit, local: string) => boolean;
}

/** Follows marker constants through the files that hand them on; `settled` are the files whose imports are about to change. */
export function markerImports(
  program: Program,
  settled: ReadonlySet<Unit>,
  origins: Origins,
  changes: Changes,
): MarkerImports {
  const imports = new Map(program.units.map((unit) => [unit, importsIn(unit, program, origins)] as const));
  const survival = new Map<Unit, Survives>();
  const survives = (unit: Unit, node: Node): boolean => {
    const own = survival.get(unit) ?? survivors(settled.has(unit) ? (changes.edits.get(unit) ?? []) : []);
    survival.set(unit, own);
    return own(node);
  };

  /** Whether a file reads a name that it imports, or never did: then others may. */
  const isRead = (unit: Unit, local: string, isOfSdk: boolean): boolean => {
    const reads = readsOf(unit, local);
    return reads.some((read) => survives(unit, read)) || (reads.length === 0 && !isOfSdk);
  };

  const isHandedOn = (unit: Unit, local: string, seen: ReadonlySet<string>): boolean =>
    program.units.some((other) => {
      if (other === unit) return false;
      const isTaken = (imports.get(other) ?? []).some(
        (each) => each.through === unit && each.name === local && isNeeded(other, each.local, seen),
      );
      const isStarred = starImports(other.root).some((module) => program.resolve(module, other) === unit);
      return isTaken || (isStarred && readsOf(other, local).some((read) => survives(other, read)));
    });

  const isNeeded = (unit: Unit, local: string, seen: ReadonlySet<string> = new Set()): boolean => {
    const key = `${unit.path} ${local}`;
    if (seen.has(key)) return false;
    const own = (imports.get(unit) ?? []).filter((each) => each.local === local);
    const isOfSdk = own.every(({ through }) => through === undefined);
    if (!settled.has(unit) && !isOfSdk) return true;
    const isOffered = isListed(local, unit) || (unit.path.endsWith('__init__.py') && readsOf(unit, local).length === 0);
    return isOffered || isRead(unit, local, isOfSdk) || isHandedOn(unit, local, new Set([...seen, key]));
  };

  return { of: (unit) => imports.get(unit) ?? [], isNeeded: (unit, local) => isNeeded(unit, local) };
}

/** The identifiers of a file that read a name of its module, or one that a star import gives it. */
function readsOf({ root, scopes }: Unit, local: string): readonly Node[] {
  return descendants(root, 'identifier').filter((node) => {
    if (textOf(node) !== local || node.parent?.type === 'dotted_name' || node.parent?.type === 'aliased_import')
      return false;
    if (node.parent?.type === 'attribute' && node.field === 'attribute') return false;
    if (node.parent?.type === 'keyword_argument' && node.field === 'name') return false;
    const definitions = scopes.bindingOf(node)?.definitions ?? [];
    return definitions.length === 0 || definitions.some(({ kind }) => kind === 'import');
  });
}

function importsIn(unit: Unit, program: Program, origins: Origins): readonly MarkerImport[] {
  return descendants(unit.root, 'import_from_statement').flatMap((value) =>
    importedNames(value).flatMap((node): readonly MarkerImport[] => {
      const imported = importedAs({ kind: 'import', name: node, value });
      if (imported?.name === undefined) return [];
      const { statement, clause, name, module } = imported;
      const found = { statement, clause, local: textOf(node), name };
      if (PYTHON_SDK_MODULES.has(module.split('.')[0] as string))
        return PYTHON_MARKERS.has(name) ? [{ ...found, through: undefined }] : [];
      const through = origins.marker(node, unit) === undefined ? undefined : program.resolve(module, unit);
      const isHandedOn = through?.scopes.module.bindings.get(name)?.definitions.every(({ kind }) => kind === 'import');
      return through && isHandedOn ? [{ ...found, through }] : [];
    }),
  );
}
