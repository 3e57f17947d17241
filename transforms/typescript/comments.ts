import { ts } from './ts.js';
import type { Edit } from '../../src/edits/edit.js';
import type { Code } from '../../src/findings/catalogue.js';
import { enclosingStatement } from './syntax.js';
import { beginsLine, indentAt, type Unit } from './unit.js';

const IGNORE = /completions-to-messages-ignore:\s*\S/;
const TODO = 'TODO(completions-to-messages';

/** Whether a person accepted what stands here: `// completions-to-messages-ignore: reason` above it or its statement. */
export function isAccepted(node: ts.Node, unit: Unit): boolean {
  return commentsAbove(node, unit).some((comment) => IGNORE.test(comment));
}

/**
 * The comment that tells a person what is left to do, above the statement; undefined where one stands already.
 * JSX text takes no comment, but a statement always encloses it.
 */
export function todoEdit(node: ts.Node, unit: Unit, code: Code, message: string): Edit | undefined {
  if (commentsAbove(node, unit).some((comment) => comment.includes(`${TODO} ${code})`))) return undefined;
  const at = unit.range(commentAnchor(node)).start;
  const sentence = message.replaceAll(/\s+/g, ' ').replaceAll('’', "'");
  return { range: { start: at, end: at }, pieces: [`// ${TODO} ${code}): ${sentence}\n${indentAt(unit.text, at)}`] };
}

/** Where a comment about a node stands: the nearest statement, or class member, around it that begins its line. */
export function commentAnchor(node: ts.Node): ts.Node {
  let anchor = node;
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
    const isMember = ts.isClassElement(at) && ts.isClassLike(at.parent);
    const isStatement = ts.isStatement(at) && !ts.isBlock(at) && enclosingStatement(at) === at;
    if (!isMember && !isStatement && !ts.isSourceFile(at.parent)) continue;
    anchor = at;
    if (isFirstOnLine(at)) return at;
  }
  return anchor;
}

function isFirstOnLine(node: ts.Node): boolean {
  return beginsLine(node.getSourceFile().text, node.getStart());
}

function commentsAbove(node: ts.Node, unit: Unit): readonly string[] {
  const text = unit.tree.text;
  const nodes = new Set([commentAnchor(node), ...ancestorsOnOwnLine(node, unit)]);
  return [...nodes].flatMap((at) =>
    (ts.getLeadingCommentRanges(text, at.pos) ?? []).map(({ pos, end }) => text.slice(pos, end)),
  );
}

/** The nodes around a place that begin a line, up to its statement. */
function ancestorsOnOwnLine(node: ts.Node, unit: Unit): readonly ts.Node[] {
  const found: ts.Node[] = [];
  const end = commentAnchor(node);
  for (let at: ts.Node = node; at !== end && !ts.isSourceFile(at); at = at.parent) {
    const { start } = unit.range(at);
    if (beginsLine(unit.text, start)) found.push(at);
  }
  return found;
}
