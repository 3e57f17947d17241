import { ts } from '../ts.js';
import type { HolePart } from '../../../src/prompt/parts.js';
import { isAccess, literalText, unwrap } from '../syntax.js';
import { readAssembly } from './assembly.js';
import { calledMethod, liftCall } from './calls.js';
import type { LiftContext, Parts } from './context.js';
import { boundTo, handleOf } from './handle-of.js';
import { liftMember } from './members.js';
import { choice, holdsMarkerText, isText, text } from './parts.js';
import type { Handle } from './handle.js';
import { liftMapped } from './history.js';
import { markersIn, sdkMarkerText } from './marker-values.js';

const MAX_DEPTH = 12;

/** Takes a prompt expression apart: its text, its markers as text, and what is known only at run time. */
export function lift(expression: ts.Expression, context: LiftContext): Parts {
  const node = unwrap(expression);
  const parts = context.depth > MAX_DEPTH ? undefined : liftKnown(node, { ...context, depth: context.depth + 1 });
  return parts ?? [hole(expression, context)];
}

function liftKnown(node: ts.Expression, context: LiftContext): Parts | undefined {
  const marker = sdkMarkerText(node, context.symbols);
  if (marker !== undefined) return [text(marker)];
  if (ts.isStringLiteralLike(node)) return [text(node.text)];
  if (ts.isNumericLiteral(node)) return [text(node.text)];
  if (ts.isTemplateExpression(node)) return liftTemplate(node, context);
  if (ts.isTaggedTemplateExpression(node)) return liftRaw(node, context);
  if (ts.isBinaryExpression(node)) return liftBinary(node, context);
  if (ts.isConditionalExpression(node)) return liftConditional(node, context);
  if (ts.isIdentifier(node)) return liftIdentifier(node, context);
  if (isAccess(node)) return liftMember(node, context);
  if (ts.isCallExpression(node)) return liftCall(node, context);
  return undefined;
}

function hole(expression: ts.Expression, context: LiftContext): HolePart<Handle> {
  const node = unwrap(expression);
  const type = context.checker.getTypeAtLocation(node);
  const inner = withoutEmptyFallback(node);
  return {
    kind: 'hole',
    value: handleOf(inner ?? node, context),
    markers: markersIn(inner ?? node, type, context.symbols),
    mayBeBlank: inner !== undefined || mayBeEmptyText(node, context),
  };
}

/** `x` of `x ?? ''` and `x || ''`: whether there is any text is for the program to say. */
function withoutEmptyFallback(node: ts.Expression): ts.Expression | undefined {
  if (!ts.isBinaryExpression(node)) return undefined;
  const { kind } = node.operatorToken;
  const falls = kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;
  return falls && literalText(unwrap(node.right)) === '' ? node.left : undefined;
}

function mayBeEmptyText(node: ts.Expression, { symbols }: LiftContext): boolean {
  const declaration = ts.isIdentifier(node) ? symbols.declaration(node) : undefined;
  const initial =
    declaration && (ts.isParameter(declaration) || ts.isVariableDeclaration(declaration))
      ? declaration.initializer
      : undefined;
  return (
    initial !== undefined &&
    (literalText(unwrap(initial)) === '' || withoutEmptyFallback(unwrap(initial)) !== undefined)
  );
}

function liftTemplate(node: ts.TemplateExpression, context: LiftContext): Parts {
  return [
    text(node.head.text),
    ...node.templateSpans.flatMap((span) => [...liftPrinted(span.expression, context), text(span.literal.text)]),
  ];
}

/** A value printed into a template: an array of turns prints with commas between them. */
function liftPrinted(expression: ts.Expression, context: LiftContext): Parts {
  const node = unwrap(expression);
  const list = ts.isIdentifier(node) ? initializerOf(node, context) : node;
  const mapped =
    list && ts.isCallExpression(list) && calledMethod(list) === 'map' ? liftMapped(list, ',', context) : undefined;
  return mapped ?? lift(expression, context);
}

/** What a constant is made from. */
function initializerOf(node: ts.Identifier, { symbols }: LiftContext): ts.Expression | undefined {
  const declaration = symbols.declaration(node);
  const initial = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return initial && unwrap(initial);
}

function liftRaw(node: ts.TaggedTemplateExpression, context: LiftContext): Parts | undefined {
  if (node.tag.getText() !== 'String.raw') return undefined;
  const { template } = node;
  if (ts.isNoSubstitutionTemplateLiteral(template)) return [text(rawOf(template))];
  return [
    text(rawOf(template.head)),
    ...template.templateSpans.flatMap((span) => [...liftPrinted(span.expression, context), text(rawOf(span.literal))]),
  ];
}

/** The raw text of a template's piece; JavaScript reads its line breaks as `\n` whatever the file has. */
function rawOf({ rawText, text: cooked }: ts.TemplateLiteralLikeNode): string {
  return (rawText ?? cooked).replace(/\r\n?/g, '\n');
}

function liftBinary(node: ts.BinaryExpression, context: LiftContext): Parts | undefined {
  const { kind } = node.operatorToken;
  if (kind === ts.SyntaxKind.PlusToken) {
    if (!isText(node.left, context) && !isText(node.right, context)) return undefined;
    // A sum is as deep as it is long, by the way it is parsed, and none the more complicated.
    return [...liftPrinted(node.left, { ...context, depth: context.depth - 1 }), ...liftPrinted(node.right, context)];
  }
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken && isText(node.left, context)) {
    return choice(node.left, lift(node.right, context), [], context);
  }
  return undefined;
}

function liftConditional(node: ts.ConditionalExpression, context: LiftContext): Parts {
  return choice(node.condition, lift(node.whenTrue, context), lift(node.whenFalse, context), context);
}

function liftIdentifier(node: ts.Identifier, context: LiftContext): Parts | undefined {
  const bound = boundTo(node, context);
  if (bound) return bound.node ? lift(bound.node, { ...context, bound: new Map() }) : undefined;
  const declaration = context.symbols.declaration(node);
  if (!declaration || !ts.isVariableDeclaration(declaration)) return undefined;
  const assembly = readAssembly(node, declaration, context);
  if (!assembly) return undefined;
  const parts = assembly.parts;
  if (!holdsMarkerText(parts) && !assembly.isPieceMeal) return undefined;
  context.onAssembly(assembly);
  return parts;
}
