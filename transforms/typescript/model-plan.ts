import { ts } from './ts.js';
import { looksLikeModelId } from '../../src/api/models.js';
import type { Symbols } from './symbols.js';
import { unwrap, walk } from './syntax.js';
import { valuesOf } from './values.js';

/** The model ids that a call can send. */
export interface ModelSource {
  readonly expression: ts.Expression;
  readonly leaves: readonly ts.StringLiteralLike[];
  /** The ids that the expression's type allows, when it allows nothing else. */
  readonly typed: readonly string[];
  /** Those of them that the program may send although no place is seen where they are written. */
  readonly unseen: readonly string[];
  /** Whether the program may send another one that is not seen. */
  readonly isDynamic: boolean;
}

/** Which ids feed the `model` of a call. */
export function readModel(expression: ts.Expression, symbols: Symbols, checker: ts.TypeChecker): ModelSource {
  const { leaves, complete } = valuesOf(expression, symbols);
  const type = checker.getTypeAtLocation(expression);
  const members = complete ? undefined : enumValues(type);
  const ids = [...new Set([...leaves.filter(ts.isStringLiteralLike), ...(members ?? [])])].filter(
    (leaf) => looksLikeModelId(leaf.text) || /^(anthropic\.)?claude/.test(leaf.text),
  );
  const isSeen = complete || members !== undefined;
  const typed = literalsOf(type);
  const seen = new Set(ids.map(({ text }) => text));
  return {
    expression,
    leaves: ids,
    typed: typed ?? [],
    unseen: isSeen ? [] : (typed ?? []).filter((id) => !seen.has(id)),
    isDynamic: !isSeen && typed === undefined,
  };
}

/** What the members of an enum are written as, if a type allows nothing but them. */
function enumValues(type: ts.Type): readonly ts.StringLiteralLike[] | undefined {
  const values = membersOf(type).map((member) => {
    const declaration = (member as { readonly symbol?: ts.Symbol }).symbol?.valueDeclaration;
    const value = declaration && ts.isEnumMember(declaration) ? declaration.initializer : undefined;
    return value && ts.isStringLiteralLike(value) ? value : undefined;
  });
  return values.length > 0 && values.every((value) => value !== undefined) ? values : undefined;
}

/** The members of a type, but for those that say that there is no value. */
function membersOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion()
    ? type.types.filter(({ flags }) => !(flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)))
    : [type];
}

/** The literals of a union of strings; undefined for every other type. */
function literalsOf(type: ts.Type): readonly string[] | undefined {
  const members = membersOf(type);
  return members.every((member) => member.isStringLiteral())
    ? members.flatMap((member) => (member.isStringLiteral() ? [member.value] : []))
    : undefined;
}

/**
 * The ids that do more in a file than be sent: they are compared, are keys, or are literal types.
 * Such an id stays, and the call maps the value.
 */
export function identityIds(file: ts.SourceFile): ReadonlySet<string> {
  const ids = new Set<string>();
  walk(file, (node) => {
    if (ts.isStringLiteralLike(node) && looksLikeModelId(node.text) && isIdentityUse(node)) ids.add(node.text);
    return undefined;
  });
  return ids;
}

/** The ids that a file compares something with, which may be the model that an answer names. */
export function comparedIds(file: ts.SourceFile): ReadonlySet<string> {
  const ids = new Set<string>();
  walk(file, (node) => {
    if (ts.isStringLiteralLike(node) && isComparedWith(node)) ids.add(node.text);
    return undefined;
  });
  return ids;
}

/** Whether an id stands in a call, or in a constant that calls send and nothing else reads: what is compared elsewhere is another value. */
export function onlySent(
  plans: readonly { readonly model: ModelSource | undefined }[],
  symbols: Symbols,
): (leaf: ts.StringLiteralLike) => boolean {
  const sent = new Set<ts.Node>(plans.flatMap(({ model }) => (model ? [unwrap(model.expression)] : [])));
  return (leaf) => {
    if (sent.has(leaf)) return true;
    const { parent } = leaf;
    if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return false;
    const symbol = symbols.of(parent.name);
    if (!symbol || symbols.isReassigned(symbol)) return false;
    return symbols
      .references(symbol)
      .every((node) => node === parent.name || sent.has(node) || ts.isImportSpecifier(node.parent));
  };
}

const EQUALITY = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

function isIdentityUse(node: ts.StringLiteralLike): boolean {
  const { parent } = node;
  return (
    isComparedWith(node) || ts.isLiteralTypeNode(parent) || (ts.isPropertyAssignment(parent) && parent.name === node)
  );
}

function isComparedWith({ parent }: ts.StringLiteralLike): boolean {
  return ts.isBinaryExpression(parent) ? EQUALITY.has(parent.operatorToken.kind) : ts.isCaseClause(parent);
}
