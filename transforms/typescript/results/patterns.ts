import ts from 'typescript';
import type { FlowBuilder } from './flow.js';
import type { World } from './world.js';

/** An answer is taken apart: a pattern over the answer itself is a use, one over what holds it leads on to its names. */
export function addPattern(pattern: ts.BindingPattern, from: ts.Node, world: World, builder: FlowBuilder): void {
  const answer = world.answerOf(pattern);
  if (!answer) return;
  if (answer.wrapper === 'none') {
    builder.edge(from, pattern);
    builder.use(pattern, { kind: 'pattern' });
    return;
  }
  for (const element of pattern.elements) {
    if (ts.isOmittedExpression(element) || !world.answerOf(element)) continue;
    builder.edge(from, element);
    if (!ts.isIdentifier(element.name)) addPattern(element.name, element, world, builder);
  }
}
