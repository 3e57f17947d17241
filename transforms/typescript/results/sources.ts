import { ts } from '../ts.js';
import { isAccess, unwrap } from '../syntax.js';
import { callTarget } from './call-target.js';
import type { FlowBuilder } from './flow.js';
import type { World } from './world.js';

/** Where does the answer in this expression come from? Operands that hold it report themselves; here is the rest. */
export function addSource(node: ts.Expression, world: World, builder: FlowBuilder): void {
  if (world.siteOf(node)) return;
  if (ts.isIdentifier(node)) {
    const declaration = heldIn(node, world);
    if (declaration) builder.edge(declaration, node);
    else builder.unseen(node);
  } else if (isAccess(node)) {
    if (world.answerOf(node.expression)) return;
    const member = privateMember(node, world);
    if (member) builder.edge(member, node);
    else builder.unseen(node);
  } else if (ts.isCallExpression(node)) {
    addCalled(node, world, builder);
  } else if (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node) || ts.isSatisfiesExpression(node)) {
    if (isForeign(node.expression, world)) builder.unseen(node);
  } else if (ts.isNewExpression(node)) {
    if (callTarget(node, world).kind !== 'carrier') builder.unseen(node);
  } else if (ts.isTaggedTemplateExpression(node) || ts.isYieldExpression(node)) {
    builder.unseen(node);
  }
}

function addCalled(call: ts.CallExpression, world: World, builder: FlowBuilder): void {
  const target = callTarget(call, world);
  if (target.kind === 'create' || target.kind === 'carrier' || target.kind === 'passes') return;
  if (target.kind === 'own' && world.answerOf(target.fn)) builder.edge(target.fn, call);
  else if (target.kind === 'own' && target.isGeneric) return;
  else if (target.kind === 'unknown' && world.answerOf(call.expression)) builder.edge(unwrap(call.expression), call);
  else builder.unseen(call);
}

/** The declaration that an identifier's value is held in: a variable, a parameter or a function of the program. */
export function heldIn(node: ts.Identifier, world: World): ts.Declaration | undefined {
  const declaration = world.symbols.declaration(node);
  if (!declaration || !world.unitOf(declaration)) return undefined;
  const holds =
    ts.isVariableDeclaration(declaration) ||
    ts.isParameter(declaration) ||
    ts.isBindingElement(declaration) ||
    (ts.isFunctionDeclaration(declaration) && declaration.body !== undefined);
  return holds ? declaration : undefined;
}

/** The declaration of a member that only its own class can reach; what others can reach holds legacy answers. */
export function privateMember(node: ts.Expression, world: World): ts.Declaration | undefined {
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  const declarations = world.view.checker.getSymbolAtLocation(node.name)?.declarations ?? [];
  const [declaration] = declarations;
  if (declarations.length !== 1 || !declaration || !world.unitOf(declaration)) return undefined;
  const isMember =
    ts.isPropertyDeclaration(declaration) ||
    ts.isGetAccessor(declaration) ||
    (ts.isMethodDeclaration(declaration) && declaration.body !== undefined);
  return isMember && isPrivate(declaration) ? declaration : undefined;
}

export function isPrivate(declaration: ts.Declaration): boolean {
  const name = ts.getNameOfDeclaration(declaration);
  const isMarked = (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Private) !== 0;
  return isMarked || (name !== undefined && ts.isPrivateIdentifier(name));
}

/** Whether an expression can bring a value of the legacy shape although its type does not say so. */
export function isForeign(node: ts.Expression, world: World): boolean {
  if (world.answerOf(node)) return false;
  const value = unwrap(node);
  if (ts.isArrayLiteralExpression(value)) return value.elements.some((element) => isForeign(element, world));
  if (ts.isNewExpression(value)) return (value.arguments ?? []).some((argument) => isForeign(argument, world));
  if (ts.isConditionalExpression(value)) return isForeign(value.whenTrue, world) || isForeign(value.whenFalse, world);
  const type = world.view.checker.getTypeAtLocation(value);
  const nothing = ts.TypeFlags.Null | ts.TypeFlags.Undefined | ts.TypeFlags.Void | ts.TypeFlags.Never;
  return !(type.flags & nothing) && !ts.isFunctionLike(value);
}
