import { constantText } from '../literals.js';
import { argumentsOf, calledMethod, field, wrapping, type Node } from '../node.js';
import type { Unit } from '../unit.js';

/** Keys of a legacy event that an event of Messages in the old form does not have. */
const LOST = /^(id|log_id|model|stop|truncated|exception|amazon-bedrock-invocationMetrics)$/;

/** A key of a parsed event that is read, and that the event has no more. */
export function lostKey(event: Node, unit: Unit): string | undefined {
  const node = wrapping(event);
  const assignment = node.parent?.type === 'assignment' ? node.parent : undefined;
  const target = assignment && field(assignment, 'left');
  const binding = target?.type === 'identifier' ? unit.scopes.bindingOf(target) : undefined;
  const reads = [node, ...(binding?.reads ?? [])];
  return reads.flatMap((read) => keyRead(wrapping(read)) ?? []).find((key) => LOST.test(key));
}

/** The key of `event["key"]`, `event.get("key")` or `"key" in event`. */
function keyRead(read: Node): string | undefined {
  const { parent } = read;
  if (parent?.type === 'subscript' && field(parent, 'value') === read)
    return constantText(field(parent, 'subscript') ?? read);
  if (parent?.type === 'comparison_operator') return parent.children.flatMap((child) => constantText(child) ?? [])[0];
  const call = parent?.type === 'attribute' && parent.parent?.type === 'call' ? parent.parent : undefined;
  const [key] = call && /^(get|pop)$/.test(calledMethod(call)?.name ?? '') ? argumentsOf(call) : [];
  return key && constantText(key);
}
