import { ts } from '../ts.js';
import type { Analysis } from '../analyse.js';
import { canMove, isPure } from '../movable.js';
import type { Pieces } from '../print.js';
import { accessName, isAccess, isAssignmentOperator, unwrap, walk, type FunctionNode } from '../syntax.js';
import { nameOfTwin } from './names.js';
import { declarationOf, calleeName } from './twin.js';
import type { Builder, Variable } from './steps.js';

/**
 * Whether a constant can keep its text, and what is sent be built beside it: by a call of the twin of the builder that
 * made the text, with the same arguments, where the constant was sent.
 */
export function canBeBuiltAgain({ value }: Variable, reads: readonly ts.Node[], { symbols }: Analysis): boolean {
  if (value.kind !== 'passed' || value.carrier.kind !== 'builder' || !ts.isCallExpression(value.node)) return false;
  const call = value.node;
  const { carrier } = value;
  const callee = unwrap(call.expression);
  const owner = ts.isPropertyAccessExpression(callee) ? [callee.expression] : [];
  return (
    declarationOf(carrier) !== undefined &&
    (ts.getCombinedModifierFlags(carrier.fn) & ts.ModifierFlags.Async) === 0 &&
    isRepeatable(carrier.fn) &&
    [...call.arguments, ...owner].every(
      (argument) =>
        !ts.isSpreadElement(argument) &&
        reads.every((target) => canMove(argument, { symbols, target, ignored: [], bound: () => false })),
    )
  );
}

/** Whether running a function once more is not noticed, and gives the same. */
function isRepeatable(fn: FunctionNode): boolean {
  let repeatable = true;
  walk(fn.body, (node) => {
    if (ts.isIdentifier(node) && /^(Date|Math|crypto|performance|process|console)$/.test(node.text)) repeatable = false;
    else if (ts.isNewExpression(node) || ts.isAwaitExpression(node) || ts.isDeleteExpression(node)) repeatable = false;
    else if (ts.isBinaryExpression(node) && isAssignmentOperator(node.operatorToken.kind))
      repeatable &&= ts.isIdentifier(node.left) && isDeclaredIn(node.left.text, fn);
    else if (ts.isCallExpression(node)) repeatable &&= isPure(withoutArguments(node)) || isOnLocal(node, fn);
    return repeatable;
  });
  return repeatable;
}

/** A call is judged by what it calls: its arguments are looked at by themselves, callbacks too. */
function withoutArguments(call: ts.CallExpression): ts.Node {
  return ts.isPropertyAccessExpression(call.expression) &&
    /^(map|flatMap|filter|forEach|join|reduce|some|every)$/.test(call.expression.name.text)
    ? call.expression
    : call;
}

/** `parts.push(…)` on a list of the function's own. */
function isOnLocal(call: ts.CallExpression, fn: FunctionNode): boolean {
  const callee = unwrap(call.expression);
  return (
    isAccess(callee) &&
    accessName(callee) === 'push' &&
    ts.isIdentifier(callee.expression) &&
    isDeclaredIn(callee.expression.text, fn)
  );
}

function isDeclaredIn(name: string, fn: FunctionNode): boolean {
  let found = false;
  walk(fn.body, (node) => {
    found ||= ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === name;
    return !found;
  });
  return found;
}

/** The call of the twin that stands where a constant was read. */
export function builtAgain(variable: Variable): Pieces {
  const { value, unit } = variable;
  if (value.kind !== 'passed' || !ts.isCallExpression(value.node)) return [];
  const whole = unit.range(value.node);
  const name = unit.range(calleeName(value.node));
  return [
    { start: whole.start, end: name.start },
    nameOfTwin((value.carrier as Builder).name.text),
    { start: name.end, end: whole.end },
  ];
}
