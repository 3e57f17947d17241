import { ts } from './ts.js';
import { testedAs } from './guards.js';
import type { Symbols } from './symbols.js';
import { accessName, isAccess, isWritten, staticName, unwrap } from './syntax.js';
import type { Insertion, Unit } from './unit.js';

/** What is seen of a call's `stream`: the legacy answer of one that may do both has two types. */
export type Streaming = 'yes' | 'no' | 'unknown';

const TYPES: Readonly<Record<Streaming, string>> = {
  yes: 'CompletionCreateParamsStreaming',
  no: 'CompletionCreateParamsNonStreaming',
  unknown: 'CompletionCreateParamsBase',
};

/**
 * What to put around parameters whose type does not tell, so that the checker knows a stream from an answer by what is
 * seen of them.
 */
export function castParameters(
  { unit, parameters: argument }: { readonly unit: Unit; readonly parameters: ts.Expression | undefined },
  checker: ts.TypeChecker,
  symbols: Symbols,
): readonly Insertion[] {
  if (!argument || !isVague(argument, checker)) return [];
  const { start, end } = unit.range(argument);
  const type = `import("@anthropic-ai/sdk").${TYPES[streamingOf(argument, checker, symbols, new Set())]}`;
  return unit.isTypeScript
    ? [
        { at: start, text: '(' },
        { at: end, text: ` as any as ${type})` },
      ]
    : [
        { at: start, text: `(/** @type {${type}} */(` },
        { at: end, text: '))' },
      ];
}

/** Whether the type of some parameters leaves open what `stream` is: none, one that fits both, or a value that may be either. */
function isVague(argument: ts.Expression, checker: ts.TypeChecker): boolean {
  const type = checker.getTypeAtLocation(argument);
  const { symbol } = type as { readonly symbol?: ts.Symbol };
  if (type.flags & ts.TypeFlags.Any || symbol?.name === 'CompletionCreateParamsBase') return true;
  const stream = type.getProperty('stream');
  const value = stream && checker.getTypeOfSymbolAtLocation(stream, argument);
  if (!value || value.flags & ts.TypeFlags.Any) return value !== undefined;
  // `false`, or nothing at all, is not both.
  return value.isUnion() && value.types.some((each) => checker.typeToString(each) === 'true');
}

/** What is seen of `stream` in parameters, wherever they are put together. */
export function streamingOf(
  expression: ts.Expression,
  checker: ts.TypeChecker,
  symbols: Symbols,
  seen: Set<ts.Node>,
): Streaming {
  const node = unwrap(expression);
  if (seen.has(node)) return 'unknown';
  seen.add(node);
  if (ts.isIdentifier(node)) {
    const symbol = symbols.of(node);
    const declaration = symbols.declaration(node);
    const initial = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
    if (!symbol || !isFixed(symbol, symbols)) return 'unknown';
    const known = initial ? streamingOf(initial, checker, symbols, seen) : 'unknown';
    return known === 'unknown' ? testedStreaming(node, symbol, symbols) : known;
  }
  if (!ts.isObjectLiteralExpression(node)) return 'unknown';
  let found: Streaming = 'no';
  for (const property of node.properties) {
    if (ts.isSpreadAssignment(property)) {
      const spread = streamingOf(property.expression, checker, symbols, seen);
      if (spread !== 'no') found = spread;
    } else if (staticName(property.name) === 'stream') {
      found = ts.isPropertyAssignment(property) ? literalStreaming(property.initializer) : 'unknown';
    }
  }
  return found;
}

/** What `if (parameters.stream)` around a place says of them there. */
function testedStreaming(node: ts.Identifier, symbol: ts.Symbol, symbols: Symbols): Streaming {
  const tested = testedAs(
    node,
    (value) => isAccess(value) && accessName(value) === 'stream' && symbols.of(unwrap(value.expression)) === symbol,
  );
  return tested === undefined ? 'unknown' : tested ? 'yes' : 'no';
}

/** What only a test around a call says of its `stream`: types that a helper gives do not tell it. */
export function streamingByTest(argument: ts.Expression, symbols: Symbols): Streaming {
  const node = unwrap(argument);
  if (ts.isIdentifier(node)) {
    const symbol = symbols.of(node);
    return symbol && isFixed(symbol, symbols) ? testedStreaming(node, symbol, symbols) : 'unknown';
  }
  if (!ts.isObjectLiteralExpression(node)) return 'unknown';
  const last = node.properties.findLast(
    (property) => ts.isSpreadAssignment(property) || staticName(property.name) === 'stream',
  );
  return last && ts.isSpreadAssignment(last) ? streamingByTest(last.expression, symbols) : 'unknown';
}

function literalStreaming(value: ts.Expression): Streaming {
  const { kind } = unwrap(value);
  if (kind === ts.SyntaxKind.TrueKeyword) return 'yes';
  return kind === ts.SyntaxKind.FalseKeyword ? 'no' : 'unknown';
}

/** Whether nothing changes a variable's `stream` after it is made. */
function isFixed(symbol: ts.Symbol, symbols: Symbols): boolean {
  return !symbols.isReassigned(symbol) && !symbols.references(symbol).some(setsStream);
}

function setsStream({ parent }: ts.Node): boolean {
  return isAccess(parent) && accessName(parent) === 'stream' && isWritten(parent);
}
