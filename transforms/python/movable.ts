import { calledMethod, descendants, enclosingStatement, field, isInside, textOf, wrapping, type Node } from './node.js';
import type { Unit } from './unit.js';

/** Functions and methods that change nothing, and give the same each time. */
const PURE = new Set([
  ...[
    'str',
    'len',
    'int',
    'float',
    'repr',
    'bool',
    'list',
    'dict',
    'tuple',
    'sorted',
    'reversed',
    'enumerate',
    'zip',
    'range',
    'min',
    'max',
    'sum',
    'round',
    'isinstance',
  ],
  ...[
    'strip',
    'lstrip',
    'rstrip',
    'lower',
    'upper',
    'title',
    'capitalize',
    'join',
    'format',
    'replace',
    'split',
    'splitlines',
    'get',
    'items',
    'keys',
    'values',
  ],
  ...['startswith', 'endswith', 'dumps', 'dedent', 'isoformat', 'strftime'],
]);

/** Whether evaluating an expression twice, or later, is the same as evaluating it once. */
export function isPure(node: Node): boolean {
  if (descendants(node, 'await', 'yield', 'named_expression').length > 0) return false;
  return descendants(node, 'call').every(isPureCall);
}

/** Whether what a call runs changes nothing; its arguments are looked at by themselves. */
export function isPureCall(call: Node): boolean {
  return PURE.has(calledMethod(call)?.name ?? textOf(field(call, 'function') as Node));
}

/** What may happen between a place where an expression stands and the place to which it goes. */
export interface Way {
  readonly unit: Unit;
  /** The statement in which the expression is evaluated from now on, or a node in it. */
  readonly target: Node;
  /** Statements on the way that go, because they only make the prompt. */
  readonly own: readonly Node[];
  /** Loops whose names come along. */
  readonly loops: readonly Node[];
}

/** Whether an expression has the same value at the target as where it stands. */
export function canMove(node: Node, { unit, target, own, loops }: Way): boolean {
  if (isInside(node, target)) return true;
  const isOwn = (at: Node): boolean => own.some((statement) => isInside(at, statement));
  const isBetween = (at: Node): boolean => at.start > node.end && at.start < target.start && !isOwn(at);
  const again = runAgain(target, node);
  if (!isPure(node) && (again || hasOthersBetween(node, target, own))) return false;
  // What runs again, or later, sees what happens behind the target too.
  const isSeen = (at: Node): boolean =>
    isBetween(at) ||
    (again !== undefined && at.start > node.end && !isOwn(at) && (isInside(at, again) || isDeferred(again)));
  return namesIn(node).every((name) => {
    const binding = unit.scopes.bindingOf(name);
    if (!binding) return true;
    const isLoopName = binding.definitions.some((definition) => loops.some((loop) => isInside(definition.name, loop)));
    if (isLoopName) return true;
    if (binding.definitions.some((definition) => isSeen(definition.name) || isMadeOnTheWay(definition.name, own)))
      return false;
    const isWhole = wrapping(name) === node || wrapping(name).parent?.type === 'interpolation';
    return !binding.reads.some((read) => isSeen(read) && (isWhole ? changesInPlace(read) : mayChange(read)));
  });
}

/** The outermost loop or function around the target that an expression stands outside of. */
function runAgain(target: Node, node: Node): Node | undefined {
  let found: Node | undefined;
  for (let at = target.parent; at; at = at.parent) if (AGAIN.test(at.type) && !isInside(node, at)) found = at;
  return found;
}

const AGAIN = /^(for_statement|while_statement|function_definition|lambda|generator_expression)$|_comprehension$/;

function isDeferred({ type }: Node): boolean {
  return !/^(for|while)_statement$|_comprehension$/.test(type);
}

/** `x.append(...)`, `x[0] = ...`: what no text has, so that the name stands for something else, which changes. */
function changesInPlace(read: Node): boolean {
  const { parent } = wrapping(read);
  const method =
    parent?.type === 'attribute' && parent.parent?.type === 'call' ? calledMethod(parent.parent) : undefined;
  if (method) return MUTATORS.test(method.name);
  const holder = parent?.type === 'subscript' ? parent.parent : undefined;
  return (
    (holder?.type === 'assignment' && field(holder, 'left') === parent) ||
    holder?.type === 'augmented_assignment' ||
    holder?.type === 'delete_statement'
  );
}

const MUTATORS =
  /^(append|extend|insert|pop|popitem|remove|clear|update|setdefault|sort|reverse|add|discard|appendleft|popleft)$/;

/** A name that one of the statements gives a value which go. */
function isMadeOnTheWay(name: Node, own: readonly Node[]): boolean {
  return own.some((statement) => isInside(name, statement));
}

/** Whether other statements than those that go stand between a node and the target. */
function hasOthersBetween(node: Node, target: Node, own: readonly Node[]): boolean {
  const statement = enclosingStatement(node);
  const siblings = statement.parent?.children ?? [];
  return siblings.some(
    (sibling) =>
      sibling.named &&
      sibling.type !== 'comment' &&
      sibling.start > statement.end &&
      sibling.end <= target.start &&
      !own.some((each) => isInside(sibling, each)),
  );
}

/** `x.append(...)`, `f(x)`, `x[0] = ...`: what could change the object that a name stands for. */
function mayChange(read: Node): boolean {
  const { parent } = wrapping(read);
  if (!parent) return false;
  if (parent.type === 'attribute' && parent.parent?.type === 'call')
    return !PURE.has(calledMethod(parent.parent)?.name ?? '');
  if (parent.type === 'argument_list' || parent.type === 'keyword_argument') return !isPureCallAround(parent);
  const access = parent.type === 'subscript' || parent.type === 'attribute' ? parent : undefined;
  const holder = access?.parent;
  return (
    (holder?.type === 'assignment' && field(holder, 'left') === access) ||
    holder?.type === 'augmented_assignment' ||
    holder?.type === 'delete_statement'
  );
}

function isPureCallAround(argument: Node): boolean {
  const call = argument.type === 'argument_list' ? argument.parent : argument.parent?.parent;
  if (call?.type !== 'call') return false;
  return isPureCall(call) || textOf(field(call, 'function') as Node) === 'print';
}

/** The names that an expression reads. */
export function namesIn(node: Node): readonly Node[] {
  return descendants(node, 'identifier').filter(
    (name) =>
      !(name.parent?.type === 'attribute' && name.field === 'attribute') &&
      !(name.parent?.type === 'keyword_argument' && name.field === 'name'),
  );
}
