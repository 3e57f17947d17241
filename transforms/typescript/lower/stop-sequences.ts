import { ts } from '../ts.js';
import { sdkMarkerText } from '../lift/marker-values.js';
import type { Symbols } from '../symbols.js';
import { literalText, unwrap } from '../syntax.js';
import { isExportedSymbol, valuesOf } from '../values.js';

/** What of a list of stop sequences goes. */
export interface StopEdits {
  /** Array literals and the elements that leave them. */
  readonly removed: readonly {
    readonly list: ts.ArrayLiteralExpression;
    readonly elements: readonly ts.Expression[];
  }[];
  /** Entries of white space only, which the Messages API refuses. */
  readonly blanks: readonly ts.Expression[];
  /** Whether nothing is left, so that the key goes too. */
  readonly isEmpty: boolean;
  /** The constant that goes with the key. */
  readonly constant: ts.VariableDeclaration | undefined;
}

/**
 * Legacy calls always stopped at the Human marker, and many say so again; in Messages the end of a turn is no stop sequence.
 * Lists under conditions are read too; what cannot be seen stays as it is, which the API takes.
 */
export function readStopSequences(value: ts.Expression, symbols: Symbols): StopEdits {
  const lists = listsIn(value, symbols);
  const removed = lists.map((list) => ({
    list,
    elements: list.elements.filter((element) => isDropped(element, symbols)),
  }));
  const [only] = lists;
  const named = unwrap(value);
  return {
    constant: ts.isIdentifier(named) ? ownConstant(named, symbols) : undefined,
    removed: removed.filter(({ elements }) => elements.length > 0),
    blanks: removed.flatMap(({ elements }) =>
      elements.filter((element) => !isHumanMarker(textOf(element, symbols) ?? '')),
    ),
    isEmpty:
      only !== undefined && isWhole(value, only, symbols) && removed[0]?.elements.length === only.elements.length,
  };
}

function listsIn(expression: ts.Expression, symbols: Symbols): readonly ts.ArrayLiteralExpression[] {
  const node = unwrap(expression);
  if (ts.isArrayLiteralExpression(node)) return [node];
  if (ts.isConditionalExpression(node))
    return [...listsIn(node.whenTrue, symbols), ...listsIn(node.whenFalse, symbols)];
  if (ts.isBinaryExpression(node)) return [...listsIn(node.left, symbols), ...listsIn(node.right, symbols)];
  const list = ts.isIdentifier(node) ? ownConstant(node, symbols)?.initializer : undefined;
  return list && ts.isArrayLiteralExpression(unwrap(list)) ? [unwrap(list) as ts.ArrayLiteralExpression] : [];
}

/** The constant of the same file that only this call reads. */
function ownConstant(node: ts.Identifier, symbols: Symbols): ts.VariableDeclaration | undefined {
  const symbol = symbols.of(node);
  const declaration = symbols.declaration(node);
  if (!symbol || !declaration || !ts.isVariableDeclaration(declaration)) return undefined;
  if (declaration.getSourceFile() !== node.getSourceFile() || isExportedSymbol(symbol, symbols)) return undefined;
  return symbols.references(symbol).length === 2 ? declaration : undefined;
}

/** Whether a list is all that may be sent, and not one of several. */
function isWhole(value: ts.Expression, list: ts.ArrayLiteralExpression, symbols: Symbols): boolean {
  const node = unwrap(value);
  return node === list || (ts.isIdentifier(node) && listsIn(node, symbols)[0] === list);
}

function isDropped(element: ts.Expression, symbols: Symbols): boolean {
  const known = textOf(element, symbols);
  return known !== undefined && (isHumanMarker(known) || known.trim() === '');
}

function isHumanMarker(text: string): boolean {
  return /^\s*Human:\s*$/.test(text) && text.startsWith('\n\n');
}

/** The text of one entry, when the program has it before it runs. */
function textOf(element: ts.Expression, symbols: Symbols): string | undefined {
  const node = unwrap(element);
  const marker = sdkMarkerText(node, symbols);
  if (marker !== undefined) return marker;
  if (!ts.isIdentifier(node)) return literalText(node);
  const { leaves, complete } = valuesOf(node, symbols);
  return complete && leaves.length === 1 ? literalText(leaves[0]) : undefined;
}
