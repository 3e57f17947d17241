import { ts } from './ts.js';
import { isExportObject, isRequired, isRequiredWhole } from './commonjs.js';
import type { View } from './program.js';
import { STUB_PATH } from './sdk-stub.js';
import { isAccess, isWritten, walk } from './syntax.js';

/** Who declares a name, and who else uses it, over all files of the program's candidates. */
export interface Symbols {
  /** The symbol that an identifier means, imports followed to what they import. */
  readonly of: (node: ts.Node) => ts.Symbol | undefined;
  /** Every identifier that means a symbol, its declarations' names included, in file order. */
  readonly references: (symbol: ts.Symbol) => readonly ts.Identifier[];
  /** Every identifier that is spelled so. */
  readonly named: (text: string) => readonly ts.Identifier[];
  /** The only declaration of an identifier's symbol; undefined when there are none or several. */
  readonly declaration: (node: ts.Node) => ts.Declaration | undefined;
  /** The dotted name that an identifier or access has in the SDK's stub, such as `Completions.create`. */
  readonly sdkName: (node: ts.Node) => string | undefined;
  /** What object literals give a member that an interface or a type declares, as far as they are typed by it. */
  readonly given: (member: ts.Symbol) => readonly ts.Expression[];
  /** The member that a destructured name takes over. */
  readonly takenOver: (element: ts.BindingElement) => ts.Symbol | undefined;
  /** Whether anything assigns to the symbol after its declaration. */
  readonly isReassigned: (symbol: ts.Symbol) => boolean;
  /** What the call that is looked into passes for a parameter, if there is such a call. */
  readonly argumentFor?: (parameter: ts.Symbol) => { readonly value: ts.Expression | undefined } | undefined;
}

export function createSymbols({ checker, files }: View): Symbols {
  const byName = new Map<string, ts.Identifier[]>();
  const required: ts.Identifier[] = [];
  for (const file of files.values()) {
    walk(file, (node) => {
      const name = requiredName(node);
      if (name) required.push(name);
      if (!ts.isIdentifier(node) && !ts.isPrivateIdentifier(node)) return undefined;
      const list = byName.get(node.text);
      // A private name is used as any other.
      if (list) list.push(node as ts.Identifier);
      else byName.set(node.text, [node as ts.Identifier]);
      return undefined;
    });
  }

  const meant = new Map<ts.Node, ts.Symbol | undefined>();
  const of = (node: ts.Node): ts.Symbol | undefined => {
    if (!meant.has(node)) meant.set(node, find(node));
    return meant.get(node);
  };
  const find = (node: ts.Node): ts.Symbol | undefined => {
    const { parent } = node;
    if (ts.isShorthandPropertyAssignment(parent) && parent.name === node) {
      return resolveAlias(checker.getShorthandAssignmentValueSymbol(parent), checker);
    }
    if (ts.isExportSpecifier(parent)) return resolveAlias(checker.getExportSpecifierLocalTargetSymbol(parent), checker);
    return meantBy(checker.getSymbolAtLocation(node), checker);
  };

  const aliases = new Map<ts.Symbol, Set<string>>();
  for (const name of [...[...files.values()].flatMap(importedNames), ...required]) {
    const symbol = of(name);
    if (symbol) aliases.set(symbol, (aliases.get(symbol) ?? new Set()).add(name.text));
  }

  const cache = new Map<ts.Symbol, readonly ts.Identifier[]>();
  const references = (symbol: ts.Symbol): readonly ts.Identifier[] => {
    const known = cache.get(symbol);
    if (known) return known;
    const names = new Set([
      symbol.name,
      ...(symbol.declarations ?? []).map(declaredName),
      ...(aliases.get(symbol) ?? []),
    ]);
    const found = [...names].flatMap((name) => byName.get(name) ?? []).filter((node) => of(node) === symbol);
    cache.set(symbol, found);
    return found;
  };

  const given = (member: ts.Symbol): readonly ts.Expression[] =>
    (byName.get(member.name) ?? []).flatMap(({ parent }) => {
      if (!ts.isPropertyAssignment(parent) || !ts.isIdentifier(parent.name)) return [];
      const expected = checker.getContextualType(parent.parent)?.getProperty(member.name);
      return expected && expected.declarations?.[0] === member.declarations?.[0] ? [parent.initializer] : [];
    });

  return {
    of,
    given,
    takenOver: (element) => asDeclared(boundProperty(checker.getSymbolAtLocation(element.name), checker)),
    references,
    named: (text) => byName.get(text) ?? [],
    declaration: (node) => onlyDeclaration(of(node)),
    sdkName: (node) => {
      const symbol = of(ts.isPropertyAccessExpression(node) ? node.name : node);
      return sdkName(symbol) ?? sdkName(boundProperty(symbol, checker));
    },
    isReassigned: (symbol) => references(symbol).some((node) => isWritten(node)),
  };
}

/** The checker makes members of an object literal anew for its type; they mean what the literal declares. */
function asDeclared(symbol: ts.Symbol | undefined): ts.Symbol | undefined {
  const declaration = symbol?.valueDeclaration;
  const isMember =
    declaration && ts.isObjectLiteralElementLike(declaration) && !ts.isShorthandPropertyAssignment(declaration);
  return isMember ? ((declaration as ts.Declaration & { readonly symbol?: ts.Symbol }).symbol ?? symbol) : symbol;
}

/** What a symbol stands for: what an import leads to, and what a module's object of exports names. */
export function meantBy(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): ts.Symbol | undefined {
  const found = asDeclared(resolveAlias(symbol, checker));
  const declaration = found?.valueDeclaration;
  const isExport = declaration && ts.isShorthandPropertyAssignment(declaration) && isExportObject(declaration.parent);
  return isExport ? resolveAlias(checker.getShorthandAssignmentValueSymbol(declaration), checker) : found;
}

function resolveAlias(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): ts.Symbol | undefined {
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** What a name means in its own file, imports not followed. */
export function localSymbol(node: ts.Identifier, checker: ts.TypeChecker): ts.Symbol | undefined {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return checker.getShorthandAssignmentValueSymbol(parent);
  return ts.isExportSpecifier(parent)
    ? checker.getExportSpecifierLocalTargetSymbol(parent)
    : checker.getSymbolAtLocation(node);
}

/** The only declaration of a symbol. Assignments to members, which JavaScript files count as declarations, are none. */
export function onlyDeclaration(symbol: ts.Symbol | undefined): ts.Declaration | undefined {
  const [first, ...more] = (symbol?.declarations ?? []).filter(
    (declaration) => !ts.isBinaryExpression(declaration) && !isAccess(declaration) && !ts.isIdentifier(declaration),
  );
  return more.length === 0 ? first : undefined;
}

/** The property that a destructured name takes over: `HUMAN_PROMPT` of `const { HUMAN_PROMPT } = await import(…)`. */
function boundProperty(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): ts.Symbol | undefined {
  const declaration = symbol?.declarations?.[0];
  if (!declaration || !ts.isBindingElement(declaration) || !ts.isObjectBindingPattern(declaration.parent))
    return undefined;
  const key = declaration.propertyName ?? declaration.name;
  return ts.isIdentifier(key) ? checker.getTypeAtLocation(declaration.parent).getProperty(key.text) : undefined;
}

function declaredName(declaration: ts.Declaration): string {
  const name = ts.getNameOfDeclaration(declaration);
  return name && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) ? name.text : '';
}

/** The local name of what a `require` gives, or of something taken out of it. */
function requiredName(node: ts.Node): ts.Identifier | undefined {
  const { name } =
    isRequired(node) || isRequiredWhole(node)
      ? (node as ts.BindingElement | ts.VariableDeclaration)
      : { name: undefined };
  return name && ts.isIdentifier(name) ? name : undefined;
}

/** The local names that a file's imports and re-exports bind. */
function importedNames(file: ts.SourceFile): readonly ts.Identifier[] {
  return file.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)) {
      return statement.exportClause.elements.map((element) => element.name).filter(ts.isIdentifier);
    }
    if (!ts.isImportDeclaration(statement) || !statement.importClause) return [];
    const { name, namedBindings } = statement.importClause;
    const named =
      namedBindings && ts.isNamespaceImport(namedBindings)
        ? [namedBindings.name]
        : (namedBindings?.elements.map(({ name: own }) => own) ?? []);
    return name ? [name, ...named] : named;
  });
}

/** The dotted name of a symbol that the stub declares; the outer `Anthropic` is left out but for itself. */
export function sdkName(symbol: ts.Symbol | undefined): string | undefined {
  const declaration = symbol?.declarations?.[0];
  if (!symbol || declaration?.getSourceFile().fileName !== STUB_PATH) return undefined;
  const names = [symbol.name];
  for (let at = declaration.parent as ts.Node | undefined; at; at = at.parent) {
    if (ts.isModuleDeclaration(at) || ts.isClassDeclaration(at) || ts.isInterfaceDeclaration(at)) {
      if (at.name && at.name.text !== 'Anthropic') names.unshift(at.name.text);
    }
  }
  return names.join('.');
}
