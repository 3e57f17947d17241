import { ts } from '../ts.js';
import type { View } from '../program.js';
import { requiredModule } from '../commonjs.js';
import { meantBy, type Symbols } from '../symbols.js';
import { walk, wrapping } from '../syntax.js';

/**
 * The modules that are held as values, so that not every read of their exports is seen: a namespace that is more than
 * asked for its members, and what `import()` gives.
 */
export function modulesHeld({ checker, files }: View, symbols: Symbols): readonly ts.Symbol[] {
  const held = new Set<ts.Symbol>();
  for (const file of files.values()) {
    walk(file, (node) => {
      const module = heldBy(node, checker, symbols);
      if (module) held.add(module);
      return undefined;
    });
  }
  return [...held];
}

function heldBy(node: ts.Node, checker: ts.TypeChecker, symbols: Symbols): ts.Symbol | undefined {
  if (ts.isNamespaceImport(node)) {
    const module = symbols.of(node.name);
    return module && isHeld(node, module, symbols) ? module : undefined;
  }
  const required = requiredModule(node);
  if (required)
    return isRequireHeld(node as ts.CallExpression, symbols) ? checker.getSymbolAtLocation(required) : undefined;
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return undefined;
  const [specifier] = node.arguments;
  return specifier && ts.isStringLiteralLike(specifier) ? checker.getSymbolAtLocation(specifier) : undefined;
}

/** Whether what a `require` gives is more than asked for members that it is seen to have. */
function isRequireHeld(call: ts.CallExpression, symbols: Symbols): boolean {
  const { parent } = wrapping(call);
  if (ts.isExpressionStatement(parent)) return false;
  if (ts.isPropertyAccessExpression(parent)) return false;
  if (!ts.isVariableDeclaration(parent)) return true;
  if (ts.isObjectBindingPattern(parent.name))
    return parent.name.elements.some(({ dotDotDotToken }) => dotDotDotToken !== undefined);
  const module = symbols.of(parent.name);
  // A module that is one function or class is held as that.
  if (
    !module ||
    !(module.flags & ts.SymbolFlags.ValueModule || module.escapedName === ts.InternalSymbolName.ExportEquals)
  )
    return false;
  return isHeld(parent as ts.VariableDeclaration & { readonly name: ts.Identifier }, module, symbols);
}

function isHeld(binding: { readonly name: ts.Identifier } & ts.Node, module: ts.Symbol, symbols: Symbols): boolean {
  const own = symbols.references(module).filter((reference) => reference.getSourceFile() === binding.getSourceFile());
  return own.some(
    (reference) =>
      reference !== binding.name &&
      !(ts.isPropertyAccessExpression(reference.parent) && reference.parent.expression === reference) &&
      !ts.isQualifiedName(reference.parent),
  );
}

/** What a module exports, whoever declares it. */
export function exportsOf(module: ts.Symbol, checker: ts.TypeChecker): readonly ts.Symbol[] {
  const whole = module.exports?.get(ts.InternalSymbolName.ExportEquals);
  return [...(whole ? [whole] : []), ...checker.getExportsOfModule(module)].flatMap(
    (each) => meantBy(each, checker) ?? [],
  );
}
