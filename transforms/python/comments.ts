import type { Edit } from '../../src/edits/edit.js';
import type { Code } from '../../src/findings/catalogue.js';
import { enclosingStatement, type Node } from './node.js';
import { beginsLine, indentAt, type Unit } from './unit.js';

const IGNORE = /completions-to-messages-ignore:\s*\S/;
const TODO = 'TODO(completions-to-messages';

/** Whether a person accepted what stands here: `# completions-to-messages-ignore: reason` above it or its statement. */
export function isAccepted(node: Node, unit: Unit): boolean {
  return commentsAbove(node, unit).some((comment) => IGNORE.test(comment));
}

/** The comment that tells a person what is left to do, above the statement; undefined where one stands already. */
export function todoEdit(node: Node, unit: Unit, code: Code, message: string): Edit | undefined {
  if (commentsAbove(node, unit).some((comment) => comment.includes(`${TODO} ${code})`))) return undefined;
  const { start } = commentAnchor(node);
  const sentence = message.replaceAll(/\s+/g, ' ').replaceAll('’', "'");
  return { range: { start, end: start }, pieces: [`# ${TODO} ${code}): ${sentence}\n${indentAt(unit.text, start)}`] };
}

/** The nearest statement around a node that begins its line. */
export function commentAnchor(node: Node): Node {
  let at = enclosingStatement(node);
  if (at.parent?.type === 'decorated_definition') at = at.parent;
  while (at.parent && !beginsLine(at.file, at.start)) at = enclosingStatement(at.parent);
  return at;
}

/** The comments on the lines right above the node's line and above its statement. */
function commentsAbove(node: Node, { text }: Unit): readonly string[] {
  return [node.start, commentAnchor(node).start].flatMap((offset) => {
    const lines = text
      .slice(0, text.lastIndexOf('\n', offset - 1) + 1)
      .split('\n')
      .slice(0, -1)
      .reverse();
    const last = lines.findIndex((line) => !/^\s*#/.test(line));
    return lines.slice(0, last < 0 ? undefined : last);
  });
}
