import { ts } from '../ts.js';
import { LEGACY_ONLY_PARAMETER } from '../../../src/api/parameters.js';
import type { Symbols } from '../symbols.js';
import { accessName, isAccess, isWritten, staticName, unwrap, walk, wrapping } from '../syntax.js';
import { schemaPath } from './schema-path.js';
import type { Rule, RuleContext } from './leftover.js';

const FULL_URL = /api\.anthropic\.com\/v1\/complete(?![\w/-])/;
const PATH = /(^|[/}])v1\/complete$|^\/?complete$/;
const TEST_FILE = /(^|[./_-])(test|spec|mock|mocks|__tests__|__mocks__|fixtures?)([./_-]|$)/i;

const SEND =
  "Send this request to /v1/messages with max_tokens and messages, and read the text from the answer's content.";
const DOUBLE = 'Let this test double speak the Messages API, or the test passes against code that is gone.';

/** The URL of the legacy endpoint, written out or put together, in a call or a constant. */
export const legacyUrl: Rule = (node, { unit, symbols, isOfSite }) => {
  const text = urlText(node);
  if (text === undefined || isOfSite(node) || ts.isImportDeclaration(node.parent)) return undefined;
  const isLegacy = FULL_URL.test(text) || (PATH.test(text) && isRequestPath(node) && /anthropic/i.test(unit.text));
  if (!isLegacy) return undefined;
  return TEST_FILE.test(unit.path) || /\bnock\(/.test(unit.text)
    ? { code: 'CTM307', node, message: DOUBLE }
    : { code: 'CTM303', node: requestWith(node, symbols), message: SEND };
};

/** The request that a constant's URL goes into, where it stands in the same file; otherwise the URL. */
function requestWith(node: ts.Node, symbols: Symbols): ts.Node {
  const { parent } = node;
  const symbol = ts.isVariableDeclaration(parent) ? symbols.of(parent.name) : undefined;
  const readers = symbol ? symbols.references(symbol).filter((reference) => reference.parent !== parent) : [];
  return (
    readers.find(
      (reference) => reference.getSourceFile() === node.getSourceFile() && ts.isCallExpression(reference.parent),
    ) ?? node
  );
}

function urlText(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isTemplateExpression(node)
    ? node.head.text + node.templateSpans.map((span) => `{}${span.literal.text}`).join('')
    : undefined;
}

/** Whether a path is what a request goes to: beside a body of the legacy API, or as the `url` or `path` of a request. */
function isRequestPath(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent)) return /(url|path|pathname|endpoint)\d*$/i.test(staticName(parent.name) ?? '');
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return isRequestPath(parent);
  if (ts.isVariableDeclaration(parent)) return /url|endpoint|path/i.test(parent.name.getText());
  if (!ts.isCallExpression(parent) || !parent.arguments.includes(node as ts.Expression)) return false;
  const isRoute = parent.arguments.some((argument) => ts.isFunctionLike(unwrap(argument)));
  return !isRoute && /fetch|post|request|axios|got|ky|anthropic|claude/i.test(parent.expression.getText());
}

/** A body of the legacy API that no SDK call sends: Bedrock's InvokeModel, or something of the project's own. */
export const legacyBody: Rule = (node, context) => {
  const { unit, isOfSite, checker, options } = context;
  const name = bodyKey(node);
  if (name !== LEGACY_ONLY_PARAMETER || isOfSite(node) || isBesideUrl(node)) return undefined;
  if (isOption(node, checker, options)) return undefined;
  if (isConvertedBody(node, context)) return undefined;
  if (/InvokeModel|bedrock/i.test(unit.text)) {
    return {
      code: 'CTM304',
      node,
      message:
        "Send a Messages body with anthropic_version, max_tokens and messages, and read the text from the answer's content.",
    };
  }
  const path = schemaPath(node);
  if (path !== undefined)
    return {
      code: 'CTM308',
      node,
      message: `${path} describes a parameter of the legacy API; it is max_tokens in Messages, here and where it is read.`,
    };
  return {
    code: 'CTM308',
    node,
    message: 'Build a Messages request here: max_tokens instead of max_tokens_to_sample, messages instead of prompt.',
  };
};

/** Whether a call converts the body when the program runs: one of the same file, or of the function that it is given to. */
export function isConvertedBody(
  node: ts.Node,
  { symbols, convertsParams }: Pick<RuleContext, 'symbols' | 'convertsParams'>,
): boolean {
  if (convertsParams(node.getSourceFile())) return true;
  if (!ts.isObjectLiteralExpression(node.parent)) return false;
  const { parent } = wrapping(node.parent);
  if (!ts.isCallExpression(parent) && !ts.isNewExpression(parent)) return false;
  const callee = unwrap(parent.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
  const declarations = symbols.of(name)?.declarations ?? [];
  return declarations.some((declaration) => convertsParams(declaration.getSourceFile()));
}

/** The key that a property of a literal, or an assignment to a member, gives a value to. */
function bodyKey(node: ts.Node): string | undefined {
  if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) return staticName(node.name);
  return isAccess(node) && isWritten(node) ? accessName(node) : undefined;
}

/** Whether a property is given to a function of the program that takes it as an option. */
function isOption(node: ts.Node, checker: ts.TypeChecker, options: ReadonlySet<ts.Symbol>): boolean {
  if (!ts.isObjectLiteralExpression(node.parent)) return false;
  const expected = checker.getContextualType(node.parent)?.getProperty(LEGACY_ONLY_PARAMETER);
  return expected !== undefined && options.has(expected);
}

/** Whether the request that a body belongs to is told by its URL already. */
function isBesideUrl(node: ts.Node): boolean {
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
    const isWhole = ts.isStatement(at) || (ts.isFunctionLike(at) && 'body' in at);
    if (isWhole && namesUrl(at)) return true;
  }
  return false;
}

function namesUrl(root: ts.Node): boolean {
  const found: ts.Node[] = [];
  walk(root, (node) => {
    const text = urlText(node);
    if (text !== undefined && (FULL_URL.test(text) || (PATH.test(text) && isRequestPath(node)))) found.push(node);
    return found.length === 0;
  });
  return found.length > 0;
}

/** The legacy parameter as a value: in a table of names that options have in the API. */
export const legacyName: Rule = (node, { unit, isOfSite, convertsParams }) => {
  if (!ts.isStringLiteralLike(node) || node.text !== LEGACY_ONLY_PARAMETER) return undefined;
  const { parent } = node;
  const isValue =
    (ts.isPropertyAssignment(parent) && parent.initializer === node) || ts.isArrayLiteralExpression(parent);
  if (!isValue || isOfSite(node) || convertsParams(unit.tree)) return undefined;
  return {
    code: 'CTM308',
    node,
    message: 'This names a parameter of the legacy API, which is max_tokens in Messages.',
  };
};

/** A type or schema of the project's own that spells the legacy request. */
export const legacyShape: Rule = (node, { isOfSite, symbols, options }) => {
  if (!ts.isPropertySignature(node) && !ts.isPropertyDeclaration(node)) return undefined;
  if (staticName(node.name) !== LEGACY_ONLY_PARAMETER || isOfSite(node)) return undefined;
  const symbol = symbols.of(node.name);
  if (symbol && options.has(symbol)) return undefined;
  return {
    code: 'CTM308',
    node,
    message: 'Describe the Messages API in this type: max_tokens and messages in a request, content in an answer.',
  };
};

/** Doubles of the SDK's resource: `completions: { create: … }` and `spyOn(client.completions, 'create')`. */
export const testDouble: Rule = (node, { unit }) => {
  const isFake = isFakeResource(node);
  if (!isFake && !isSpy(node)) return undefined;
  const { text } = unit;
  const isLegacy = LEGACY_ANSWER.test(text) || (isFake && /anthropic/i.test(text));
  return isLegacy && /\b(jest|vi|vitest|sinon|mock|stub)\b/i.test(text)
    ? { code: 'CTM307', node, message: DOUBLE }
    : undefined;
};

const LEGACY_ANSWER = /\bcompletion['"]?:/;

/** `completions: { create }` of an object or a class, which is not the one of another vendor's `chat`. */
function isFakeResource(node: ts.Node): boolean {
  if (!ts.isPropertyAssignment(node) && !ts.isPropertyDeclaration(node)) return false;
  if (staticName(node.name) !== 'completions' || !node.initializer) return false;
  const value = unwrap(node.initializer);
  const hasCreate =
    ts.isObjectLiteralExpression(value) && value.properties.some(({ name }) => staticName(name) === 'create');
  const holder = node.parent.parent;
  const isOfChat =
    (ts.isPropertyAssignment(holder) || ts.isPropertyDeclaration(holder)) && staticName(holder.name) === 'chat';
  return hasCreate && !isOfChat;
}

function isSpy(node: ts.Node): boolean {
  if (!ts.isCallExpression(node)) return false;
  const callee = unwrap(node.expression);
  const name = ts.isIdentifier(callee) ? callee.text : isAccess(callee) ? accessName(callee) : undefined;
  if (name !== 'spyOn' && name !== 'stub') return false;
  const [target] = node.arguments;
  const resource = target && unwrap(target);
  return resource !== undefined && isAccess(resource) && accessName(resource) === 'completions';
}
