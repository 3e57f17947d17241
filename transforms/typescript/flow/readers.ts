import { ts } from '../ts.js';
import type { Analysis } from '../analyse.js';
import { isHandedOverByRequire } from '../commonjs.js';
import { isExportedSymbol } from '../values.js';
import { isAccess, isHandedOver, wrapping } from '../syntax.js';
import type { Contract } from './contract.js';
import type { Callee } from './functions.js';
import { closedHolder, isPrivateMember } from './members.js';
import { exportsOf } from './modules.js';
import { isPublished } from './published.js';
import { strangersTo } from './strangers.js';

/** Who uses a function. */
export interface Readers {
  /** Every call that is seen. */
  readonly calls: readonly ts.CallExpression[];
  /** Every other use: passed on, kept, replaced. */
  readonly others: readonly ts.Node[];
  /** Whether there may be users that are not seen. */
  readonly isOpen: boolean;
}

/** Who uses this function, by whatever name it is imported under, or through the contract that it alone fulfils? */
export function readersOf({ symbol, name, fn }: Callee, analysis: Analysis, contract?: Contract): Readers {
  const { symbols } = analysis;
  const names: readonly ts.Node[] = [name, ...(contract ? [contract.declaration.name] : [])];
  const references = [symbol, ...(contract ? [contract.symbol] : [])].flatMap((each) => symbols.references(each));
  const calls: ts.CallExpression[] = [];
  const others: ts.Node[] = [];
  for (const reference of references) {
    if (names.includes(reference) || isHandedOver(reference) || isHandedOverByRequire(reference)) continue;
    const call = callThrough(reference);
    if (call) calls.push(call);
    else others.push(reference);
  }
  const isContractOpen = contract !== undefined && isMemberOpen(contract.owner, name, contract.declaration, analysis);
  return { calls, others, isOpen: isContractOpen || isOpen(symbol, name, fn, analysis, contract) };
}

function callThrough(reference: ts.Identifier): ts.CallExpression | undefined {
  const { parent } = reference;
  const named = ts.isPropertyAccessExpression(parent) && parent.name === reference ? parent : reference;
  const callee = wrapping(named);
  const isPlain = !isAccess(named) || (!named.questionDotToken && named.expression.kind !== ts.SyntaxKind.SuperKeyword);
  return ts.isCallExpression(callee.parent) &&
    callee.parent.expression === callee &&
    isPlain &&
    !callee.parent.questionDotToken
    ? callee.parent
    : undefined;
}

function isOpen(
  symbol: ts.Symbol,
  name: Callee['name'],
  fn: Callee['fn'],
  analysis: Analysis,
  contract: Contract | undefined,
): boolean {
  if (ts.isPrivateIdentifier(name)) return false;
  if (strangersTo(symbol, name, analysis, contract?.symbol)) return true;
  const isMember = ts.isMethodDeclaration(fn) || ts.isPropertyAssignment(fn.parent);
  if (!isMember) return isExportedSymbol(symbol, analysis.symbols) && isUsedOutside(symbol, name, fn, analysis);
  if (ts.isMethodDeclaration(fn) && ts.isClassLike(fn.parent)) {
    const owner = fn.parent.name && analysis.symbols.of(fn.parent.name);
    return !isPrivateMember(fn) && (!owner || isOfTemplate(fn.parent) || isMemberOpen(owner, name, fn, analysis));
  }
  const owner = closedHolder(fn, analysis);
  return !owner || isMemberOpen(owner, name, fn, analysis);
}

/** Whether a framework's template may call the methods of a class. */
function isOfTemplate(owner: ts.ClassLikeDeclaration): boolean {
  const decorators = ts.canHaveDecorators(owner) ? (ts.getDecorators(owner) ?? []) : [];
  return decorators.some(({ expression }) => /^(Component|Directive|Pipe|customElement)\b/.test(expression.getText()));
}

/** Whether someone unseen may hold what a function is a member of. */
export function isMemberOpen(owner: ts.Symbol, name: Callee['name'], declared: ts.Node, analysis: Analysis): boolean {
  return (
    analysis.outside.reach !== 'all' ||
    (isExportedSymbol(owner, analysis.symbols) && isUsedOutside(owner, name, declared, analysis))
  );
}

/** Whether every use of an exported constant is seen, in files that may be edited. */
export function isConstantClosed(declaration: ts.VariableDeclaration, analysis: Analysis): boolean {
  const { name } = declaration;
  const symbol = ts.isIdentifier(name) ? analysis.symbols.of(name) : undefined;
  if (!symbol || !ts.isIdentifier(name)) return false;
  const editable = new Set(analysis.units.map(({ tree }) => tree));
  if (!analysis.symbols.references(symbol).every((reference) => editable.has(reference.getSourceFile()))) return false;
  return !strangersTo(symbol, name, analysis) && !isUsedOutside(symbol, name, declaration, analysis);
}

/** Whether something exported may be used where we do not see: an export that no file imports is for someone else. */
function isUsedOutside(owner: ts.Symbol, name: Callee['name'], declared: ts.Node, analysis: Analysis): boolean {
  const { symbols, outside, held, view } = analysis;
  const isImported = symbols
    .references(owner)
    .some((reference) => reference.getSourceFile() !== declared.getSourceFile());
  const isDefault =
    owner.declarations?.some((each) => ts.getCombinedModifierFlags(each) & ts.ModifierFlags.Default) === true;
  return (
    !isImported ||
    held.some((module) => exportsOf(module, view.checker).includes(owner)) ||
    outside.reach === 'unknown' ||
    isMentioned(name.text, analysis) ||
    (isDefault && outside.unread.length > 0) ||
    isPublished(declared, analysis)
  );
}

/** Whether a file that could not be read names it. */
function isMentioned(name: string, { outside }: Analysis): boolean {
  return outside.unread.some((text) => new RegExp(`\\b${name.replaceAll('$', '\\$')}\\b`).test(text));
}
