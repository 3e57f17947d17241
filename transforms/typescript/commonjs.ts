import { ts } from './ts.js';
import { literalText, unwrap, wrapping } from './syntax.js';

/** What a `require` of a literal names. */
export function requiredModule(node: ts.Node | undefined): ts.StringLiteralLike | undefined {
  if (!node || !ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || node.expression.text !== 'require')
    return undefined;
  const [specifier] = node.arguments;
  return specifier && literalText(specifier) !== undefined ? (specifier as ts.StringLiteralLike) : undefined;
}

/** Whether a name is taken out of a module where it is required: `const { name } = require('./module')`. */
export function isRequired(
  element: ts.Node,
): element is ts.BindingElement & { readonly parent: ts.ObjectBindingPattern } {
  if (!ts.isBindingElement(element) || !ts.isObjectBindingPattern(element.parent)) return false;
  const holder = element.parent.parent;
  return (
    ts.isVariableDeclaration(holder) && requiredModule(holder.initializer && unwrap(holder.initializer)) !== undefined
  );
}

/** Whether an object literal is what a module exports: `module.exports = { … }`. */
export function isExportObject(node: ts.Node): node is ts.ObjectLiteralExpression {
  if (!ts.isObjectLiteralExpression(node)) return false;
  const outer = wrapping(node);
  const { parent } = outer;
  return ts.isBinaryExpression(parent) && parent.right === outer && isModuleExports(parent.left);
}

/** `exports.name = …` of a function, or of a name that is exported under itself; the name on the left. */
export function exportedAs(assignment: ts.Node): ts.Identifier | undefined {
  if (!ts.isBinaryExpression(assignment) || assignment.operatorToken.kind !== ts.SyntaxKind.EqualsToken)
    return undefined;
  const { left } = assignment;
  const isExport =
    ts.isPropertyAccessExpression(left) &&
    (isModuleExports(left.expression) || left.expression.getText() === 'exports');
  return isExport && ts.isIdentifier(left.name) ? left.name : undefined;
}

export function isModuleExports(node: ts.Expression): boolean {
  return node.getText() === 'module.exports';
}

/** Whether a variable is a whole module: `const name = require('./module')`. */
export function isRequiredWhole(declaration: ts.Node): boolean {
  return (
    ts.isVariableDeclaration(declaration) &&
    requiredModule(declaration.initializer && unwrap(declaration.initializer)) !== undefined
  );
}

/** Whether a name only stands where it is exported, or taken in, by the names of CommonJS. */
export function isHandedOverByRequire(name: ts.Node): boolean {
  const { parent } = name;
  if (isRequired(parent) || isRequiredWhole(parent) || isExportedName(name)) return true;
  if (ts.isShorthandPropertyAssignment(parent)) return isExportObject(parent.parent);
  return (
    ts.isBinaryExpression(parent) &&
    parent.right === name &&
    (exportedAs(parent) !== undefined || isModuleExports(parent.left))
  );
}

/** Whether a name is the one that something is exported under: `exports.name = …`. */
export function isExportedName(name: ts.Node): boolean {
  return ts.isPropertyAccessExpression(name.parent) && exportedAs(name.parent.parent) === name;
}
