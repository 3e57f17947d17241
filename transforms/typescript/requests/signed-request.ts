import { ts } from '../ts.js';
import type { Symbols } from '../symbols.js';
import { unwrap, walk } from '../syntax.js';
import { foreignModel, isLegacyBody } from './bedrock-command.js';
import { readHttpCall, type HttpCall } from './http-call.js';
import { onlyValue } from './only-value.js';

/** A legacy body that the program sends to Amazon Bedrock by itself, signed by itself too. */
export interface SignedRequest {
  readonly http: HttpCall;
  readonly modelId: ts.Expression;
  /** Why it cannot move. */
  readonly problem: string | undefined;
}

/**
 * Reads `fetch(`https://bedrock-runtime…/model/${modelId}/invoke`, { body })`; undefined where the id of the model is
 * no value of its own: a signature would not fit an address that is changed.
 */
export function readSignedRequest(
  call: ts.CallExpression,
  checker: ts.TypeChecker,
  symbols: Symbols,
): SignedRequest | undefined {
  const http = readHttpCall(call, checker, symbols);
  const address = http && templateBehind(http.url, symbols);
  const span = address?.templateSpans.find(({ literal }) => /^\/invoke(-with-response-stream)?$/.test(literal.text));
  if (!http || !address || !span) return undefined;
  const before = address.templateSpans[address.templateSpans.indexOf(span) - 1]?.literal ?? address.head;
  const modelId = before.text.endsWith('/model/') ? plain(span.expression) : undefined;
  if (!modelId || !isLegacyBody(http.body, modelId, symbols)) return undefined;
  return { http, modelId, problem: problemOf(call, modelId, span.literal.text, symbols) };
}

function problemOf(
  call: ts.CallExpression,
  modelId: ts.Expression,
  rest: string,
  symbols: Symbols,
): string | undefined {
  const foreign = foreignModel(modelId, symbols);
  if (foreign !== undefined) return `its body goes to ${foreign} as well`;
  if (rest.startsWith('/invoke-with-response-stream')) return 'how its stream is decoded is not followed';
  return namesPath(call.getSourceFile())
    ? 'a path that names the model stands in this file too, which its signature may be made of'
    : undefined;
}

/** `encodeURIComponent(modelId)` */
function plain(expression: ts.Expression): ts.Expression {
  const node = unwrap(expression);
  const [first, ...more] = ts.isCallExpression(node) ? node.arguments : [];
  const isEncoded = ts.isCallExpression(node) && node.expression.getText() === 'encodeURIComponent';
  return isEncoded && first && more.length === 0 ? unwrap(first) : node;
}

function templateBehind(url: ts.Expression, symbols: Symbols): ts.TemplateExpression | undefined {
  const node = unwrap(url);
  if (ts.isTemplateExpression(node)) return node;
  const symbol = ts.isIdentifier(node) ? symbols.of(node) : undefined;
  const declaration = symbol?.valueDeclaration;
  if (!symbol || !declaration || symbols.isReassigned(symbol)) return undefined;
  const initial = ts.isVariableDeclaration(declaration) ? declaration.initializer : onlyValue(symbol, symbols);
  return initial && ts.isTemplateExpression(unwrap(initial)) ? (unwrap(initial) as ts.TemplateExpression) : undefined;
}

/** Whether a text of a file has the path of one certain model. */
function namesPath(file: ts.SourceFile): boolean {
  let found = false;
  walk(file, (node) => {
    found ||= ts.isStringLiteralLike(node) && /\/model\/(?:\w+\.)?anthropic\.claude/.test(node.text);
    return !found;
  });
  return found;
}
