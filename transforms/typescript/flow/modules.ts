import { ts } from '../ts.js';
import type { View } from '../program.js';
import type { Symbols } from '../symbols.js';
import { walk } from '../syntax.js';

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
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return undefined;
  const [specifier] = node.arguments;
  return specifier && ts.isStringLiteralLike(specifier) ? checker.getSymbolAtLocation(specifier) : undefined;
}

function isHeld(binding: ts.NamespaceImport, module: ts.Symbol, symbols: Symbols): boolean {
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
  return checker
    .getExportsOfModule(module)
    .map((each) => (each.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each));
}
