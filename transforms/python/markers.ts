import { survivors } from '../../src/edits/survivors.js';
import { PYTHON_MARKERS } from '../../src/api/python-names.js';
import type { Changes } from './changes.js';
import { afterImports, dropImported } from './imports.js';
import { descendants, field, textOf, walk, type Node } from './node.js';
import type { Origins } from './origin.js';
import { importedAs, importedNames } from './scopes.js';
import { isListed, type Unit } from './unit.js';

/**
 * Takes the SDK's marker constants out of a file: SDK 1.x has none. What our edits left without a use goes; what is
 * still read becomes a constant of the file.
 */
export function settleMarkers(unit: Unit, origins: Origins, changes: Changes): void {
  const survives = survivors(changes.edits.get(unit) ?? []);
  const imports = markerImports(unit);
  const left = markerUses(unit, origins).filter(({ node }) => survives(node));
  for (const [statement, clauses] of imports)
    dropImported(statement, new Set(clauses.map(({ clause }) => clause)), unit, changes);
  const own = new Set([...imports.values()].flat().map(({ local }) => local));
  const needed = new Map<string, string>();
  for (const { node, name } of left) {
    const local = node.type === 'identifier' ? textOf(node) : name;
    // What another module of the project hands on stays there.
    if (node.type === 'identifier' && !own.has(local)) continue;
    needed.set(local, PYTHON_MARKERS.get(name) as string);
    if (node.type !== 'identifier') changes.replace(unit, node, [local]);
  }
  for (const { local, name } of [...imports.values()].flat())
    if (isListed(local, unit)) needed.set(local, PYTHON_MARKERS.get(name) as string);
  if (needed.size === 0) return;
  const { quote } = unit.style;
  const place = afterImports(unit);
  const names = [...needed.keys()].sort().reverse();
  const lines = names.map(
    (name) => `${name} = ${quote}${(needed.get(name) as string).replaceAll('\n', '\\n')}${quote}\n`,
  );
  const isTight = /^[^\r\n]/.test(unit.text.slice(place));
  // Below a function stand two blank lines.
  const isBelowHelpers =
    [...changes.helpers].some((helper) => helper.unit === unit) && /^(\r?\n){2}/.test(unit.text.slice(place));
  changes.insert(unit, place, [isBelowHelpers ? '\n\n' : '\n', ...lines, ...(isTight ? ['\n'] : [])]);
  const isOne = names.length === 1;
  changes.note(
    'CTM105',
    unit,
    { start: place, end: place },
    `${names.join(' and ')} ${isOne ? 'is' : 'are'} still read here and no longer in the SDK: now ${isOne ? 'a constant' : 'constants'} of this file.`,
  );
}

interface MarkerImport {
  readonly name: string;
  readonly local: string;
  readonly clause: Node;
}

/** The marker constants that a file imports from the SDK itself, within functions too, by statement. */
function markerImports({ root }: Unit): ReadonlyMap<Node, readonly MarkerImport[]> {
  const found = new Map<Node, MarkerImport[]>();
  for (const value of descendants(root, 'import_from_statement')) {
    for (const local of importedNames(value)) {
      const imported = importedAs({ kind: 'import', name: local, value });
      if (!imported?.name || !PYTHON_MARKERS.has(imported.name) || !/^anthropic(_bedrock)?(\.|$)/.test(imported.module))
        continue;
      const { statement, clause, name } = imported;
      found.set(statement, [...(found.get(statement) ?? []), { name, local: textOf(local), clause }]);
    }
  }
  return found;
}

function markerUses(unit: Unit, origins: Origins): readonly { readonly node: Node; readonly name: string }[] {
  const uses: { readonly node: Node; readonly name: string }[] = [];
  walk(unit.root, (node) => {
    if (node.type.includes('import')) return false;
    if (node.type !== 'identifier' && node.type !== 'attribute') return undefined;
    if (node.type === 'identifier' && node.field === 'attribute' && node.parent?.type === 'attribute') return undefined;
    const name = markerName(node, unit, origins);
    if (name === undefined) return undefined;
    uses.push({ node, name });
    return false;
  });
  return uses;
}

function markerName(node: Node, unit: Unit, origins: Origins): string | undefined {
  const last = node.type === 'attribute' ? field(node, 'attribute') : node;
  if (node.type === 'attribute' && !(last && PYTHON_MARKERS.has(textOf(last)))) return undefined;
  const text = origins.marker(node, unit);
  return [...PYTHON_MARKERS].find(([, value]) => value === text)?.[0];
}
