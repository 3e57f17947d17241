import { ts } from '../ts.js';
import type { SdkTarget } from '../../../src/api/sdk.js';
import { currentStopReasons, isLegacyStopReason } from '../../../src/api/stop-reasons.js';
import type { Edit } from '../../../src/edits/edit.js';
import type { Analysis } from '../analyse.js';
import type { Changes } from '../changes.js';
import { isPublished } from '../flow/published.js';
import type { HttpRequest, Site } from '../locate.js';
import type { ResultUse } from '../results/result-use.js';
import type { Symbols } from '../symbols.js';
import { accessName, isAccess, isHandedOver, staticName, wrapping } from '../syntax.js';
import type { Insertion, Unit } from '../unit.js';
import { isExportedSymbol } from '../values.js';

/** The types that a request says its answer has: `axios.post<Own>(…)`, `got.post(…).json<Own>()`. */
export function answerTypesOf(call: ts.CallExpression, symbols: Symbols): readonly ts.TypeNode[] {
  const types = [
    ...(call.typeArguments ?? []),
    ...responsesOf(call, symbols).flatMap(jsonTypes),
    ...heldIn(responseType(call)?.type),
  ];
  return types.filter(({ kind }) => kind !== ts.SyntaxKind.AnyKeyword);
}

/** Where a request's response is read: where it comes, or by the name of its variable. */
function responsesOf(call: ts.CallExpression, symbols: Symbols): readonly ts.Expression[] {
  const outer = awaited(call);
  const { parent } = outer;
  const symbol = ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? symbols.of(parent.name) : undefined;
  return symbol && !symbols.isReassigned(symbol) ? symbols.references(symbol) : [outer];
}

function awaited(call: ts.CallExpression): ts.Expression {
  const own = wrapping(call);
  return ts.isAwaitExpression(own.parent) ? wrapping(own.parent) : own;
}

/** `Own` of `response.json<Own>()`. */
function jsonTypes(response: ts.Expression): readonly ts.TypeNode[] {
  const { parent } = wrapping(response);
  const isJson = isAccess(parent) && accessName(parent) === 'json' && ts.isCallExpression(parent.parent);
  return isJson ? (parent.parent.typeArguments ?? []) : [];
}

const EITHER = 'import("@anthropic-ai/sdk").Second<';

/**
 * What to put around the type of the variable that a request's response is declared to have, in the analysis's copy: the
 * checker is to know the response for what it is.
 */
export function castResponseType(call: ts.CallExpression, answer: string, unit: Unit): readonly Insertion[] {
  const found = responseType(call);
  if (!found || found.isCast || heldIn(found.type).length === 0) return [];
  const { start, end } = unit.range(found.type);
  return [
    { at: start, text: EITHER },
    { at: end, text: `, Awaited<${answer}>>` },
  ];
}

/** `AxiosResponse<Own>` or `{ data: Own }`, which the variable of a response is declared with. */
function responseType(call: ts.CallExpression): { readonly type: ts.TypeNode; readonly isCast: boolean } | undefined {
  const { parent } = awaited(call);
  const type = ts.isVariableDeclaration(parent) ? parent.type : undefined;
  const isCast = type?.getText().startsWith(EITHER) ?? false;
  const [first] = isCast && type && ts.isImportTypeNode(type) ? (type.typeArguments ?? []) : [type];
  return first && { type: first, isCast };
}

/** The type that a response's type has for its body. */
function heldIn(type: ts.TypeNode | undefined): readonly ts.TypeNode[] {
  if (type && ts.isTypeReferenceNode(type) && type.typeName.getText() === 'AxiosResponse')
    return type.typeArguments ?? [];
  const [member, ...more] = type && ts.isTypeLiteralNode(type) ? type.members : [];
  const isData = member && more.length === 0 && ts.isPropertySignature(member) && staticName(member.name) === 'data';
  return isData && member.type ? [member.type] : [];
}

/**
 * Lets the types that moved requests say their answers have describe messages: the program's own, where they describe
 * nothing else, and `any` in place of the others.
 */
export function lowerAnswerTypes(
  moved: readonly Site[],
  results: readonly ResultUse[],
  analysis: Analysis,
  targetOf: TargetOf,
  changes: Changes,
): void {
  const typed = moved.flatMap((site) => (site.request.kind === 'http' ? typesIn(site.request, site) : []));
  const nodes = new Set<ts.Node>(typed.map(({ type }) => type));
  const legacy = new Set(results.filter(isTurned).flatMap(({ sites }) => [...sites]));
  const described = new Map<Description, { readonly edits: readonly Edit[]; readonly unit: Unit } | undefined>();
  for (const { type } of typed) {
    const description = descriptionOf(type, analysis.symbols);
    if (!description || described.has(description)) continue;
    const users = typed.filter((other) => descriptionOf(other.type, analysis.symbols) === description);
    const isWhole = users.every(({ site }) => !legacy.has(site)) && isOnlyFor(description, nodes, analysis);
    const unit = analysis.units.find(({ tree }) => tree === description.getSourceFile());
    const edits = isWhole && unit ? messageEdits(description, unit, targetOf) : undefined;
    described.set(description, edits && unit && { edits, unit });
  }
  for (const written of described.values()) if (written) changes.apply(written.unit, written.edits);
  for (const { site, type } of typed) {
    const description = descriptionOf(type, analysis.symbols);
    if (!description || !described.get(description)) changes.replace(site.unit, site.unit.range(type), ['any']);
  }
}

type TargetOf = (unit: Unit) => SdkTarget;

function typesIn(
  { answerTypes }: HttpRequest,
  site: Site,
): readonly { readonly site: Site; readonly type: ts.TypeNode }[] {
  return answerTypes.map((type) => ({ site, type }));
}

/** Whether an answer gets the form of before somewhere. */
function isTurned({ helpers }: ResultUse): boolean {
  return helpers.some((helper) => helper.startsWith('toCompletion'));
}

/** What lists the members of a type. */
export type Description = ts.InterfaceDeclaration | ts.TypeLiteralNode;

/** What lists the members of a type: where it is used, or where its name is declared. */
export function descriptionOf(type: ts.TypeNode, symbols: Symbols): Description | undefined {
  if (ts.isTypeLiteralNode(type)) return type;
  if (!ts.isTypeReferenceNode(type) || type.typeArguments) return undefined;
  const declaration = symbols.declaration(type.typeName);
  if (declaration && ts.isInterfaceDeclaration(declaration))
    return declaration.heritageClauses || declaration.typeParameters ? undefined : declaration;
  const isAlias = declaration && ts.isTypeAliasDeclaration(declaration) && !declaration.typeParameters;
  return isAlias && ts.isTypeLiteralNode(declaration.type) ? declaration.type : undefined;
}

/** Whether a type describes nothing but the answers of requests that move. */
function isOnlyFor(description: Description, nodes: ReadonlySet<ts.Node>, analysis: Analysis): boolean {
  const { outside, symbols } = analysis;
  const declaration = ts.isInterfaceDeclaration(description) ? description : description.parent;
  if (!ts.isInterfaceDeclaration(declaration) && !ts.isTypeAliasDeclaration(declaration)) return true;
  const symbol = symbols.of(declaration.name);
  if (!symbol) return false;
  if (isExportedSymbol(symbol, symbols) && (outside.reach !== 'all' || isPublished(declaration, analysis)))
    return false;
  return symbols
    .references(symbol)
    .every((name) => name === declaration.name || isHandedOver(name) || nodes.has(name.parent));
}

/** Members of a legacy answer that its type can have under another name, or not at all. */
const RENAMED: ReadonlyMap<string, string> = new Map([['stop', 'stop_sequence']]);
const GONE = /^(log_id|truncated|exception)$/;

/** The edits that make a description of a completion one of a message; undefined where it is another one. */
function messageEdits({ members }: Description, unit: Unit, targetOf: TargetOf): readonly Edit[] | undefined {
  const edits: Edit[] = [];
  let hasText = false;
  for (const member of members) {
    const name = ts.isPropertySignature(member) ? staticName(member.name) : undefined;
    if (!ts.isPropertySignature(member) || name === undefined || !member.type || GONE.test(name)) return undefined;
    const to = RENAMED.get(name);
    if (to !== undefined) edits.push({ range: unit.range(member.name), pieces: [to] });
    if (name === 'completion') {
      if (member.questionToken || member.type.kind !== ts.SyntaxKind.StringKeyword) return undefined;
      hasText = true;
      const range = { start: unit.range(member.name).start, end: unit.range(member.type).end };
      edits.push({ range, pieces: ['content: { type: string; text: string }[]'] });
    }
    if (name === 'stop_reason' && !isPlain(member.type)) return undefined;
    if (name === 'stop_reason' || name === 'type') edits.push(...literalEdits(member.type, unit, targetOf));
  }
  return hasText ? edits : undefined;
}

/** Whether a type is made of text, values that are written out, and nothing. */
function isPlain(type: ts.TypeNode): boolean {
  if (ts.isUnionTypeNode(type)) return type.types.every(isPlain);
  return (
    ts.isLiteralTypeNode(type) ||
    type.kind === ts.SyntaxKind.StringKeyword ||
    type.kind === ts.SyntaxKind.UndefinedKeyword
  );
}

/** The values of a message among those that a type lists. */
function literalEdits(type: ts.TypeNode, unit: Unit, targetOf: TargetOf): readonly Edit[] {
  const listed = ts.isUnionTypeNode(type) ? type.types : [type];
  return listed.flatMap((each) => {
    const literal = ts.isLiteralTypeNode(each) && ts.isStringLiteral(each.literal) ? each.literal : undefined;
    const { quote } = unit.style;
    if (literal?.text === 'completion') return [{ range: unit.range(literal), pieces: [`${quote}message${quote}`] }];
    if (!literal || !isLegacyStopReason(literal.text)) return [];
    const current = currentStopReasons(literal.text, targetOf(unit)).map((reason) => quote + reason + quote);
    return [{ range: unit.range(literal), pieces: [current.join(' | ')] }];
  });
}
