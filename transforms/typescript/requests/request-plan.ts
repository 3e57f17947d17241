import { ts } from '../ts.js';
import { LEGACY_ONLY_PARAMETER } from '../../../src/api/parameters.js';
import { LeftToPerson } from '../left-to-person.js';
import type { BedrockRequest, HttpRequest, Site } from '../locate.js';
import type { ParamsPlan } from '../params-plan.js';
import type { RequestPlan } from '../sdk-request.js';
import type { Symbols } from '../symbols.js';
import { isInside, unwrap } from '../syntax.js';
import { isGivenItsOnlyValue } from './only-value.js';

/** Whether an expression is part of the URL of a request that is a site. */
export type IsSiteUrl = (node: ts.Node) => boolean;

/** Plans the address and the headers of a request that the program sends by itself. */
export function planHttpRequest(
  { answerTypes, endpoint, headers: { plan }, problem: known, streams, url }: HttpRequest,
  symbols: Symbols,
  isSiteUrl: IsSiteUrl,
): RequestPlan {
  const problems: LeftToPerson[] = [];
  const problem = (node: ts.Node, message: string): void => {
    problems.push(new LeftToPerson('CTM303', node, `${message}; send this request to /v1/messages by hand`));
  };
  if (known !== undefined) problem(url, known);
  const other = endpoint.holders.find((holder) => !isForSitesOnly(holder, endpoint.holders, symbols, isSiteUrl));
  if (other) problem(other, 'the address is also used in another way than for requests that can move');
  const [typed] = streams ? answerTypes : [];
  if (typed) {
    const message = `${typed.getText()} describes the legacy answer; move the request by hand`;
    problems.push(new LeftToPerson('CTM308', typed, message));
  }
  if (plan.kind === 'unseen')
    problem(url, 'its header anthropic-version, which the Messages API wants, cannot be seen');
  if (streams && plan.kind !== 'kept' && plan.kind !== 'unseen')
    problem(url, 'without anthropic-version: 2023-06-01 every chunk had all text so far, which its events do not');
  return { claims: [...endpoint.holders, ...endpoint.literals], problems, updates: undefined };
}

/** Plans a command of Amazon Bedrock: only a body that is seen gets the version that belongs into it. */
export function planBedrockRequest(
  { call }: Site,
  { problem }: BedrockRequest,
  { mode, why }: ParamsPlan,
): RequestPlan {
  const reason = problem ?? (mode === 'runtime' ? (why ?? 'its body cannot be seen whole') : undefined);
  const problems =
    reason === undefined
      ? []
      : [new LeftToPerson('CTM304', call, `${reason}; send a Messages body with anthropic_version by hand`)];
  return { claims: [], problems, updates: undefined };
}

/** Whether nothing reads what holds a URL but the URLs of sites, the other holders, and logs. */
function isForSitesOnly(
  holder: ts.Declaration,
  holders: readonly ts.Declaration[],
  symbols: Symbols,
  isSiteUrl: IsSiteUrl,
): boolean {
  const name = ts.getNameOfDeclaration(holder);
  const symbol = name && symbols.of(name);
  if (!name || !symbol) return false;
  return symbols
    .references(symbol)
    .every(
      (reference) =>
        reference === name ||
        isSiteUrl(reference) ||
        isGivenItsOnlyValue(reference, symbols) ||
        holders.some((other) => isInside(reference, other)) ||
        ts.isImportSpecifier(reference.parent) ||
        ts.isExportSpecifier(reference.parent) ||
        isLogged(reference),
    );
}

function isLogged({ parent }: ts.Node): boolean {
  return ts.isCallExpression(parent) && /^console\.\w+$/.test(parent.expression.getText());
}

/** The types of the program's own that the parameters of a request are declared, cast or checked to have. */
export function ownRequestTypes(
  { parameters }: Site,
  { declarations }: ParamsPlan,
  symbols: Symbols,
): readonly ts.TypeNode[] {
  const types = declarations.flatMap(({ type, initializer }) => [type, ...castsOf(initializer)]);
  return [...types, ...castsOf(parameters)]
    .filter((type) => type !== undefined)
    .filter((type) => !isLoose(type, symbols));
}

const REQUIRED = ['model', 'prompt', LEGACY_ONLY_PARAMETER];

/** Whether the helper that converts whole parameters takes the type that they have: all that it needs is said to be there. */
export function fitsHelper({ parameters, unit }: Site, checker: ts.TypeChecker): boolean {
  const type = parameters && checker.getTypeAtLocation(parameters);
  if (!type || !unit.isTypeScript || type.flags & ts.TypeFlags.Any) return true;
  return REQUIRED.every((key) => {
    const property = type.getProperty(key);
    if (!property || property.flags & ts.SymbolFlags.Optional) return false;
    const wanted = key === LEGACY_ONLY_PARAMETER ? checker.getNumberType() : checker.getStringType();
    return checker.isTypeAssignableTo(checker.getTypeOfSymbol(property), wanted);
  });
}

function castsOf(expression: ts.Expression | undefined): readonly (ts.TypeNode | undefined)[] {
  const casts: ts.TypeNode[] = [];
  for (let at = expression; at && at !== unwrap(at); at = (at as ts.ParenthesizedExpression).expression) {
    if (ts.isAsExpression(at) || ts.isSatisfiesExpression(at) || ts.isTypeAssertionExpression(at)) casts.push(at.type);
  }
  return casts;
}

/** Whether a type leaves the keys open, or is the SDK's, which moves with what it describes. */
function isLoose(type: ts.TypeNode, symbols: Symbols): boolean {
  if (!ts.isTypeReferenceNode(type)) return /^(any|unknown|object)$/.test(type.getText()) || hasIndex(type);
  const name = ts.isIdentifier(type.typeName) ? type.typeName : type.typeName.right;
  return name.text === 'Record' || name.text === 'const' || symbols.sdkName(name) !== undefined;
}

function hasIndex(type: ts.TypeNode): boolean {
  return ts.isTypeLiteralNode(type) && type.members.every((member) => ts.isIndexSignatureDeclaration(member));
}
