import { ts } from '../ts.js';
import { looksLikeModelId } from '../../../src/api/models.js';
import { importedName } from '../imported-name.js';
import { sendsLegacyLimit } from '../locate.js';
import type { Symbols } from '../symbols.js';
import { isAccess, literalText, unwrap, wrapping } from '../syntax.js';
import { valuesOf } from '../values.js';
import { optionsIn, stringified } from './options.js';

/** A command of Amazon Bedrock that sends a legacy body, and the calls that give its answer. */
export interface BedrockCommand {
  readonly modelId: ts.Expression;
  readonly body: ts.Expression;
  readonly isStream: boolean;
  /** The calls of `client.send` that the command goes to. */
  readonly sends: readonly ts.CallExpression[];
  /** Why nothing of it can move. */
  readonly problem: string | undefined;
}

const PACKAGE = '@aws-sdk/client-bedrock-runtime';
const COMMAND = /^InvokeModel(WithResponseStream)?Command$/;
const LEGACY_ID = /^anthropic\.claude-(v\d|instant)/;

const METHOD = /^invokeModel(WithResponseStream)?$/;

/**
 * Reads `new InvokeModelCommand({ modelId, body })`, and `client.invokeModel({ modelId, body })` of the older clients;
 * undefined for bodies of other vendors and of Messages.
 */
export function readBedrockCommand(
  node: ts.NewExpression | ts.CallExpression,
  checker: ts.TypeChecker,
  symbols: Symbols,
): BedrockCommand | undefined {
  const callee = unwrap(node.expression);
  const name = ts.isNewExpression(node) ? commandName(callee, checker) : methodName(callee, checker);
  const input = name === undefined ? undefined : optionsIn(node.arguments?.[0], symbols);
  const modelId = input?.get('modelId');
  const body = stringified(input?.get('body'), symbols);
  if (name === undefined || !modelId || !body) return undefined;
  if (!isLegacyBody(body, modelId, symbols)) return undefined;
  const sends = ts.isNewExpression(node) ? sendsOf(node, symbols) : answeringCall(node, checker);
  const foreign = foreignModel(modelId, symbols);
  return {
    modelId,
    body,
    isStream: name.includes('Stream'),
    sends: sends ?? [],
    problem:
      foreign !== undefined
        ? `its body goes to ${foreign} as well`
        : sends === undefined
          ? 'where this command is sent cannot be seen'
          : undefined,
  };
}

/** Whether a body that goes to a model of Bedrock is one of text completions. */
export function isLegacyBody(body: ts.Expression, modelId: ts.Expression, symbols: Symbols): boolean {
  const isLegacyId = idsOf(modelId, symbols).some((id) => LEGACY_ID.test(id));
  return sendsLegacyLimit(body, symbols) || (isLegacyId && sendsPrompt(body, symbols));
}

/** A model of another vendor that the same body goes to. */
export function foreignModel(modelId: ts.Expression, symbols: Symbols): string | undefined {
  return idsOf(modelId, symbols).find((id) => VENDOR_ID.test(id) && !looksLikeModelId(id) && !/claude/i.test(id));
}

function idsOf(modelId: ts.Expression, symbols: Symbols): readonly string[] {
  return valuesOf(modelId, symbols).leaves.flatMap((leaf) => literalText(leaf) ?? []);
}

function commandName(callee: ts.Expression, checker: ts.TypeChecker): string | undefined {
  const holder = isAccess(callee) ? unwrap(callee.expression) : callee;
  if (!ts.isIdentifier(holder)) return undefined;
  const from = importedName(holder, checker);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : from?.name;
  return from?.module === PACKAGE && name !== undefined && COMMAND.test(name) ? name : undefined;
}

/** `amazon.titan-text-express-v1`, `us.meta.llama3-...`: ids of Bedrock name their vendor. Other words, such as `default`, are none of its models. */
const VENDOR_ID = /^(?:[a-z]{2,4}\.)?[a-z0-9]+\.[a-z]/i;

/** The client's method; one that the program declares by that name may give something else. */
function methodName(callee: ts.Expression, checker: ts.TypeChecker): string | undefined {
  if (!ts.isPropertyAccessExpression(callee) || !METHOD.test(callee.name.text)) return undefined;
  return checker.getSymbolAtLocation(callee.name) ? undefined : callee.name.text;
}

/** What gives the answer of a method: its call, or `.promise()` after it in version 2; undefined where a callback gets it. */
function answeringCall(call: ts.CallExpression, checker: ts.TypeChecker): readonly ts.CallExpression[] | undefined {
  if (!call.arguments.slice(1).every((argument) => isOptions(argument, checker))) return undefined;
  const { parent } = call;
  if (!ts.isPropertyAccessExpression(parent)) return [call];
  if (parent.name.text !== 'promise') return /^(then|catch|finally)$/.test(parent.name.text) ? [call] : undefined;
  return ts.isCallExpression(parent.parent) && parent.parent.expression === parent ? [parent.parent] : undefined;
}

/** Whether an argument is seen to be an object, and so no callback that gets the answer. */
function isOptions(argument: ts.Expression, checker: ts.TypeChecker): boolean {
  const type = checker.getTypeAtLocation(argument);
  return (type.flags & ts.TypeFlags.Object) !== 0 && type.getCallSignatures().length === 0;
}

function sendsPrompt(body: ts.Expression, symbols: Symbols): boolean {
  return optionsIn(body, symbols)?.has('prompt') === true;
}

/** The calls of `send` that a command is given to, at once or through a variable; undefined if it goes anywhere else. */
function sendsOf(command: ts.Expression, symbols: Symbols): readonly ts.CallExpression[] | undefined {
  const outer = wrapping(command);
  const { parent } = outer;
  if (isSend(parent, outer)) return [parent];
  const symbol = ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? symbols.of(parent.name) : undefined;
  if (!symbol || symbols.isReassigned(symbol)) return undefined;
  const readers = symbols
    .references(symbol)
    .filter((reference) => reference !== (parent as ts.VariableDeclaration).name);
  const sends = readers.map((reader) => {
    const read = wrapping(reader);
    return isSend(read.parent, read) ? read.parent : undefined;
  });
  return sends.length > 0 && sends.every((send) => send !== undefined) ? sends : undefined;
}

function isSend(node: ts.Node, argument: ts.Expression): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || node.arguments[0] !== argument) return false;
  const callee = unwrap(node.expression);
  return ts.isPropertyAccessExpression(callee) && callee.name.text === 'send';
}
