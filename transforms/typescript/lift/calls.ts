import { ts } from '../ts.js';
import type { Part } from '../../../src/prompt/parts.js';
import { accessName, isAccess, literalText, returnedExpression, unwrap, wrapping } from '../syntax.js';
import { readAssembly } from './assembly.js';
import type { LiftContext, Parts } from './context.js';
import { handleOf } from './handle-of.js';
import { lift } from './lift.js';
import { holdsMarkerText, isText, tell, text } from './parts.js';
import { liftReplace } from './replace.js';
import { liftVercelPrompt, promptBuilder } from './vercel-prompt.js';
import type { Handle } from './handle.js';
import { calleeOf, isFixed } from '../flow/functions.js';
import { liftElsewhere } from './elsewhere.js';
import { liftMapped, liftReduced, tellCallee } from './history.js';

export function calledMethod(call: ts.CallExpression): string | undefined {
  const callee = unwrap(call.expression);
  return isAccess(callee) ? accessName(callee) : undefined;
}

export function liftCall(node: ts.CallExpression, context: LiftContext): Parts | undefined {
  const callee = unwrap(node.expression);
  if (!isAccess(callee)) return liftFunctionCall(node, context);
  const receiver = callee.expression;
  switch (accessName(callee)) {
    case 'concat':
      return isText(receiver, context)
        ? [receiver, ...node.arguments].flatMap((part) => [...lift(part, context)])
        : undefined;
    case 'join':
      return liftJoin(receiver, node.arguments, context);
    case 'trim':
    case 'trimStart':
    case 'trimEnd':
      return liftTrim(receiver, accessName(callee) as 'trim' | 'trimStart' | 'trimEnd', context);
    case 'replace':
    case 'replaceAll':
      return liftReplace(receiver, node.arguments, context);
    case 'reduce':
      return liftReduced(node, context);
    case 'toString':
      return node.arguments.length === 0 && isText(receiver, context) ? lift(receiver, context) : undefined;
    default:
      return liftFunctionCall(node, context);
  }
}

function liftJoin(receiver: ts.Expression, args: readonly ts.Expression[], context: LiftContext): Parts | undefined {
  const separator = args.length === 0 ? ',' : literalText(unwrap(args[0] as ts.Expression));
  const data = unwrap(receiver);
  if (separator === undefined) return undefined;
  if (ts.isArrayLiteralExpression(data)) return joinElements(data.elements, separator, context);
  if (ts.isCallExpression(data) && calledMethod(data) === 'map') return liftMapped(data, separator, context);
  if (!ts.isIdentifier(data)) return undefined;
  const declaration = context.symbols.declaration(data);
  if (!declaration || !ts.isVariableDeclaration(declaration)) return undefined;
  const assembly = readAssembly(data, declaration, context, separator);
  if (!assembly || !holdsMarkerText(assembly.parts)) return undefined;
  context.onAssembly(assembly);
  return assembly.parts;
}

/** The elements of an array literal with the separator between them. */
export function joinElements(
  elements: readonly ts.Expression[],
  separator: string,
  context: LiftContext,
): Parts | undefined {
  const parts: Part<Handle>[] = [];
  for (const [index, element] of elements.entries()) {
    if (index > 0) parts.push({ kind: 'text', text: separator, joins: true });
    if (!ts.isSpreadElement(element)) {
      parts.push(...lift(element, context));
      continue;
    }
    const spread = unwrap(element.expression);
    const mapped =
      ts.isCallExpression(spread) && calledMethod(spread) === 'map'
        ? liftMapped(spread, separator, context)
        : undefined;
    if (!mapped) return undefined;
    parts.push(...mapped);
  }
  return parts;
}

function liftTrim(
  receiver: ts.Expression,
  method: 'trim' | 'trimStart' | 'trimEnd',
  context: LiftContext,
): Parts | undefined {
  const parts = lift(receiver, context);
  if (!holdsMarkerText(parts)) return undefined;
  const first = parts[0];
  const last = parts.at(-1);
  const trimmed = [...parts];
  if (method !== 'trimEnd') {
    if (first?.kind !== 'text') return undefined;
    trimmed[0] = text(first.text.trimStart());
  }
  if (method !== 'trimStart') {
    const end = trimmed.at(-1);
    if (last?.kind !== 'text' || end?.kind !== 'text') return undefined;
    trimmed[trimmed.length - 1] = text(end.text.trimEnd());
  }
  return trimmed;
}

/** A call of a function that only returns an expression, when that expression holds a marker. */
function liftFunctionCall(node: ts.CallExpression, context: LiftContext): Parts | undefined {
  const callee = unwrap(node.expression);
  if (!ts.isIdentifier(callee)) return liftCallElsewhere(node, context);
  if (callee.text === 'String' && node.arguments.length === 1) return lift(node.arguments[0] as ts.Expression, context);
  const builder = promptBuilder(callee, context);
  const [messages] = node.arguments;
  if (builder && messages && !ts.isSpreadElement(messages)) {
    context.onBuilder(builder);
    return liftVercelPrompt(messages, context);
  }
  const declaration = context.symbols.declaration(callee);
  const own =
    declaration &&
    (ts.isFunctionDeclaration(declaration)
      ? declaration
      : ts.isVariableDeclaration(declaration)
        ? declaration.initializer
        : undefined);
  if (own && own.getSourceFile() !== context.unit.tree) return liftCallElsewhere(node, context);
  const body = returnedExpression(own);
  if (!own || !body || !ts.isFunctionLike(own) || node.arguments.some(ts.isSpreadElement)) return undefined;
  const bound = new Map(context.bound);
  for (const [index, parameter] of own.parameters.entries()) {
    const argument = node.arguments[index];
    const symbol = ts.isIdentifier(parameter.name) ? context.symbols.of(parameter.name) : undefined;
    const uses = symbol ? context.symbols.references(symbol).length - 1 : 2;
    if (!argument || !symbol || parameter.dotDotDotToken || (uses !== 1 && !isRepeatable(argument))) return undefined;
    bound.set(symbol, handleOf(argument, context));
  }
  const parts = lift(body, { ...context, bound });
  if (!holdsMarkerText(parts)) return undefined;
  return ts.isFunctionDeclaration(declaration) || ts.isVariableDeclaration(declaration)
    ? tell(callee, declaration, parts, context)
    : parts;
}

/** Whether a text is put together with others: a function that gives a whole prompt is better rewritten where it stands. */
function isPiece(node: ts.Expression): boolean {
  const outer = wrapping(node);
  const { parent } = outer;
  if (ts.isConditionalExpression(parent)) return parent.condition !== outer && isPiece(parent);
  if (ts.isCallExpression(parent)) return calledMethod(parent) === 'concat';
  return ts.isBinaryExpression(parent) || ts.isTemplateSpan(parent) || ts.isArrayLiteralExpression(parent);
}

/** A call of a function of another file, which gives a part of the prompt. */
function liftCallElsewhere(node: ts.CallExpression, context: LiftContext): Parts | undefined {
  if (!isPiece(node)) return undefined;
  const callee = calleeOf(node, context.symbols);
  const isElsewhere = callee && callee.fn.getSourceFile() !== context.unit.tree && isFixed(callee, context.symbols);
  if (!isElsewhere || node.arguments.some(ts.isSpreadElement)) return undefined;
  const given = new Map<ts.Symbol, ts.Expression>();
  for (const [index, { name, initializer, dotDotDotToken }] of callee.fn.parameters.entries()) {
    const argument =
      node.arguments[index] ?? (initializer && literalText(initializer) !== undefined ? initializer : undefined);
    const symbol = ts.isIdentifier(name) ? context.symbols.of(name) : undefined;
    const uses = symbol ? context.symbols.references(symbol).length - 1 : 2;
    if (!argument || !symbol || dotDotDotToken || (uses !== 1 && !isRepeatable(argument))) return undefined;
    if (initializer && argument !== initializer && !isText(argument, context)) return undefined;
    given.set(symbol, argument);
  }
  const parts = liftElsewhere(callee.fn, given, context);
  return parts && tellCallee(unwrap(node.expression), parts, context);
}

/** Whether an argument may be printed more than once, or not at all. */
function isRepeatable(argument: ts.Expression): boolean {
  const node = unwrap(argument);
  return (
    ts.isIdentifier(node) ||
    ts.isLiteralExpression(node) ||
    (ts.isPropertyAccessExpression(node) && isRepeatable(node.expression)) ||
    node.kind === ts.SyntaxKind.ThisKeyword
  );
}
