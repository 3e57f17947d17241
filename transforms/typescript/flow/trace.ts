import { ts } from '../ts.js';
import type { Analysis } from '../analyse.js';
import { LeftToPerson } from '../left-to-person.js';
import { planPrompt, type StaticPrompt } from '../prompt-plan.js';
import { onlyDeclaration } from '../symbols.js';
import { unwrap, type FunctionNode } from '../syntax.js';
import type { Unit } from '../unit.js';
import { isExportedSymbol } from '../values.js';
import { calleeOf, functionOf, isAsync, isTextType, returnsOf, returnsText, type Callee } from './functions.js';
import { isReplaceable } from './members.js';
import { readersOf, type Readers } from './readers.js';
import { contractOf } from './contract.js';
import { givenIn, keyOf, memberOf, optionsOf, signatureOf, valueOf, type Member } from './fields.js';
import type { Builder, Carrier, Field, Given, Parameter, Source, Step, Variable } from './steps.js';

/** Follows prompts back to where they are written. Each function, constant and parameter is looked at once. */
export interface Tracer {
  /** Where the prompt in an expression comes from; undefined where some of it is not seen to be made of turns. */
  readonly trace: (expression: ts.Expression) => Step | undefined;
  readonly readersOf: (callee: Callee) => Readers;
}

export function createTracer(analysis: Analysis, isKept: (expression: ts.Expression) => boolean): Tracer {
  const { symbols, units, view } = analysis;
  const unitOf = new Map(units.map((unit) => [unit.tree, unit]));
  /** What is being traced is in here as undefined: a circle leads nowhere. */
  const carriers = new Map<ts.Symbol, Carrier | undefined>();
  const readers = new Map<ts.Symbol, Readers>();
  const fields = new Map<string, Field | undefined>();

  const trace = (expression: ts.Expression): Step | undefined => {
    const unit = unitOf.get(expression.getSourceFile());
    if (!unit) return undefined;
    const node = unwrap(expression);
    if (ts.isConditionalExpression(node)) {
      const then = trace(node.whenTrue);
      const otherwise = then && trace(node.whenFalse);
      return then && otherwise ? { kind: 'choice', branches: [then, otherwise] } : undefined;
    }
    return sourceIn(expression, unit) ?? passedBy(node, unit) ?? keptIn(expression, unit);
  };

  const keptIn = (expression: ts.Expression, unit: Unit): Source | undefined =>
    isKept(expression) ? { kind: 'source', unit, expression, plan: KEPT, isKept: true } : undefined;

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
    if (ts.isPropertyAccessExpression(node)) {
      const options = ts.isIdentifier(node.expression) ? symbols.declaration(node.expression) : undefined;
      const carrier = options && ts.isParameter(options) ? field(options, node.name.text) : undefined;
      return carrier && { kind: 'passed', unit, node, carrier };
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
    if (!unit || symbols.isReassigned(symbol) || !ts.isIdentifier(ts.getNameOfDeclaration(declaration) ?? declaration))
      return undefined;
    if (ts.isVariableDeclaration(declaration)) {
      const isPlain = (!declaration.type || isTextType(declaration.type)) && !isExportedSymbol(symbol, symbols);
      const value = declaration.initializer && isPlain ? trace(declaration.initializer) : undefined;
      return value && { kind: 'variable', symbol, unit, declaration, value };
    }
    if (ts.isBindingElement(declaration)) return taken(symbol, declaration, unit);
    return ts.isParameter(declaration) ? parameter(symbol, declaration, unit) : undefined;
  };

  const taken = (symbol: ts.Symbol, declaration: ts.BindingElement, unit: Unit): Variable | undefined => {
    const key = declaration.initializer || declaration.dotDotDotToken ? undefined : keyOf(declaration);
    const options = key && ts.isObjectBindingPattern(declaration.parent) ? optionsOf(declaration, symbols) : undefined;
    const carrier = key && options && field(options, key.text);
    return (
      carrier && { kind: 'variable', symbol, unit, declaration, value: { kind: 'passed', unit, node: key, carrier } }
    );
  };

  const field = (options: ts.ParameterDeclaration, key: string): Field | undefined => {
    const member = memberOf(options, key, symbols);
    const at = member?.declared[0] ?? options;
    const id = `${at.getSourceFile().fileName}:${String(at.pos)}:${key}`;
    if (!fields.has(id)) {
      fields.set(id, undefined);
      fields.set(id, member && fieldOf(member, key));
    }
    return fields.get(id);
  };

  const fieldOf = (member: Member, key: string): Field | undefined => {
    const given: Given[] = [];
    const contracted = member.takers.flatMap((taker) => contractedFor(taker) ?? []);
    const unnamed = contracted.filter((taker) => !member.takers.includes(taker));
    const signatures = unnamed.map(({ type }) =>
      type && ts.isTypeLiteralNode(type) ? signatureOf(type.members, key) : undefined,
    );
    if (!signatures.every((signature) => signature !== undefined)) return undefined;
    for (const taker of member.takers.filter((each) => !contracted.includes(each))) {
      const index = taker.parent.parameters.indexOf(taker);
      const calls = callsOf(taker.parent as FunctionNode, index);
      for (const call of calls ?? [undefined]) {
        const property = givenIn(call?.arguments[index], key, symbols);
        const step = property && trace(valueOf(property));
        if (!property || !step) return undefined;
        given.push({ property, step });
      }
    }
    const isPassed = ({ initializer }: ts.VariableDeclaration): boolean =>
      given.some(({ property }) => initializer !== undefined && property.parent === unwrap(initializer));
    if (!member.held.every(isPassed)) return undefined;
    const declared = [...member.declared, ...signatures];
    const named = [...declared, ...member.takers];
    const [unit] = named.map((node) => unitOf.get(node.getSourceFile()));
    return unit && named.every((node) => unitOf.has(node.getSourceFile()))
      ? { kind: 'field', unit, key, given, ...member, declared }
      : undefined;
  };

  /** Every call of a function with the arguments up to one of them written out; undefined where some are not seen. */
  const callsOf = (fn: FunctionNode, index: number): readonly ts.CallExpression[] | undefined => {
    const callee = calleeFor(fn);
    const contract = callee && contractOf(callee, analysis);
    if (!callee || isReplaceable(callee, analysis, contract)) return undefined;
    const { calls, others, isOpen } = contract ? readersOf(callee, analysis, contract) : readersFor(callee);
    const isSeen = !isOpen && others.length === 0 && calls.length > 0;
    return isSeen && !calls.some((call) => call.arguments.slice(0, index + 1).some(ts.isSpreadElement))
      ? calls
      : undefined;
  };

  const parameter = (symbol: ts.Symbol, declaration: ts.ParameterDeclaration, unit: Unit): Parameter | undefined => {
    const fn = declaration.parent as FunctionNode;
    const isPlain = !declaration.dotDotDotToken && !declaration.questionToken && !declaration.modifiers?.length;
    const index = fn.parameters.indexOf(declaration);
    const calls = isPlain && (!declaration.type || isTextType(declaration.type)) ? callsOf(fn, index) : undefined;
    if (!calls) return undefined;
    const passed: Step[] = [];
    for (const call of calls) {
      const argument = call.arguments[index];
      if (!argument && declaration.initializer) continue;
      const step = argument && trace(argument);
      if (!step) return undefined;
      passed.push(step);
    }
    const fallback = declaration.initializer && trace(declaration.initializer);
    if (declaration.initializer && !fallback) return undefined;
    const contracted = contractedFor(declaration);
    if (contracted && !isTextType(contracted.type)) return undefined;
    const declarations = contracted ? [contracted] : [];
    return {
      kind: 'parameter',
      symbol,
      unit,
      fn,
      declaration,
      contracted: declarations,
      passed: fallback ? [...passed, fallback] : passed,
    };
  };

  /** What a contract says of a parameter. */
  const contractedFor = (parameter: ts.ParameterDeclaration): ts.ParameterDeclaration | undefined => {
    const callee = calleeFor(parameter.parent as FunctionNode);
    return callee && contractOf(callee, analysis)?.parameters[parameter.parent.parameters.indexOf(parameter)];
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

/** A transcript has turns of its own, and no system text where it is handed on. */
const KEPT: StaticPrompt = {
  kind: 'conversation',
  conversation: { system: [], entries: [], prefill: null },
  tier: 'structural',
  place: 'inline',
  declaration: undefined,
  assemblies: [],
  builders: [],
  rawNewLines: false,
  remarks: [],
};

/** Text without a Human turn may get one from whoever it is passed to; text out of order is for the program to send. */
const DOUBTFUL: ReadonlySet<string> = new Set(['CTM211', 'CTM216']);
