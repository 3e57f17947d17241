import { ts } from './ts.js';
import type { Unit } from './unit.js';

/** The offset behind the last import, `require` at the top, or directive; 0 where there is none. */
export function afterImports(unit: Unit): number {
  let at = 0;
  for (const statement of unit.tree.statements) {
    const isDirective = ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
    const isRequire = ts.isVariableStatement(statement) && /\brequire\(/.test(statement.getText());
    if (!ts.isImportDeclaration(statement) && !ts.isImportEqualsDeclaration(statement) && !isDirective && !isRequire)
      break;
    at = unit.range(statement).end;
  }
  if (at === 0 && !unit.text.startsWith('#!')) return 0;
  return lineEnd(unit.text, at);
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}
