import { isWritten } from '../answers/reads.js';
import {
  descendants,
  enclosingFunction,
  field,
  keywordArgument,
  namedChildren,
  textOf,
  unwrap,
  type Node,
} from '../node.js';
import type { Origins } from '../origin.js';
import type { Program } from '../program.js';
import { planPrompt } from '../prompt-plan.js';
import { parameterName, type Binding } from '../scopes.js';
import type { Unit } from '../unit.js';
import { callIn, type Callers, type Uses } from './callers.js';
import {
  argumentFor,
  isAsync,
  isCached,
  isSpecial,
  isText,
  readsItsNames,
  takesMany,
  textReturned,
} from './functions.js';
import { classOf } from './owners.js';
import type { Builder, Carrier, Parameter, Source, Step, Variable } from './steps.js';

/** Follows prompts back to where they are written. Each function, variable and parameter is looked at once. */
export interface Tracer {
  /** Where the prompt in an expression comes from; undefined where some of it is not seen to be made of turns. */
  readonly trace: (expression: Node, unit: Unit) => Step | undefined;
  readonly usesOf: (builder: Builder) => Uses;
}

export interface Analysis {
  readonly program: Program;
  readonly origins: Origins;
  readonly callers: Callers;
}

export function createTracer({ program, origins, callers }: Analysis): Tracer {
  /** What is being traced is in here as undefined: a circle leads nowhere. */
  const carriers = new Map<Node | Binding, Carrier | undefined>();

  const trace = (expression: Node, unit: Unit): Step | undefined => {
    if (!unit.isTarget) return undefined;
    const node = unwrap(expression);
    if (node.type === 'conditional_expression') {
      const [then, , otherwise] = namedChildren(node);
      const [first, second] = [then && trace(then, unit), otherwise && trace(otherwise, unit)];
      return first && second && { kind: 'choice', branches: [first, second] };
    }
    return sourceIn(expression, unit) ?? passedBy(node, unit);
  };

  const sourceIn = (expression: Node, unit: Unit): Source | undefined => {
    const plan = planPrompt(expression, unit, origins, () => false);
    if (!('kind' in plan) || plan.kind !== 'conversation') return undefined;
    if (plan.remarks.some(({ code }) => DOUBTFUL.has(code))) return undefined;
    return { kind: 'source', unit, expression, plan };
  };

  const passedBy = (node: Node, unit: Unit): Step | undefined => {
    const inner = node.type === 'await' ? unwrap(namedChildren(node)[0] ?? node) : node;
    if (inner.type === 'call') {
      const callee = callers.callee(inner, unit);
      if (!callee || isAsync(callee.node) !== (node.type === 'await')) return undefined;
      const carrier = once(callee.node, () => builder(callee.node, callee.unit));
      return carrier && { kind: 'passed', unit, node: inner, carrier };
    }
    const binding = node.type === 'identifier' ? unit.scopes.bindingOf(node) : undefined;
    const carrier = binding && once(binding, () => named(binding, unit));
    return carrier && { kind: 'passed', unit, node, carrier };
  };

  const once = (key: Node | Binding, make: () => Carrier | undefined): Carrier | undefined => {
    if (carriers.has(key)) return carriers.get(key);
    carriers.set(key, undefined);
    const made = make();
    carriers.set(key, made);
    return made;
  };

  const builder = (fn: Node, unit: Unit): Builder | undefined => {
    const name = field(fn, 'name');
    const expressions = unit.isTarget && !isSpecial(fn) ? textReturned(fn) : undefined;
    if (!name || !expressions || readsItsNames(fn)) return undefined;
    const { uses, isClosed } = callers.of({ node: fn, unit });
    // A class elsewhere may have a method of its own in its place.
    if (uses.length === 0 || (classOf(fn) && !isClosed) || uses.some(({ node }) => isWritten(node))) return undefined;
    const returned = expressions.flatMap((expression) => trace(expression, unit) ?? []);
    return returned.length === expressions.length ? { kind: 'builder', unit, fn, name, returned } : undefined;
  };

  const named = (binding: Binding, unit: Unit): Carrier | undefined => {
    const [first, ...more] = binding.definitions;
    const fn = first && enclosingFunction(first.name);
    if (!first || (fn && (fn.type !== 'function_definition' || readsItsNames(fn)))) return undefined;
    if (first.kind === 'parameter')
      return more.length === 0 && first.value && fn ? parameter(binding, first.value, fn, unit) : undefined;
    return variable(binding, unit);
  };

  const variable = (binding: Binding, unit: Unit): Variable | undefined => {
    const { definitions, scope } = binding;
    if (scope.node.type !== 'function_definition' && (scope.node.type !== 'module' || isImported(binding, unit)))
      return undefined;
    const values = definitions.flatMap(({ kind, name, value }) => {
      const assignment = kind === 'assignment' ? name.parent : undefined;
      // No `a = b = value`, and none within an expression.
      if (!value || assignment?.parent?.type !== 'expression_statement' || value.parent !== assignment) return [];
      const type = field(assignment, 'type');
      return (!type || isText(type) ? trace(value, unit) : undefined) ?? [];
    });
    return values.length === definitions.length ? { kind: 'variable', unit, binding, values } : undefined;
  };

  /** Whether another file reads a variable of a module, or may do so. */
  const isImported = ({ name }: Binding, unit: Unit): boolean =>
    new RegExp(`["']${name}["']`).test(unit.text) ||
    program.units.some(
      (other) =>
        other !== unit &&
        (descendants(other.root, 'import_from_statement').some((statement) => takes(statement, name, other, unit)) ||
          descendants(other.root, 'attribute').some((access) => {
            const attribute = field(access, 'attribute');
            return (
              attribute !== undefined &&
              textOf(attribute) === name &&
              origins.definitionsOf(access, other).some((each) => each.unit === unit)
            );
          })),
    );

  const takes = (statement: Node, name: string, other: Unit, unit: Unit): boolean => {
    const module = field(statement, 'module_name');
    if (!module || program.resolve(textOf(module), other) !== unit) return false;
    return statement.children.some(
      (child) =>
        child.type === 'wildcard_import' || (child.field === 'name' && textOf(field(child, 'name') ?? child) === name),
    );
  };

  const parameter = (binding: Binding, declaration: Node, fn: Node, unit: Unit): Parameter | undefined => {
    const type = field(declaration, 'type');
    const isPlain = !takesMany(declaration) && (!type || isText(type)) && !isCached(fn) && !isSpecial(fn);
    if (!isPlain || parameterName(declaration)?.parent === undefined || !unit.isTarget) return undefined;
    const { uses, isClosed } = callers.of({ node: fn, unit });
    const calls = uses.flatMap(({ node, unit: holder }) => {
      const call = callIn(node);
      return call ? [{ call, holder }] : [];
    });
    if (!isClosed || calls.length === 0 || calls.length !== uses.length) return undefined;
    const fallback = field(declaration, 'value');
    const passed: Step[] = [];
    const keywords: Parameter['keywords'][number][] = [];
    for (const { call, holder } of calls) {
      const argument = argumentFor(call, holder, fn, declaration, origins);
      if (argument === 'missing' && fallback) continue;
      const step = typeof argument === 'string' ? undefined : trace(argument, holder);
      if (!step) return undefined;
      passed.push(step);
      const key = keywordArgument(call, binding.name);
      const keyName = key && field(key, 'name');
      if (keyName) keywords.push({ unit: holder, name: keyName });
    }
    const own = fallback && trace(fallback, unit);
    if (fallback && !own) return undefined;
    return {
      kind: 'parameter',
      unit,
      fn,
      binding,
      declaration,
      calls: calls.map(({ call }) => call),
      keywords,
      passed: own ? [...passed, own] : passed,
    };
  };

  return { trace, usesOf: ({ fn, unit }) => callers.of({ node: fn, unit }) };
}

/** Text without a Human turn may get one from whoever it is passed to; text out of order is for the program to send. */
const DOUBTFUL: ReadonlySet<string> = new Set(['CTM211', 'CTM216']);
