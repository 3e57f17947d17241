import { survivors } from '../../src/edits/survivors.js';
import { PYTHON_MARKERS } from '../../src/api/python-names.js';
import type { Changes } from './changes.js';
import { afterImports, dropImported } from './imports.js';
import type { MarkerImports } from './marker-imports.js';
import { field, textOf, walk, type Node } from './node.js';
import type { Origins } from './origin.js';
import type { Unit } from './unit.js';

/**
 * Takes the SDK's marker constants out of a file: SDK 1.x has none. What our edits left without a use goes; what is
 * still read becomes a constant of the file.
 */
export function settleMarkers(unit: Unit, imports: MarkerImports, origins: Origins, changes: Changes): void {
  const survives = survivors(changes.edits.get(unit) ?? []);
  const left = markerUses(unit, origins).filter(({ node }) => survives(node));
  const needed = new Map<string, string>();
  const dropped = new Map<Node, Set<Node>>();
  for (const { statement, clause, local, name, through } of imports.of(unit)) {
    const isNeeded = imports.isNeeded(unit, local);
    // What another module of the project hands on stays there.
    if (isNeeded && through) continue;
    if (isNeeded) needed.set(local, PYTHON_MARKERS.get(name) as string);
    dropped.set(statement, (dropped.get(statement) ?? new Set()).add(clause));
  }
  for (const [statement, clauses] of dropped) dropImported(statement, clauses, unit, changes);
  for (const { node, name } of left) {
    // A name that nothing binds is one of `from anthropic import *`.
    const isStarred = node.type === 'identifier' && origins.definitionsOf(node, unit).length === 0;
    if (node.type === 'identifier' && !isStarred) continue;
    needed.set(name, PYTHON_MARKERS.get(name) as string);
    if (!isStarred) changes.replace(unit, node, [name]);
  }
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
  const above = isBelowHelpers ? '\n\n' : isFirst(place, unit, changes) ? '' : '\n';
  changes.insert(unit, place, [above, ...lines, ...(isTight ? ['\n'] : [])]);
  const isOne = names.length === 1;
  changes.note(
    'CTM105',
    unit,
    { start: place, end: place },
    `${names.join(' and ')} ${isOne ? 'is' : 'are'} still read here and no longer in the SDK: now ${isOne ? 'a constant' : 'constants'} of this file.`,
  );
}

/** Whether nothing is left in a file above an offset. */
function isFirst(place: number, { root, path }: Unit, changes: Changes): boolean {
  const edits = [...changes.edits].find(([unit]) => unit.path === path)?.[1] ?? [];
  const survives = survivors(edits);
  return (
    !root.children.some((child) => child.end <= place && survives(child)) &&
    !edits.some(({ range, pieces }) => range.start <= place && pieces.length > 0)
  );
}

/** Whether an import brings in nothing but the SDK's marker constants, so that it goes. */
export function importsOnlyMarkers(statement: Node): boolean {
  const clauses = statement.children.filter((child) => child.field === 'name');
  const module = field(statement, 'module_name');
  return (
    module !== undefined &&
    /^anthropic(_bedrock)?(\.|$)/.test(textOf(module)) &&
    clauses.every((clause) => PYTHON_MARKERS.has(textOf(field(clause, 'name') ?? clause)))
  );
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
