import { ts } from './ts.js';
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

/** Whether the type of some parameters leaves open what `stream` is: none, one that fits both, or an unknown value. */
function isVague(argument: ts.Expression, checker: ts.TypeChecker): boolean {
  const type = checker.getTypeAtLocation(argument);
  const { symbol } = type as { readonly symbol?: ts.Symbol };
  if (type.flags & ts.TypeFlags.Any || symbol?.name === 'CompletionCreateParamsBase') return true;
  const stream = type.getProperty('stream');
  return stream !== undefined && (checker.getTypeOfSymbolAtLocation(stream, argument).flags & ts.TypeFlags.Any) !== 0;
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
    const isSet = symbol !== undefined && symbols.references(symbol).some(setsStream);
    return initial && !isSet ? streamingOf(initial, checker, symbols, seen) : 'unknown';
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

function literalStreaming(value: ts.Expression): Streaming {
  const { kind } = unwrap(value);
  if (kind === ts.SyntaxKind.TrueKeyword) return 'yes';
  return kind === ts.SyntaxKind.FalseKeyword ? 'no' : 'unknown';
}

function setsStream({ parent }: ts.Node): boolean {
  return isAccess(parent) && accessName(parent) === 'stream' && isWritten(parent);
}
