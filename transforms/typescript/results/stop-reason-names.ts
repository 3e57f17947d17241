import { ts } from '../ts.js';
import type { Edit } from '../../../src/edits/edit.js';
import { isWritten, unwrap, wrapping } from '../syntax.js';
import { callersOf, isExportedSymbol } from '../values.js';
import { callTarget } from './call-target.js';
import type { ReadContext } from './read-context.js';
import { readerEdits } from './stop-reason-readers.js';
import type { World } from './world.js';

/** What the readers of a variable have to change if nothing but stop reasons is ever in it; undefined otherwise. */
export function followName(declaration: ts.VariableDeclaration, context: ReadContext): readonly Edit[] | undefined {
  const { world, seen } = context;
  if (seen.has(declaration)) return [];
  if (!ts.isIdentifier(declaration.name) || !isText(declaration.name, world)) return undefined;
  const symbol = world.symbols.of(declaration.name);
  if (!symbol || isExportedSymbol(symbol, world.symbols)) return undefined;
  const references = world.symbols.references(symbol).filter((node) => node !== declaration.name);
  const written = references.filter(isWritten).map(writtenValue);
  if (declaration.initializer) written.push(declaration.initializer);
  if (!written.every((value) => value !== undefined && isReason(value, context))) return undefined;
  return joined(
    references.filter((node) => !isWritten(node)),
    { ...context, seen: new Set([...seen, declaration]) },
  );
}

/** The same for the parameter of a function whose every call passes a stop reason. */
export function followParameter(
  argument: ts.Expression,
  call: ts.CallExpression,
  context: ReadContext,
): readonly Edit[] | undefined {
  const { world, seen } = context;
  const target = callTarget(call, world);
  if (target.kind !== 'own') return undefined;
  const index = call.arguments.indexOf(argument);
  const parameter = target.fn.parameters[index];
  if (!parameter || !ts.isIdentifier(parameter.name) || parameter.initializer || parameter.dotDotDotToken)
    return undefined;
  if (seen.has(parameter)) return [];
  const symbol = world.symbols.of(parameter.name);
  const calls = callersOf(target.fn, world.symbols);
  if (!symbol || !calls || !isText(parameter.name, world)) return undefined;
  const passed = calls.map((each) => each.arguments[index]);
  if (!passed.every((value) => value !== undefined && isReason(value, context))) return undefined;
  const references = world.symbols.references(symbol).filter((node) => node !== parameter.name);
  if (references.some(isWritten)) return undefined;
  return joined(references, { ...context, seen: new Set([...seen, parameter]) });
}

function joined(reads: readonly ts.Expression[], context: ReadContext): readonly Edit[] | undefined {
  const edits = reads.map((read) => readerEdits(read, context));
  return edits.every((each) => each !== undefined) ? edits.flat() : undefined;
}

function writtenValue(node: ts.Expression): ts.Expression | undefined {
  const { parent } = wrapping(node);
  const isPlain = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return isPlain ? parent.right : undefined;
}

/** Whether a value is a stop reason of a message, or none. */
function isReason(node: ts.Expression, { isStopReason, world }: ReadContext): boolean {
  const value = unwrap(node);
  const nothing = ts.TypeFlags.Null | ts.TypeFlags.Undefined;
  return (
    isStopReason(value) ||
    (ts.isStringLiteral(value) && value.text === '') ||
    (world.view.checker.getTypeAtLocation(value).flags & nothing) !== 0
  );
}

/** Whether a name takes any string, in the types of Messages too. */
function isText(name: ts.Identifier, { view: { checker } }: World): boolean {
  const type = checker.getTypeAtLocation(name);
  const members = type.isUnion() ? type.types : [type];
  return members.some((member) => member.flags & (ts.TypeFlags.String | ts.TypeFlags.Any));
}
