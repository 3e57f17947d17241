import { ts } from '../ts.js';
import type { FunctionNode } from '../syntax.js';
import { isPrivate } from './sources.js';
import type { World } from './world.js';

/** What a type in the source says the shape of. */
export type TypeOwner =
  /** A variable, parameter, private member, function result, cast or call: as the answers that it holds. */
  | { readonly kind: 'slot'; readonly node: ts.Node }
  /** Whatever has this alias as its type. */
  | { readonly kind: 'alias'; readonly declaration: ts.TypeAliasDeclaration }
  /** A member that others can reach, or a signature without a body: code that is not seen knows it. */
  | { readonly kind: 'shared'; readonly node: ts.Node }
  /** Nothing that holds a value. */
  | { readonly kind: 'none'; readonly node: ts.Node };

/** Finds what a type node describes, from the type outwards. */
export function ownerOf(type: ts.Node, world: World): TypeOwner {
  let child = type;
  let { parent } = type;
  while (isPartOfType(parent, child)) {
    child = parent;
    ({ parent } = parent);
  }
  if (ts.isTypeAliasDeclaration(parent)) return { kind: 'alias', declaration: parent };
  if (ts.isTypePredicateNode(parent)) return predicateOwner(parent, world);
  const holder = holderOf(parent, child);
  if (holder === undefined)
    return {
      kind: ts.isTypeParameterDeclaration(parent) || ts.isImportEqualsDeclaration(parent) ? 'none' : 'shared',
      node: parent,
    };
  return { kind: world.answerOf(holder) ? 'slot' : 'shared', node: holder };
}

function isPartOfType(parent: ts.Node, child: ts.Node): boolean {
  if (ts.isFunctionTypeNode(parent) || ts.isConstructorTypeNode(parent)) return parent.type === child;
  if (ts.isTypePredicateNode(parent) || ts.isTypeLiteralNode(parent) || ts.isExpressionWithTypeArguments(parent))
    return false;
  return (
    ts.isTypeNode(parent) || ts.isQualifiedName(parent) || ts.isNamedTupleMember(parent) || ts.isMappedTypeNode(parent)
  );
}

function holderOf(parent: ts.Node, child: ts.Node): ts.Node | undefined {
  if (ts.isVariableDeclaration(parent)) return parent;
  if (ts.isParameter(parent)) return hasBody(parent.parent) ? parent : undefined;
  if (ts.isPropertyDeclaration(parent)) return isPrivate(parent) ? parent : undefined;
  if (ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent) || ts.isTypeAssertionExpression(parent))
    return parent;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent;
  return hasBody(parent) && parent.type === child ? parent : undefined;
}

function hasBody(node: ts.Node): node is FunctionNode {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
}

function predicateOwner(predicate: ts.TypePredicateNode, world: World): TypeOwner {
  const fn = predicate.parent;
  const name = predicate.parameterName.getText();
  const parameter =
    ts.isFunctionLike(fn) && hasBody(fn) ? fn.parameters.find((each) => each.name.getText() === name) : undefined;
  if (!parameter) return { kind: 'shared', node: predicate };
  return { kind: world.answerOf(parameter) ? 'slot' : 'shared', node: parameter };
}
