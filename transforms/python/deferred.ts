import { answerOf } from './answers/coroutines.js';
import { runOf } from './answers/threads.js';
import type { Callers } from './flow/callers.js';
import { argumentsOf, field, wrapping, type Node } from './node.js';
import type { Origins } from './origin.js';
import { keywordName } from './keywords.js';
import type { Unit } from './unit.js';

/** One call of a method, wherever its arguments stand. */
export interface MethodCall {
  /** The call that the method is run by. */
  readonly call: Node;
  /** What the method is given, of all calls on the way to it. */
  readonly args: readonly Node[];
  /** The expressions that give what it returns. */
  readonly answers: readonly Node[];
  /** Whether `answers` are futures, which are awaited elsewhere. */
  readonly isFuture: boolean;
  /** Whether it is run in a thread, and so is no coroutine. */
  readonly isInThread: boolean;
}

interface Search {
  readonly unit: Unit;
  readonly origins: Origins;
  readonly callers: Callers;
}

/**
 * Where a method is called: at once, by the name or attribute that holds it, through `functools.partial`, or by what runs it
 * in a thread. Empty where one of these places is not seen.
 */
export function callsOfMethod(method: Node, search: Search): readonly MethodCall[] {
  return callsOf(method, [], search) ?? [];
}

function callsOf(value: Node, bound: readonly Node[], search: Search): readonly MethodCall[] | undefined {
  const node = wrapping(value);
  const { parent } = node;
  if (parent?.type === 'call' && node.field === 'function')
    return [
      {
        call: parent,
        args: [...bound, ...argumentsOf(parent)],
        answers: [answerOf(parent)],
        isFuture: false,
        isInThread: false,
      },
    ];
  if (parent?.type === 'assignment') return callsOfHolder(parent, node, bound, search);
  const holder = parent?.type === 'argument_list' ? parent.parent : undefined;
  if (holder?.type !== 'call') return undefined;
  const run = runOf(node, search.unit);
  if (run) return [{ ...run, args: [...bound, ...run.args], isInThread: true }];
  const isPartial = search.origins.fullName(field(holder, 'function') as Node, search.unit) === 'functools.partial';
  const [first, ...rest] = argumentsOf(holder);
  return isPartial && first === node ? callsOf(holder, [...bound, ...rest], search) : undefined;
}

/** The calls by a name or an attribute, where it holds nothing else and all that reads it stands in one file. */
function callsOfHolder(
  assignment: Node,
  value: Node,
  bound: readonly Node[],
  search: Search,
): readonly MethodCall[] | undefined {
  const target = field(assignment, 'left');
  const isPlain = field(assignment, 'right') === value && assignment.parent?.type === 'expression_statement';
  const held = target && isPlain ? search.callers.ofHolder({ node: target, unit: search.unit }) : undefined;
  if (!held?.isClosed || held.uses.some(({ unit }) => unit !== search.unit)) return undefined;
  const calls = held.uses.map(({ node }) => callsOf(node, bound, search));
  return calls.some((each) => each === undefined) ? undefined : calls.flatMap((each) => each ?? []);
}

/** Whether a parameter that was bound first is given again, or may be. */
export function isGivenTwice(args: readonly Node[]): boolean {
  const names = args.map(keywordName);
  const holders = new Set(args.map(({ parent }) => parent));
  return holders.size > 1 && names.some((name, index) => name === undefined || names.indexOf(name) !== index);
}
