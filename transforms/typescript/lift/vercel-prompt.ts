import { ts } from '../ts.js';
import type { Piece } from '../../../src/edits/edit.js';
import type { Part } from '../../../src/prompt/parts.js';
import { isAccess, unwrap } from '../syntax.js';
import type { LiftContext, Parts } from './context.js';
import { substituted } from './handle-of.js';
import type { ExpressionHandle, Handle, IterationHandle } from './handle.js';
import { text } from './parts.js';

const BUILDER = 'experimental_buildAnthropicPrompt';

/** The import of the `ai` package's prompt builder, if that is what a name calls. */
export function promptBuilder(callee: ts.Identifier, { checker }: LiftContext): ts.ImportSpecifier | undefined {
  const declaration = checker.getSymbolAtLocation(callee)?.declarations?.[0];
  if (!declaration || !ts.isImportSpecifier(declaration)) return undefined;
  const module = declaration.parent.parent.parent.moduleSpecifier;
  const isOfAi = ts.isStringLiteral(module) && /^ai(\/|$)/.test(module.text);
  return isOfAi && (declaration.propertyName ?? declaration.name).text === BUILDER ? declaration : undefined;
}

/**
 * What `experimental_buildAnthropicPrompt(messages)` meant to say (FACTS, section 6): a Human turn for each message of the
 * user, an Assistant turn for each other. The commas that it put between them are left out.
 */
export function liftVercelPrompt(messages: ts.Expression, context: LiftContext): Parts {
  const over: IterationHandle = {
    kind: 'iteration',
    data: dataOf(messages, context),
    binding: [isKnown(messages, context) ? 'message' : 'message: { role: string; content: string }'],
    dataNode: messages,
    bindingNodes: [],
    skips: [],
  };
  const content: Part<Handle> = { kind: 'hole', value: made('message.content'), markers: 'unknown', mayBeBlank: false };
  const { quote } = context.unit.style;
  const body: Part<Handle> = {
    kind: 'choice',
    test: made(`message.role === ${quote}user${quote}`),
    then: [text('\n\nHuman: '), content],
    else: [text('\n\nAssistant: '), content],
  };
  return [{ kind: 'repeat', over, body: [body], separator: '' }, text('\n\nAssistant:')];
}

function made(source: string): ExpressionHandle {
  return { kind: 'expression', pieces: [source], isString: true };
}

/** The messages as something that `map` can be called on. */
function dataOf(messages: ts.Expression, context: LiftContext): readonly Piece[] {
  const node = unwrap(messages);
  const pieces = substituted(messages, context);
  const isPlain =
    ts.isIdentifier(node) || isAccess(node) || ts.isCallExpression(node) || ts.isArrayLiteralExpression(node);
  return isPlain && node === messages ? pieces : ['(', ...pieces, ')'];
}

/** Whether the elements have a type, or the file has none. */
function isKnown(messages: ts.Expression, { checker, unit }: LiftContext): boolean {
  if (!unit.isTypeScript) return true;
  const type = checker.getTypeAtLocation(messages);
  if (!checker.isArrayLikeType(type)) return false;
  const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
  return element !== undefined && (element.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) === 0;
}
