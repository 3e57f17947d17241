import { isShowing } from '../answers/showing.js';
import { isPure, isPureCall, namesIn } from '../movable.js';
import {
  above,
  argumentsOf,
  calledMethod,
  descendants,
  enclosingFunction,
  enclosingStatement,
  field,
  isInside,
  textOf,
  type Node,
} from '../node.js';
import { copy, type Pieces } from '../print-expression.js';
import type { Unit } from '../unit.js';
import { isAsync } from './functions.js';
import { nameOfTwin } from './names.js';
import type { Builder, Variable } from './steps.js';

/**
 * Whether a variable can keep its text, and what is sent be built beside it: by a call of the twin of the builder that
 * made the text, with the same arguments, where the variable was sent.
 */
export function canBeBuiltAgain({ values, binding }: Variable, reads: readonly Node[]): boolean {
  const [value, ...more] = values;
  if (value?.kind !== 'passed' || more.length > 0 || value.carrier.kind !== 'builder') return false;
  const { node: call, carrier } = value;
  const given = [...argumentsOf(call), calleeObject(call)].filter((node) => node !== undefined);
  const names = new Set(given.flatMap(namesIn).map(textOf));
  const [made] = binding.definitions;
  return (
    made !== undefined &&
    !isAsync(carrier.fn) &&
    isRepeatable(carrier.fn, carrier.unit) &&
    given.every((argument) => !argument.type.endsWith('_splat') && isPure(argument)) &&
    reads.every((read) => isQuiet(enclosingStatement(made.name), read, binding.scope.node, names))
  );
}

function calleeObject(call: Node): Node | undefined {
  const callee = field(call, 'function') as Node;
  return callee.type === 'attribute' ? field(callee, 'object') : undefined;
}

/** Whether nothing between a statement and a read after it changes anything: it only shows, or gives other names values. */
function isQuiet(from: Node, read: Node, scope: Node, names: ReadonlySet<string>): boolean {
  const isBetween = (node: Node): boolean => node.start >= from.end && node.start < read.start && !isInside(read, node);
  const loop = above(read, ({ type }) => type === 'for_statement' || type === 'while_statement');
  if (read.start < from.end || (loop && !isInside(from, loop)) || enclosingFunction(from) !== enclosingFunction(read))
    return false;
  return descendants(scope, 'call', 'assignment', 'augmented_assignment', 'delete_statement', 'with_statement')
    .filter(isBetween)
    .every((node) => {
      const left = field(node, 'left');
      if (node.type === 'call') return isPureCall(node) || isShowing(node);
      return node.type === 'assignment' && left?.type === 'identifier' && !names.has(textOf(left));
    });
}

/** Whether running a function once more is not noticed, and gives the same. */
function isRepeatable(fn: Node, unit: Unit): boolean {
  const body = field(fn, 'body') as Node;
  const isLocal = (node: Node | undefined): boolean => {
    const binding = node?.type === 'identifier' ? unit.scopes.bindingOf(node) : undefined;
    return (
      binding !== undefined &&
      isInside(binding.scope.node, fn) &&
      binding.definitions.every(({ kind }) => kind !== 'parameter')
    );
  };
  const isOwnTarget = (target: Node | undefined): boolean =>
    target !== undefined &&
    (target.type === 'identifier' ? isLocal(target) : target.type === 'subscript' && isLocal(field(target, 'value')));
  if (descendants(body, 'await', 'yield', 'delete_statement', 'global_statement', 'nonlocal_statement').length > 0)
    return false;
  const areOwn = descendants(body, 'assignment', 'augmented_assignment').every((assignment) =>
    isOwnTarget(field(assignment, 'left')),
  );
  return (
    areOwn &&
    descendants(body, 'call').every((call) => {
      const method = calledMethod(call);
      return isPureCall(call) || (method?.name === 'append' && isLocal(method.object));
    })
  );
}

/** The call of the twin that stands where a variable was read. */
export function builtAgain({ values: [value] }: Variable): Pieces {
  if (value?.kind !== 'passed' || value.carrier.kind !== 'builder') return [];
  const { node, carrier } = value;
  const name = calleeName(node);
  return [
    copy({ ...node, end: name.start }),
    nameOfTwin(textOf((carrier satisfies Builder).name)),
    copy({ ...node, start: name.end }),
  ];
}

/** The part of a call that names its function. */
export function calleeName(call: Node): Node {
  const callee = field(call, 'function') as Node;
  return callee.type === 'attribute' ? (field(callee, 'attribute') as Node) : callee;
}
