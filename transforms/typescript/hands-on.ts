import { ts } from './ts.js';
import { calleeOf, isAsync } from './flow/functions.js';
import { followGiven } from './given-by.js';
import type { Symbols } from './symbols.js';
import { beginsStatement, type FunctionNode } from './syntax.js';
import type { Insertion, Unit } from './unit.js';

/**
 * What to put around the name of a function of the program in its call, in the analysis's copy, where it has no types but
 * gives what its argument gives, and does nothing else with that: a retry, a queue, a timer.
 */
export function castHandingOn(
  call: ts.CallExpression,
  unit: Unit,
  checker: ts.TypeChecker,
  symbols: Symbols,
): readonly Insertion[] {
  const found = call.arguments.some((argument) => isFunction(argument, symbols)) ? handsOn(call, symbols) : undefined;
  if (!found || !isLooseType(checker.getTypeAtLocation(call), checker)) return [];
  const type = `__passThrough.${found.isPromise ? 'Promises' : 'Gives'}${String(found.index)}`;
  const { start, end } = unit.range(call.expression);
  // A statement that begins with it must not become the arguments of the one before.
  const guard = beginsStatement(call) ? '0, ' : '';
  return unit.isTypeScript
    ? [
        { at: start, text: `${guard}(` },
        { at: end, text: ` as any as ${type})` },
      ]
    : [
        { at: start, text: `${guard}(/** @type {${type}} */(` },
        { at: end, text: '))' },
      ];
}

/** Whether answers in a file come through such a function: there they have no type. */
export function castsHandingOn({ tree }: Unit): boolean {
  return tree.text.includes('as any as __passThrough.');
}

function isFunction(node: ts.Expression, symbols: Symbols): boolean {
  if (!ts.isIdentifier(node)) return ts.isFunctionLike(node);
  const declaration = symbols.declaration(node);
  const initial = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : declaration;
  return initial !== undefined && ts.isFunctionLike(initial);
}

/** Types exist for a function that is one of the first three arguments. */
const LAST = 2;

function handsOn(
  call: ts.CallExpression,
  symbols: Symbols,
): { readonly index: number; readonly isPromise: boolean } | undefined {
  const callee = calleeOf(call, symbols);
  const fn = callee?.fn;
  if (!callee || !fn || fn.typeParameters || ('asteriskToken' in fn && fn.asteriskToken)) return undefined;
  if (ts.isMethodDeclaration(fn) && !isOnlyMethod(fn, callee.name.text, symbols)) return undefined;
  // What looks into answers by itself names what they have.
  if (/\b(completion|stop_reason)\b/.test(fn.body.getText())) return undefined;
  for (const [index, { dotDotDotToken, initializer, name, type }] of fn.parameters.entries()) {
    const isPassed = call.arguments[index] !== undefined && !call.arguments.slice(0, index).some(ts.isSpreadElement);
    if (index > LAST || !isPassed || dotDotDotToken || initializer || !ts.isIdentifier(name) || !isLoose(type))
      continue;
    const given = followGiven(fn, index, name, symbols);
    if (given) return { index, isPromise: given.isPromise || isAsync(fn) };
  }
  return undefined;
}

/** Whether no other class says what the method of a call may be. */
function isOnlyMethod(fn: FunctionNode, name: string, symbols: Symbols): boolean {
  return symbols.named(name).every(({ parent }) => !ts.isClassElement(parent) || parent === fn);
}

/** Whether a type says nothing of what a function gives. */
function isLoose(type: ts.TypeNode | undefined): boolean {
  if (!type || type.kind === ts.SyntaxKind.AnyKeyword || type.getText() === 'Function') return true;
  return (
    ts.isFunctionTypeNode(type) && /^(any|unknown|Promise<(any|unknown)>|PromiseLike<any>)$/.test(type.type.getText())
  );
}

/** Whether a value, or what a promise of one gives, can be anything. */
function isLooseType(type: ts.Type, checker: ts.TypeChecker): boolean {
  const value = checker.getAwaitedType(type) ?? type;
  return (value.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
}
