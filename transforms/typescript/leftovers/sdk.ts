import { ts } from '../ts.js';
import { FIRST_AI_WITH_MESSAGES, mayMissMessages } from '../../../src/api/vercel-ai.js';
import { SDK_MARKERS } from '../lift/marker-values.js';
import { accessName, isAccess, staticName, unwrap } from '../syntax.js';
import type { Leftover, Rule, RuleContext } from './leftover.js';

const FOLLOW = 'How this reaches the completions resource cannot be followed; call messages.create here by hand.';

/** `client.complete` and `client.completeStream` of SDK 0.4 and older. */
export const oldClient: Rule = (node, { symbols, isOfSite }) => {
  if (!ts.isPropertyAccessExpression(node) || !/^complete(Stream)?$/.test(node.name.text) || isOfSite(node))
    return undefined;
  if (!/^(Client\.)?complete(Stream)?$/.test(symbols.sdkName(node) ?? '')) return undefined;
  return { code: 'CTM305', node, message: 'Move to a client of today: new Anthropic({ apiKey }) and messages.create.' };
};

/** A test of the text that errors of SDK 0.4 had. */
export const oldErrorText: Rule = (node, { unit }) => {
  if (!ts.isStringLiteralLike(node) || !/^(Sampling error|Failed to open sampling stream)/.test(node.text))
    return undefined;
  if (!unit.text.includes('@anthropic-ai/sdk')) return undefined;
  return {
    code: 'CTM321',
    node,
    message: 'Errors have other texts now: test for Anthropic.APIError, and its status.',
  };
};

/** The name by which an instrumentation finds what it patches. */
const PATCHED = /^Anthropic\.Completions\.prototype\b/;

/** The resource, or its `create`, where it is not simply called; subclasses; a resource that is chosen at run time. */
export const escapedResource: Rule = (node, context) => {
  if (ts.isHeritageClause(node)) {
    const base = node.types.find(
      ({ expression }) => ts.isExpression(expression) && context.symbols.sdkName(expression) === 'Completions',
    );
    return base ? { code: 'CTM302', node: base, message: FOLLOW } : undefined;
  }
  if (ts.isStringLiteralLike(node) && PATCHED.test(node.text)) return { code: 'CTM302', node, message: FOLLOW };
  if (!isAccess(node) || context.isOfSite(node)) return undefined;
  if (isClientIndexed(node, context) || isPatched(node, context)) return { code: 'CTM302', node, message: FOLLOW };
  if (!ts.isPropertyAccessExpression(node) || !/^(create|completions)$/.test(node.name.text)) return undefined;
  const name = context.symbols.sdkName(node);
  if (name === 'Completions.create') return isCalled(node) ? undefined : { code: 'CTM302', node, message: FOLLOW };
  if (name !== 'completions' || isKeptPlainly(node)) return undefined;
  return { code: 'CTM302', node, message: FOLLOW };
};

function isClientIndexed(
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  { checker }: RuleContext,
): boolean {
  if (!ts.isElementAccessExpression(node) || accessName(node) !== undefined) return false;
  const { symbol } = checker.getTypeAtLocation(node.expression) as { readonly symbol?: ts.Symbol };
  const isClient =
    symbol?.name === 'Anthropic' && symbol.declarations?.[0]?.getSourceFile().fileName.startsWith('/.sdk/') === true;
  return isClient && isAccess(node.parent) && accessName(node.parent) === 'create';
}

/** `Completions.prototype`: code that puts something of its own around every call. */
function isPatched(node: ts.PropertyAccessExpression | ts.ElementAccessExpression, { unit }: RuleContext): boolean {
  if (accessName(node) !== 'prototype' || !unit.text.includes('@anthropic-ai/sdk')) return false;
  const resource = unwrap(node.expression);
  return (ts.isIdentifier(resource) ? resource.text : isAccess(resource) ? accessName(resource) : '') === 'Completions';
}

function isCalled(node: ts.Expression): boolean {
  return ts.isCallExpression(node.parent) && node.parent.expression === node;
}

/** Whether the resource is only called on, or kept under a name of the program's own. */
function isKeptPlainly(node: ts.Node): boolean {
  const { parent } = node;
  if (isAccess(parent) && parent.expression === node) return true;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent)) return true;
  return (
    ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && parent.right === node
  );
}

const GLUE = new Set(['experimental_buildAnthropicPrompt', 'AWSBedrockAnthropicStream', 'AnthropicStream']);

/** Functions of the `ai` package that speak text completions. AnthropicStream also takes the stream of a call that moved. */
export const vercelGlue: Rule = (node, { unit, checker, isOfSite, rangeOf }) => {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || isOfSite(node)) return undefined;
  const declaration = checker.getSymbolAtLocation(node.expression)?.declarations?.[0];
  if (!declaration || !ts.isImportSpecifier(declaration)) return undefined;
  const module = declaration.parent.parent.parent.moduleSpecifier;
  const name = (declaration.propertyName ?? declaration.name).text;
  if (!ts.isStringLiteral(module) || !/^ai(\/|$)/.test(module.text) || !GLUE.has(name)) return undefined;
  const [argument] = node.arguments;
  const takesMessages =
    /\.messages\s*\.\s*(create|stream)\(/.test(unit.text) || (argument && isSdkStream(argument, checker));
  if (name === 'AnthropicStream' && takesMessages) {
    if (!mayMissMessages(rangeOf('ai') ?? '')) return undefined;
    const message = `AnthropicStream reads a Messages stream from ai ${FIRST_AI_WITH_MESSAGES} on; raise the range of ai, or the answer is empty.`;
    return { code: 'CTM306', node, message };
  }
  return {
    code: 'CTM306',
    node,
    message: `${name} speaks the Text Completions API; build messages, and stream with what your version of ai has for the Messages API.`,
  };
};

function isSdkStream(argument: ts.Expression, checker: ts.TypeChecker): boolean {
  const type = checker.getAwaitedType(checker.getTypeAtLocation(argument));
  return (type as { readonly symbol?: ts.Symbol } | undefined)?.symbol?.name === 'Stream';
}

/** LangChain's own wrapper, which moved to Messages by itself in a later version. */
export const wrapperLibrary: Rule = (node) => {
  if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) return undefined;
  if (!/^langchain\/(chat_models|llms)\/anthropic$/.test(node.moduleSpecifier.text)) return undefined;
  return {
    code: 'CTM317',
    node,
    message:
      'Move to ChatAnthropic of @langchain/anthropic, which calls the Messages API, and give it a model that is served.',
  };
};

/** The tokenizer of the retired models: its counts are wrong for those of today. */
export const oldTokenizer: Rule = (node) => {
  if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) return undefined;
  if (node.moduleSpecifier.text !== '@anthropic-ai/tokenizer') return undefined;
  return {
    code: 'CTM317',
    node,
    message: 'Count with client.messages.countTokens: this tokenizer is that of the retired models.',
  };
};

/** A legacy marker inside what the Messages API is sent: a migration that was begun by hand. */
export const markerInContent: Rule = (node, context) => {
  // Where it stands is asked first: what a name means is the dearer question.
  if (!ts.isExpression(node) && !ts.isTemplateLiteralToken(node)) return undefined;
  if (!isInContent(node) || !(isMarkerLiteral(node) || isMarkerConstant(node, context))) return undefined;
  return context.isOfSite(node)
    ? undefined
    : { code: 'CTM309', node, message: 'Take the marker out: in messages, the roles say whose turn it is.' };
};

function isMarkerLiteral(node: ts.Node): boolean {
  const text =
    ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)
      ? node.text
      : '';
  return /\n\n(Human|Assistant):/.test(text);
}

function isMarkerConstant(node: ts.Node, { symbols }: RuleContext): boolean {
  const name = ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) ? symbols.sdkName(node) : undefined;
  return name !== undefined && name in SDK_MARKERS;
}

function isInContent(node: ts.Node): boolean {
  for (let at = node.parent; !ts.isStatement(at) && !ts.isSourceFile(at); at = at.parent) {
    if (ts.isCallExpression(at)) return false;
    if (ts.isPropertyAssignment(at) && staticName(at.name) === 'content') return hasRole(at.parent);
  }
  return false;
}

function hasRole(literal: ts.ObjectLiteralExpression): boolean {
  return literal.properties.some(({ name }) => staticName(name) === 'role');
}

/** A call of an untyped client that shows neither whose API it is nor its parameters, in a file that knows the SDK. */
export function undecidedCall(call: ts.CallExpression, { unit }: Pick<RuleContext, 'unit'>): Leftover | undefined {
  const [argument] = call.arguments;
  const literal = argument && unwrap(argument);
  const knowsSdk =
    /@anthropic-ai\/(sdk|bedrock-sdk)/.test(unit.text) &&
    !/from ['"]openai['"]|require\(['"]openai['"]\)/.test(unit.text);
  if (
    !knowsSdk ||
    (literal &&
      ts.isObjectLiteralExpression(literal) &&
      literal.properties.some(({ name }) => staticName(name) === 'max_tokens'))
  )
    return undefined;
  return { code: 'CTM302', node: call, message: FOLLOW };
}
