import { isAwaited, type Site } from '../locate.js';
import { enclosingFunction, field, textOf, wrapping, type Node } from '../node.js';
import type { AnswerKind } from './kind.js';

/** The whole of an awaited call. */
export function answerOf(call: Node): Node {
  const outer = wrapping(call);
  return outer.parent?.type === 'await' ? outer.parent : call;
}

/** Whether a helper cannot take the answer at the call, which gives a coroutine there, or may. */
export function isPending({ call, request, isAsync, isFuture, evidence }: Site, kind: AnswerKind): boolean {
  if (isFuture) return true;
  if (isAwaited(call)) return false;
  if (isAsync) return kind !== 'message' || request.kind === 'old';
  const fn = enclosingFunction(call);
  return evidence !== undefined && fn?.children[0]?.type === 'async';
}

/** `asyncio.run(ask())` gives what is awaited. */
export function isRunning(call: Node): boolean {
  return /^(?:asyncio\.(?:run|create_task|ensure_future|shield|wait_for)|\w+\.run_until_complete)$/.test(
    textOf(field(call, 'function') as Node),
  );
}
