import { ts } from './ts.js';
import { afterImports } from './after-imports.js';
import type { Changes } from './changes.js';
import { SDK_MARKERS } from './lift/marker-values.js';
import { removeElements, removeStatement } from './list-edits.js';
import { isWholeDropped, type BindingList } from './remove-imports.js';
import type { Symbols } from './symbols.js';
import { walk } from './syntax.js';
import { survivors, type Survives } from '../../src/edits/survivors.js';
import type { Unit } from './unit.js';

/** A use of a marker constant of the SDK. */
interface MarkerUse {
  readonly name: string;
  /** `HUMAN_PROMPT`, or the whole access of a static or namespace member. */
  readonly node: ts.Node;
  readonly isImported: boolean;
}

/**
 * Takes the SDK's marker constants out of a file: SDK 1.x has none. What our edits left without a use goes; what is
 * still read becomes a constant of the file. `edits` are all edits that are already decided for it.
 */
export function settleMarkers(unit: Unit, symbols: Symbols, changes: Changes): void {
  const survives = survivors(changes.of(unit));
  reexportMarkers(unit, changes);
  const bound = markerImports(unit, symbols);
  const own = bound.filter(({ isOwn }) => isOwn);
  const imports = bound.filter(({ isOwn }) => !isOwn);
  const gone = [...changes.dropped.values()].flatMap(({ nodes }) => [...nodes]);
  const isGone = (node: ts.Node): boolean => gone.some(({ pos, end }) => pos <= node.pos && node.end <= end);
  const read = markerUses(unit, symbols).filter(({ node }) => survives(unit.range(node)) && !isGone(node));
  // What comes through a module of the project stays there for as long as it is read.
  const isKept = ({ node }: MarkerUse): boolean =>
    own.some(({ local }) => ts.isIdentifier(node) && node.text === local);
  for (const { local, list, node } of own) {
    if (!read.some((use) => ts.isIdentifier(use.node) && use.node.text === local)) changes.drop(unit, list, node);
  }
  const left = read.filter((use) => !isKept(use));
  dropUnusedDefault(unit, symbols, read, survives, changes);
  if (left.length === 0 && imports.length === 0) return;
  const needed = new Set(left.map(({ name }) => name));
  const locals = new Map(imports.map(({ name, local }) => [name, local]));
  for (const { name, node, isImported } of left) {
    if (!isImported) changes.replace(unit, unit.range(node), [locals.get(name) ?? name]);
  }
  for (const { list, node } of imports) changes.drop(unit, list, node);
  if (needed.size === 0) return;
  const shown = [...needed].sort().reverse();
  const lines = shown.map((name) => constant(locals.get(name) ?? name, name, unit));
  const place = afterImports(unit);
  const isAlone =
    place === 0 ||
    (!changes.kept.has(unit) &&
      unit.tree.statements.length > 1 &&
      imports.some(({ list }) => isWholeDropped(list, changes) && isFirst(list, unit)));
  const isTight = /^[^\r\n]/.test(unit.text.slice(place));
  changes.insert(unit, place, [...(isAlone ? [] : ['\n']), ...lines, ...(isTight ? ['\n'] : [])]);
  const isOne = shown.length === 1;
  changes.note(
    'CTM105',
    unit,
    { start: place, end: place },
    `${shown.join(' and ')} ${isOne ? 'is' : 'are'} still read here and no longer in the SDK: now ${isOne ? 'a constant' : 'constants'} of this file.`,
  );
}

/** Whether a list stands in the first statement of its file. */
function isFirst(list: BindingList, { tree }: Unit): boolean {
  const [first, second] = tree.statements;
  return (
    first !== undefined && first.pos <= list.pos && list.end <= first.end && !(second && ts.isImportDeclaration(second))
  );
}

/** Drops `import Anthropic` where nothing but its markers was read, and nothing reads it any more. */
function dropUnusedDefault(
  unit: Unit,
  symbols: Symbols,
  markers: readonly MarkerUse[],
  survives: Survives,
  changes: Changes,
): void {
  for (const statement of unit.tree.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const clause = statement.importClause;
    if (
      !clause?.name ||
      changes.kept.get(unit)?.has(clause.name.text) ||
      clause.namedBindings ||
      !/^@anthropic-ai\/sdk$/.test(statement.moduleSpecifier.text)
    )
      continue;
    const { name } = clause;
    const symbol = symbols.of(name);
    const uses = symbol
      ? symbols
          .references(symbol)
          .filter((use) => use !== name && use.getSourceFile() === unit.tree && use.text === name.text)
      : [];
    const isMarker = (use: ts.Identifier): boolean => markers.some(({ node }) => node === use.parent);
    const isLeft = uses.some((use) => survives(unit.range(use)) && !isMarker(use));
    if (uses.length > 0 && !isLeft) changes.apply(unit, [removeStatement(statement, unit)]);
  }
}

function markerUses(unit: Unit, symbols: Symbols): readonly MarkerUse[] {
  const uses: MarkerUse[] = [];
  const names = namesOfMarkers(unit);
  const mayBe = (node: ts.Identifier | ts.MemberName): boolean => names.has(node.text);
  walk(unit.tree, (node) => {
    if (ts.isVariableDeclaration(node) && requiredMarker(node) !== undefined) return false;
    if (ts.isPropertyAccessExpression(node)) {
      if (!mayBe(node.name) && !(ts.isIdentifier(node.expression) && mayBe(node.expression))) return undefined;
      const name = markerName(node, symbols);
      if (name === undefined) return undefined;
      uses.push({ name, node, isImported: false });
      return false;
    }
    if (!ts.isIdentifier(node) || !mayBe(node) || isBindingName(node)) return undefined;
    const name = markerName(node, symbols);
    if (name !== undefined) uses.push({ name, node, isImported: true });
    return undefined;
  });
  return uses;
}

/** The names that a marker can go by in a file: its own, and what is imported, maybe under another name. What each means is dear to ask. */
function namesOfMarkers({ tree }: Unit): ReadonlySet<string> {
  const names = new Set(Object.keys(SDK_MARKERS));
  walk(tree, (node) => {
    const isBound =
      ts.isImportSpecifier(node) || ts.isNamespaceImport(node) || ts.isImportClause(node) || ts.isBindingElement(node);
    if (isBound && node.name && ts.isIdentifier(node.name)) names.add(node.name.text);
    return undefined;
  });
  return names;
}

function markerName(node: ts.Node, symbols: Symbols): string | undefined {
  const name = symbols.sdkName(node);
  return name !== undefined && name in SDK_MARKERS ? name : undefined;
}

function isBindingName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isVariableDeclaration(parent)) return parent.name === node;
  // `export { AI_PROMPT }` reads a name of the file; with `from` it reads none.
  if (ts.isExportSpecifier(parent))
    return parent.parent.parent.moduleSpecifier !== undefined || node !== (parent.propertyName ?? parent.name);
  return ts.isImportSpecifier(parent) || ts.isBindingElement(parent);
}

/** `export { HUMAN_PROMPT } from '@anthropic-ai/sdk'` goes on exporting the name, as a constant of its own. */
function reexportMarkers(unit: Unit, changes: Changes): void {
  for (const statement of unit.tree.statements) {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause || !ts.isNamedExports(statement.exportClause))
      continue;
    const module = statement.moduleSpecifier;
    if (!module || !ts.isStringLiteral(module) || !/^@anthropic-ai\/sdk(\/|$)/.test(module.text)) continue;
    const { elements } = statement.exportClause;
    const markers = elements.filter((element) => (element.propertyName ?? element.name).text in SDK_MARKERS);
    if (markers.length === 0) continue;
    const lines = markers.map(
      (element) => `export ${constant(element.name.text, (element.propertyName ?? element.name).text, unit)}`,
    );
    const { start, end } = unit.range(statement);
    if (markers.length === elements.length) changes.replace(unit, { start, end }, [lines.join('').trimEnd()]);
    else {
      changes.apply(unit, removeElements(elements, markers, unit));
      changes.insert(unit, end, ['\n', lines.join('').trimEnd()]);
    }
    changes.note(
      'CTM105',
      unit,
      { start, end },
      `${markers.map(({ name }) => name.text).join(' and ')} of the SDK now ${markers.length > 1 ? 'come' : 'comes'} from here, as ${markers.length > 1 ? 'constants' : 'a constant'} of this file.`,
    );
  }
}

/** The declaration of a marker's text. */
function constant(local: string, marker: string, { style: { quote, semicolon } }: Unit): string {
  return `const ${local} = ${quote}${(SDK_MARKERS[marker] ?? '').replaceAll('\n', '\\n')}${quote}${semicolon}\n`;
}

interface MarkerImport {
  readonly name: string;
  readonly local: string;
  readonly node: ts.ImportSpecifier | ts.BindingElement | ts.VariableDeclaration;
  readonly list: BindingList;
  /** Whether a module of the project hands the marker on. */
  readonly isOwn: boolean;
}

/** Import specifiers, and bindings of a destructured SDK, that bring in a marker. */
function markerImports(unit: Unit, symbols: Symbols): readonly MarkerImport[] {
  const found: MarkerImport[] = [];
  walk(unit.tree, (node) => {
    if (ts.isImportSpecifier(node)) {
      const name = markerName(node.name, symbols);
      if (name !== undefined)
        found.push({ name, local: node.name.text, node, list: node.parent, isOwn: !isSdkImport(node) });
    }
    const required = ts.isVariableDeclaration(node) ? requiredMarker(node) : undefined;
    if (required !== undefined && ts.isVariableDeclaration(node) && ts.isVariableDeclarationList(node.parent)) {
      found.push({ name: required, local: node.name.getText(), node, list: node.parent, isOwn: false });
    }
    if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent) && ts.isIdentifier(node.name)) {
      const key = node.propertyName && ts.isIdentifier(node.propertyName) ? node.propertyName.text : node.name.text;
      if (key in SDK_MARKERS && bindsSdk(node.parent, symbols))
        found.push({ name: key, local: node.name.text, node, list: node.parent, isOwn: false });
    }
    return undefined;
  });
  return found;
}

function isSdkImport({ parent }: ts.ImportSpecifier): boolean {
  const module = parent.parent.parent.moduleSpecifier;
  return ts.isStringLiteral(module) && /^@anthropic-ai\/sdk(\/|$)/.test(module.text);
}

/** The marker of `const H = require('@anthropic-ai/sdk').HUMAN_PROMPT`. */
function requiredMarker({ name, initializer }: ts.VariableDeclaration): string | undefined {
  if (!ts.isIdentifier(name) || !initializer || !ts.isPropertyAccessExpression(initializer)) return undefined;
  const isRequired = /^require\(\s*['"]@anthropic-ai\/sdk[^'"]*['"]\s*\)$/.test(initializer.expression.getText());
  return isRequired && initializer.name.text in SDK_MARKERS ? initializer.name.text : undefined;
}

function bindsSdk(pattern: ts.ObjectBindingPattern, symbols: Symbols): boolean {
  const { parent } = pattern;
  if (!ts.isVariableDeclaration(parent) || !parent.initializer) return false;
  const { initializer } = parent;
  const module = ts.isAwaitExpression(initializer) ? initializer.expression : initializer;
  if (ts.isCallExpression(module)) return /['"]@anthropic-ai\/sdk/.test(module.arguments[0]?.getText() ?? '');
  return symbols.sdkName(initializer) !== undefined;
}
