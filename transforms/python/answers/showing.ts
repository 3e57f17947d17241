import { calledMethod, enclosingStatement, field, textOf, type Node } from '../node.js';

const LOGGERS = /^(debug|info|warning|warn|error|log|exception|critical|pprint)$/;

/** Whether a call prints or logs what it is given. */
export function isShowing(call: Node): boolean {
  const method = calledMethod(call);
  if (method) return LOGGERS.test(method.name);
  return /^(print|pprint|repr)$/.test(textOf(field(call, 'function') as Node));
}

/** Whether the f-string that an interpolation stands in is printed or logged at once. */
export function isShown(interpolation: Node): boolean {
  let at: Node | undefined = interpolation.parent;
  const end = enclosingStatement(interpolation);
  while (at && at !== end) {
    if (at.type === 'call') return isShowing(at);
    at = at.parent;
  }
  return false;
}
