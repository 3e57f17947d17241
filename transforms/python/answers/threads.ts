import { argumentsOf, attributeName, field, textOf, wrapping, type Node } from '../node.js';
import type { Unit } from '../unit.js';

/** What runs a function elsewhere, and hands on what it returns. */
export interface Run {
  readonly call: Node;
  /** What the function is given. */
  readonly args: readonly Node[];
  /** The expressions that give what it returned. */
  readonly answers: readonly Node[];
  /** Whether `answers` are futures, which are awaited elsewhere. */
  readonly isFuture: boolean;
}

/** Where the function stands among the arguments. */
const RUNNERS: readonly (readonly [RegExp, number])[] = [
  [/^(?:asyncio\.)?to_thread$/, 0],
  [/^(?:\w+\.)*run_in_threadpool$/, 0],
  [/^(?:anyio\.)?to_thread\.run_sync$/, 0],
  [/\.run_in_executor$/, 1],
  [/\.submit$/, 0],
];

/** `asyncio.to_thread(f, ...)`, `loop.run_in_executor(None, f)`, `executor.submit(f, ...)`; undefined where a function is used in another way. */
export function runOf(fn: Node, unit: Unit): Run | undefined {
  const node = wrapping(fn);
  const call = node.parent?.type === 'argument_list' ? node.parent.parent : undefined;
  if (call?.type !== 'call') return undefined;
  const callee = textOf(field(call, 'function') as Node);
  const index = RUNNERS.find(([name]) => name.test(callee))?.[1];
  const all = argumentsOf(call);
  if (index === undefined || all[index] !== node) return undefined;
  const args = all.slice(index + 1);
  if (callee.endsWith('.submit')) {
    const answers = resultsOf(call, unit);
    return answers && { call, args, answers, isFuture: false };
  }
  const outer = wrapping(call);
  const isAwaited = outer.parent?.type === 'await';
  return { call, args, answers: [isAwaited ? outer.parent : call], isFuture: !isAwaited };
}

/** The calls of `.result()` of a future; undefined where something else happens to it. */
function resultsOf(future: Node, unit: Unit): readonly Node[] | undefined {
  const node = wrapping(future);
  const { parent } = node;
  const target =
    parent?.type === 'assignment' && parent.parent?.type === 'expression_statement' ? field(parent, 'left') : undefined;
  const binding = target?.type === 'identifier' ? unit.scopes.bindingOf(target) : undefined;
  const places = binding?.definitions.length === 1 ? binding.reads : [node];
  const results = places.map((place) => {
    const access = wrapping(place).parent;
    const call = access?.parent?.type === 'call' && access.field === 'function' ? access.parent : undefined;
    return access?.type === 'attribute' && attributeName(access) === 'result' ? call : undefined;
  });
  return results.every((result) => result !== undefined) ? results : undefined;
}
