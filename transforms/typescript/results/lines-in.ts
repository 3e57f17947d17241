import { ts } from '../ts.js';
import { walk } from '../syntax.js';
import type { Unit } from '../unit.js';

/** Where the lines of statements begin, the first aside, that may be indented: those inside of text literals may not. */
export function linesIn(statements: readonly ts.Statement[], unit: Unit): readonly number[] {
  const literals: { readonly start: number; readonly end: number }[] = [];
  for (const statement of statements) {
    walk(statement, (node) => {
      if (
        ts.isStringLiteralLike(node) ||
        ts.isTemplateHead(node) ||
        ts.isTemplateMiddleOrTemplateTail(node) ||
        ts.isJsxText(node)
      )
        literals.push(unit.range(node));
      return undefined;
    });
  }
  const [first] = statements;
  const last = statements.at(-1);
  if (!first || !last) return [];
  const { start } = unit.range(first);
  const text = unit.text.slice(start, unit.range(last).end);
  return [...text.matchAll(/\n(?=[^\r\n])/g)]
    .map((match) => start + match.index + 1)
    .filter((line) => !literals.some((literal) => literal.start < line && line < literal.end));
}
