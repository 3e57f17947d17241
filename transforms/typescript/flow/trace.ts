import { ts } from '../ts.js';
import type { Analysis } from '../analyse.js';
import { LeftToPerson } from '../left-to-person.js';
import { planPrompt } from '../prompt-plan.js';
import { onlyDeclaration } from '../symbols.js';
import { unwrap, type FunctionNode } from '../syntax.js';
import type { Unit } from '../unit.js';
import { isExportedSymbol } from '../values.js';
import { calleeOf, functionOf, isAsync, isTextType, returnsOf, returnsText, type Callee } from './functions.js';
import { isReplaceable } from './members.js';
import { readersOf, type Readers } from './readers.js';
import type { Builder, Carrier, Parameter, Source, Step, Variable } from './steps.js';

/** Follows prompts back to where they are written. Each function, constant and parameter is looked at once. */
export interface Tracer {
  /** Where the prompt in an expression comes from; undefined where some of it is not seen to be made of turns. */
  readonly trace: (expression: ts.Expression) => Step | undefined;
  readonly readersOf: (callee: Callee) => Readers;
}

export function createTracer(analysis: Analysis): Tracer {
  const { symbols, units, view } = analysis;
  const unitOf = new Map(units.map((unit) => [unit.tree, unit]));
  /** What is being traced is in here as undefined: a circle leads nowhere. */
  const carriers = new Map<ts.Symbol, Carrier | undefined>();
  const readers = new Map<ts.Symbol, Readers>();

  const trace = (expression: ts.Expression): Step | undefined => {
    const unit = unitOf.get(expression.getSourceFile());
    if (!unit) return undefined;
    const node = unwrap(expression);
    if (ts.isConditionalExpression(node)) {
      const then = trace(node.whenTrue);
      const otherwise = then && trace(node.whenFalse);
      return then && otherwise ? { kind: 'choice', branches: [then, otherwise] } : undefined;
    }
    return sourceIn(expression, unit) ?? passedBy(node, unit);
  };

  const sourceIn = (expression: ts.Expression, unit: Unit): Source | undefined => {
    try {
      const plan = planPrompt(expression, { unit, view, symbols });
      if (plan.kind !== 'conversation' || plan.remarks.some(({ code }) => DOUBTFUL.has(code))) return undefined;
      return { kind: 'source', unit, expression, plan };
    } catch (error) {
      if (error instanceof LeftToPerson) return undefined;
      throw error;
    }
  };

  const passedBy = (node: ts.Expression, unit: Unit): Step | undefined => {
    const inner = ts.isAwaitExpression(node) ? unwrap(node.expression) : node;
    if (ts.isCallExpression(inner)) {
      const callee = calleeOf(inner, symbols);
      if (!callee || isAsync(callee.fn) !== ts.isAwaitExpression(node)) return undefined;
      const carrier = once(callee.symbol, () => builder(callee));
      return carrier && { kind: 'passed', unit, node: inner, carrier };
    }
    const symbol = ts.isIdentifier(node) ? symbols.of(node) : undefined;
    if (!symbol || !ts.isIdentifier(node)) return undefined;
    const carrier = once(symbol, () => named(symbol));
    return carrier && { kind: 'passed', unit, node, carrier };
  };

  const once = (symbol: ts.Symbol, make: () => Carrier | undefined): Carrier | undefined => {
    if (carriers.has(symbol)) return carriers.get(symbol);
    carriers.set(symbol, undefined);
    const made = make();
    carriers.set(symbol, made);
    return made;
  };

  const builder = ({ symbol, fn, name }: Callee): Builder | undefined => {
    const unit = unitOf.get(fn.getSourceFile());
    const isKnown = unit && returnsText(fn, view.checker) && !isReplaceable({ symbol, fn, name }, analysis);
    const expressions = isKnown ? returnsOf(fn) : undefined;
    if (!unit || !expressions) return undefined;
    const returned = expressions.flatMap((expression) => {
      const step = trace(expression);
      return step ? [{ expression, step }] : [];
    });
    return returned.length === expressions.length ? { kind: 'builder', symbol, unit, fn, name, returned } : undefined;
  };

  const named = (symbol: ts.Symbol): Variable | Parameter | undefined => {
    const declaration = onlyDeclaration(symbol);
    const unit = declaration && unitOf.get(declaration.getSourceFile());
    if (!unit || symbols.isReassigned(symbol) || !ts.isIdentifier(ts.getNameOfDeclaration(declaration) ?? declaration)) return undefined;
    if (ts.isVariableDeclaration(declaration)) {
      const isPlain = (!declaration.type || isTextType(declaration.type)) && !isExportedSymbol(symbol, symbols);
      const value = declaration.initializer && isPlain ? trace(declaration.initializer) : undefined;
      return value && { kind: 'variable', symbol, unit, declaration, value };
    }
    return ts.isParameter(declaration) ? parameter(symbol, declaration, unit) : undefined;
  };

  const parameter = (symbol: ts.Symbol, declaration: ts.ParameterDeclaration, unit: Unit): Parameter | undefined => {
    const fn = declaration.parent as FunctionNode;
    const isPlain = !declaration.dotDotDotToken && !declaration.questionToken && !declaration.modifiers?.length;
    const callee = isPlain && (!declaration.type || isTextType(declaration.type)) ? calleeFor(fn) : undefined;
    const { calls, others, isOpen } = callee ? readersFor(callee) : NOBODY;
    if (isOpen || others.length > 0 || calls.length === 0 || (callee && isReplaceable(callee, analysis))) return undefined;
    const index = fn.parameters.indexOf(declaration);
    const passed: Step[] = [];
    for (const call of calls) {
      if (call.arguments.slice(0, index + 1).some(ts.isSpreadElement)) return undefined;
      const argument = call.arguments[index];
      if (!argument && declaration.initializer) continue;
      const step = argument && trace(argument);
      if (!step) return undefined;
      passed.push(step);
    }
    const fallback = declaration.initializer && trace(declaration.initializer);
    if (declaration.initializer && !fallback) return undefined;
    return { kind: 'parameter', symbol, unit, fn, declaration, passed: fallback ? [...passed, fallback] : passed };
  };

  const calleeFor = (fn: FunctionNode): Callee | undefined => {
    const holder = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? fn.parent : fn;
    const name = ts.getNameOfDeclaration(holder as ts.Declaration);
    const symbol = name && symbols.of(name);
    const callee = symbol && functionOf(symbol);
    return callee?.fn === fn ? callee : undefined;
  };

  const readersFor = (callee: Callee): Readers => {
    const known = readers.get(callee.symbol) ?? readersOf(callee, analysis);
    readers.set(callee.symbol, known);
    return known;
  };

  return { trace, readersOf: readersFor };
}

const NOBODY: Readers = { calls: [], others: [], isOpen: true };

/** Text without a Human turn may get one from whoever it is passed to; text out of order is for the program to send. */
const DOUBTFUL: ReadonlySet<string> = new Set(['CTM211', 'CTM216']);
