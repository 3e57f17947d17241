import { ts } from './ts.js';
import { isAccess, unwrap } from './syntax.js';

/** Where a name comes from: a package, and what it is called there; `default` and `*` as in an import. */
export interface ImportedName {
  readonly module: string;
  readonly name: string;
}

/** What an identifier takes from a package, by `import` or `require`; undefined for names of the program's own. */
export function importedName(node: ts.Identifier, checker: ts.TypeChecker): ImportedName | undefined {
  const [declaration] = checker.getSymbolAtLocation(node)?.declarations ?? [];
  if (!declaration) return undefined;
  if (ts.isImportSpecifier(declaration))
    return named(declaration.parent.parent.parent.moduleSpecifier, declaration.propertyName ?? declaration.name);
  if (ts.isImportClause(declaration)) return named(declaration.parent.moduleSpecifier, 'default');
  if (ts.isNamespaceImport(declaration)) return named(declaration.parent.parent.moduleSpecifier, '*');
  if (ts.isImportEqualsDeclaration(declaration))
    return ts.isExternalModuleReference(declaration.moduleReference)
      ? named(declaration.moduleReference.expression, 'default')
      : undefined;
  return fromRequire(declaration);
}

/** `const x = require('m')`, `require('m').default` and `const { x } = require('m')`. */
function fromRequire(declaration: ts.Declaration): ImportedName | undefined {
  if (ts.isBindingElement(declaration)) {
    const holder = declaration.parent.parent;
    const module = ts.isVariableDeclaration(holder) ? requiredModule(holder.initializer) : undefined;
    const key = declaration.propertyName ?? declaration.name;
    return module && ts.isIdentifier(key) ? { module, name: key.text } : undefined;
  }
  if (!ts.isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  const value = unwrap(declaration.initializer);
  if (ts.isPropertyAccessExpression(value)) {
    const module = requiredModule(value.expression);
    return module === undefined ? undefined : { module, name: value.name.text };
  }
  const module = requiredModule(value);
  return module === undefined ? undefined : { module, name: 'default' };
}

function requiredModule(expression: ts.Expression | undefined): string | undefined {
  const call = expression && unwrap(expression);
  if (!call || !ts.isCallExpression(call) || isAccess(call.expression)) return undefined;
  const [module] = call.arguments;
  const isRequire = ts.isIdentifier(call.expression) && call.expression.text === 'require';
  return isRequire && module && ts.isStringLiteralLike(module) ? module.text : undefined;
}

function named(module: ts.Expression, name: ts.ModuleExportName | string): ImportedName | undefined {
  if (!ts.isStringLiteral(module)) return undefined;
  return { module: module.text.replace(/^node:/, ''), name: typeof name === 'string' ? name : name.text };
}
