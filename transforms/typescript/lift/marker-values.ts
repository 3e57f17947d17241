import { ts } from '../ts.js';
import type { MarkerKnowledge } from '../../../src/prompt/parts.js';
import { SYSTEM_NAME } from '../../../src/prompt/telling-names.js';
import type { Symbols } from '../symbols.js';
import { isWritten, unwrap, walk, wrapping } from '../syntax.js';
import { argumentsFor, valuesOf } from '../values.js';

const MARKER = /\n\n(?:Human|Assistant):/;
const MARKER_AT_START = /^(?:\n\n)?(?:Human|Assistant):/;
/** Both as they are named in the SDK. */
export const SDK_MARKERS: Readonly<Record<string, string>> = {
  HUMAN_PROMPT: '\n\nHuman:',
  AI_PROMPT: '\n\nAssistant:',
};
const DEPTH = 6;

/** The text of a marker constant of the SDK; undefined for any other expression. */
export function sdkMarkerText(node: ts.Expression, symbols: Symbols): string | undefined {
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined;
  const name = symbols.sdkName(node);
  return name === undefined ? undefined : SDK_MARKERS[name];
}

/** May this value hold a marker? */
export function markersIn(expression: ts.Expression, type: ts.Type, symbols: Symbols): MarkerKnowledge {
  if (mentionsMarker(expression, symbols, new Set(), DEPTH)) return 'present';
  const flags = ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike | ts.TypeFlags.BigIntLike;
  if (type.flags & flags) return 'never';
  const { leaves, complete } = valuesOf(expression, symbols);
  if (complete && leaves.length > 0 && leaves.every(ts.isStringLiteralLike)) return 'never';
  return SYSTEM_NAME.test(lastName(expression)) ? 'unlikely' : 'unknown';
}

function lastName(expression: ts.Expression): string {
  const node = unwrap(expression);
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isBinaryExpression(node)) return lastName(node.left);
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
    return lastName(node.expression.expression);
  return '';
}

/** Whether a marker is seen anywhere in what makes this value. */
function mentionsMarker(root: ts.Node, symbols: Symbols, seen: Set<ts.Node>, depth: number): boolean {
  const isMarker = (node: ts.Node): boolean =>
    isMarkerText(node) || (ts.isIdentifier(node) && (symbols.sdkName(node) ?? '') in SDK_MARKERS);
  return isMadeOf(root, isMarker, symbols, seen, depth);
}

/** Whether a node is found in what makes this value: its text, its variables, the functions it calls. */
export function isMadeOf(
  root: ts.Node,
  test: (node: ts.Node) => boolean,
  symbols: Symbols,
  seen = new Set<ts.Node>(),
  depth = DEPTH,
): boolean {
  if (depth === 0 || seen.has(root)) return false;
  seen.add(root);
  let found = false;
  walk(root, (node) => {
    if (found || isLegacyCall(node, symbols)) return false;
    found = test(node) || (ts.isIdentifier(node) && leadsTo(node, test, symbols, seen, depth));
    return !found;
  });
  return found;
}

/** An answer is the model's text; the prompt that it answers is not in it. */
function isLegacyCall(node: ts.Node, symbols: Symbols): boolean {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    symbols.sdkName(node.expression) === 'Completions.create'
  );
}

function isMarkerText(node: ts.Node): boolean {
  if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node))
    return MARKER.test(node.text) || MARKER_AT_START.test(node.text);
  return (ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) && MARKER.test(node.text);
}

function leadsTo(
  node: ts.Identifier,
  test: (node: ts.Node) => boolean,
  symbols: Symbols,
  seen: Set<ts.Node>,
  depth: number,
): boolean {
  const goOn = (next: ts.Node): boolean => isMadeOf(next, test, symbols, seen, depth - 1);
  const symbol = symbols.of(node);
  const declaration = symbol?.declarations?.[0];
  if (!symbol || !declaration) return false;
  if (symbols.sdkName(node) !== undefined) return false;
  if (ts.isFunctionDeclaration(declaration) || ts.isMethodDeclaration(declaration)) {
    return declaration.body !== undefined && goOn(declaration.body);
  }
  if (ts.isParameter(declaration)) {
    return argumentsFor(declaration, symbols).some(goOn) || valuesOf(node, symbols).leaves.some(goOn);
  }
  const isHolder =
    ts.isVariableDeclaration(declaration) ||
    ts.isPropertyAssignment(declaration) ||
    ts.isPropertyDeclaration(declaration);
  if (!isHolder) return false;
  const { initializer } = declaration;
  if (initializer && goOn(initializer)) return true;
  return symbols.references(symbol).some((reference) => {
    if (ts.isVariableDeclaration(declaration) && declaration.name === reference) return false;
    const isMember = ts.isPropertyAccessExpression(reference.parent) && reference.parent.name === reference;
    const target: ts.Expression = isMember ? reference.parent : reference;
    const { parent } = wrapping(target);
    if (isWritten(target) && ts.isBinaryExpression(parent)) return goOn(parent.right);
    return isPushed(reference) && goOn(reference.parent.parent);
  });
}

function isPushed({ parent }: ts.Identifier): boolean {
  return (
    ts.isPropertyAccessExpression(parent) &&
    /^(push|unshift)$/.test(parent.name.text) &&
    ts.isCallExpression(parent.parent)
  );
}
