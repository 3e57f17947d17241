import { ts } from '../ts.js';
import { exportedAs, isExportObject, isModuleExports, isRequired, isRequiredWhole } from '../commonjs.js';
import { applyEdits } from '../../../src/edits/apply.js';
import type { Analysis } from '../analyse.js';
import { Changes } from '../changes.js';
import { settleImports } from '../remove-imports.js';
import type { Symbols } from '../symbols.js';
import { isAccess, unwrap } from '../syntax.js';
import { indentAt } from '../unit.js';
import { removeUnused } from '../unused.js';
import { nameOfTwin } from './names.js';
import { isPassed, isSource, stepsBefore, type Builder } from './steps.js';

/** Whether a function that returns messages can stand beside a builder, and every call of it can be pointed there. */
export function canHaveTwin(builder: Builder, { symbols, units }: Analysis): boolean {
  const { fn, name, symbol } = builder;
  const statement = declarationOf(builder);
  if (
    !statement ||
    !ts.isIdentifier(name) ||
    ts.getCombinedModifierFlags(statement as ts.Declaration) & ts.ModifierFlags.Default
  )
    return false;
  const twin = nameOfTwin(name.text);
  if (symbols.named(twin).length > 0) return false;
  const steps = builder.returned.flatMap(({ step }) => stepsBefore(step, ({ kind }) => kind !== 'builder'));
  const isInside = (node: ts.Node): boolean =>
    node.getSourceFile() === fn.getSourceFile() && fn.pos <= node.pos && node.end <= fn.end;
  const areOwn = steps.every((step) => {
    if (isSource(step)) return isInside(step.expression);
    return (
      !isPassed(step) ||
      step.carrier.kind === 'builder' ||
      (step.carrier.kind === 'variable' && isInside(step.carrier.declaration))
    );
  });
  const trees = new Set(units.map(({ tree }) => tree));
  return (
    areOwn &&
    symbols.references(symbol).every((reference) => reference.text === name.text && isRepeatable(reference, trees))
  );
}

/** Whether a name that imports, exports or reads a builder can be repeated for its twin. */
function isRepeatable(reference: ts.Identifier, trees: ReadonlySet<ts.SourceFile>): boolean {
  const { parent } = reference;
  if (ts.isExportAssignment(parent) || ts.isImportClause(parent) || isRequiredWhole(parent)) return false;
  const isHere = trees.has(parent.getSourceFile());
  if (isRequired(parent)) return isHere && parent.propertyName === undefined;
  if (ts.isShorthandPropertyAssignment(parent) && isExportObject(parent.parent)) return isHere;
  if (ts.isBinaryExpression(parent) && parent.right === reference && isModuleExports(parent.left)) return false;
  if (ts.isBinaryExpression(parent) && parent.right === reference && exportedAs(parent))
    return isHere && ts.isExpressionStatement(parent.parent) && exportedAs(parent)?.text === reference.text;
  if (ts.isPropertyAssignment(parent) && isExportObject(parent.parent)) return false;
  const isHanded = ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent);
  return (
    !isHanded ||
    (parent.propertyName === undefined && (ts.isImportSpecifier(parent) || trees.has(parent.getSourceFile())))
  );
}

/** The statement, or the member of a class, that declares a builder and nothing else. */
export function declarationOf({ fn }: Builder): ts.Node | undefined {
  if (ts.isMethodDeclaration(fn)) return ts.isClassLike(fn.parent) ? fn : undefined;
  if (ts.isFunctionDeclaration(fn)) return fn;
  if (exportedAs(fn.parent)) return ts.isExpressionStatement(fn.parent.parent) ? fn.parent.parent : undefined;
  const list = fn.parent.parent;
  return ts.isVariableDeclarationList(list) && list.declarations.length === 1 ? list.parent : undefined;
}

/** Puts the twin behind its builder; `rewrite` makes the edits that turn the one into the other. */
export function addTwin(builder: Builder, symbols: Symbols, changes: Changes, rewrite: (own: Changes) => void): void {
  const { unit, name } = builder;
  const declaration = declarationOf(builder);
  if (!declaration) return;
  const own = new Changes();
  rewrite(own);
  own.replace(unit, unit.range(name), [nameOfTwin(name.text)]);
  const within = builder.returned.flatMap(({ step }) =>
    stepsBefore(step, ({ kind }) => kind !== 'builder').filter(isSource),
  );
  const range = unit.range(declaration);
  const assemblies = within
    .flatMap(({ plan }) => plan.assemblies.filter((assembly) => assembly.declaration !== plan.declaration))
    .filter(
      ({ declaration: made }) =>
        made.getSourceFile() === unit.tree && builder.fn.pos <= made.pos && made.end <= builder.fn.end,
    );
  removeUnused(assemblies, unit, symbols, own);
  settleImports(own);
  const inside = own.of(unit).filter((edit) => edit.range.end > range.start && edit.range.end <= range.end);
  const text = applyEdits(unit.text, inside);
  const twin = text.slice(range.start, text.length - (unit.text.length - range.end)).replaceAll('\r\n', '\n');
  const isShort = ts.isVariableStatement(declaration) && !unit.source(declaration).includes('\n');
  changes.insert(unit, range.end, [`${isShort ? '\n' : '\n\n'}${indentAt(unit.text, range.start)}`, twin]);
  // What stands elsewhere serves the whole file: an import of the type.
  changes.apply(
    unit,
    own.of(unit).filter((edit) => !inside.includes(edit)),
  );
  for (const imported of own.kept.get(unit) ?? []) changes.keep(unit, imported);
}

/** The part of a call that names its function. */
export function calleeName(call: ts.CallExpression): ts.Node {
  const callee = unwrap(call.expression);
  return isAccess(callee) && ts.isPropertyAccessExpression(callee) ? callee.name : callee;
}

/** Where a builder is taken into a file under its own name. */
export function importsOf(
  symbol: ts.Symbol,
  file: ts.SourceFile,
  symbols: Symbols,
): readonly (ts.ImportSpecifier | ts.BindingElement)[] {
  const own = symbols.references(symbol).filter((reference) => reference.getSourceFile() === file);
  const parents = new Set(own.map(({ parent }) => parent));
  return [...parents].filter((parent) => ts.isImportSpecifier(parent) || isRequired(parent));
}
