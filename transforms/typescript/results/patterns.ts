import { ts } from '../ts.js';
import type { FlowBuilder } from './flow.js';
import { staticName } from '../syntax.js';
import { RESPONSE_HEAD, STREAM_BODY, UNREADABLE } from './response-body.js';
import { isNameTakenApart } from './taken-apart.js';
import type { World } from './world.js';

/** An answer is taken apart: a pattern over the answer itself is a use, one over what holds it leads on to its names. */
export function addPattern(pattern: ts.BindingPattern, from: ts.Node, world: World, builder: FlowBuilder): void {
  const answer = world.answerOf(pattern);
  if (!answer) return;
  const isRaw = answer.kind === 'http' || answer.kind === 'json' || answer.kind === 'raw';
  if (answer.wrapper === 'none' && !isRaw) {
    builder.edge(from, pattern);
    builder.use(pattern, { kind: 'pattern' });
    return;
  }
  for (const element of pattern.elements) {
    if (ts.isOmittedExpression(element)) continue;
    if (!world.answerOf(element)) {
      const name = staticName(element.propertyName ?? element.name) ?? '';
      const isStream = answer.kind === 'raw' && STREAM_BODY.test(name);
      const isHead = isStream ? isNameTakenApart(element.name, world) : RESPONSE_HEAD.test(name);
      if (isRaw && (!isHead || element.dotDotDotToken)) builder.use(element, { kind: 'problem', ...UNREADABLE });
      continue;
    }
    builder.edge(from, element);
    if (!ts.isIdentifier(element.name)) addPattern(element.name, element, world, builder);
  }
}
