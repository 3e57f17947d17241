import ts from 'typescript';
import { looksLikeModelId } from '../../src/api/models.js';
import type { Symbols } from './symbols.js';
import { walk } from './syntax.js';
import { valuesOf } from './values.js';

/** The model ids that a call can send. */
export interface ModelSource {
  readonly expression: ts.Expression;
  readonly leaves: readonly ts.StringLiteralLike[];
  /** The ids that the expression's type allows, when it allows nothing else. */
  readonly typed: readonly string[];
  /** Whether the program may send another one that is not seen. */
  readonly isDynamic: boolean;
}

/** Which ids feed the `model` of a call. */
export function readModel(expression: ts.Expression, symbols: Symbols, checker: ts.TypeChecker): ModelSource {
  const { leaves, complete } = valuesOf(expression, symbols);
  const ids = leaves
    .filter(ts.isStringLiteralLike)
    .filter((leaf) => looksLikeModelId(leaf.text) || /^(anthropic\.)?claude/.test(leaf.text));
  const typed = literalsOf(checker.getTypeAtLocation(expression));
  return { expression, leaves: ids, typed: typed ?? [], isDynamic: !complete && typed === undefined };
}

/** The literals of a union of strings; undefined for every other type. */
function literalsOf(type: ts.Type): readonly string[] | undefined {
  const members = type.isUnion()
    ? type.types.filter(({ flags }) => !(flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)))
    : [type];
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

const EQUALITY = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

function isIdentityUse(node: ts.StringLiteralLike): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent)) return EQUALITY.has(parent.operatorToken.kind);
  return (
    ts.isCaseClause(parent) || ts.isLiteralTypeNode(parent) || (ts.isPropertyAssignment(parent) && parent.name === node)
  );
}
