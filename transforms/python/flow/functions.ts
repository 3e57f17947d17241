import { returnsIn } from '../answers/returned.js';
import {
  argumentsOf,
  descendants,
  enclosingFunction,
  field,
  hasToken,
  keywordArgument,
  nameOf,
  namedChildren,
  textOf,
  type Node,
} from '../node.js';
import type { Origins } from '../origin.js';
import { parameterName } from '../scopes.js';
import type { Unit } from '../unit.js';
import { classOf, decoratorsOf, isStatic } from './owners.js';

export function isAsync(fn: Node): boolean {
  return hasToken(fn, 'async');
}

/** Whether results are kept by what a function was given: a list cannot be looked up. */
export function isCached(fn: Node): boolean {
  return decoratorsOf(fn).some((decorator) => /cache\b/.test(textOf(decorator)));
}

/** Python calls a method such as `__init__` or `__call__` itself. */
export function isSpecial(fn: Node): boolean {
  return /^__\w+__$/.test(textOf(field(fn, 'name') ?? fn));
}

/** Whether a function looks its own names up by their text. */
export function readsItsNames(fn: Node): boolean {
  return descendants(fn, 'call').some((call) =>
    /^(locals|vars|eval|exec)$/.test(textOf(field(call, 'function') as Node)),
  );
}

/** The expressions that a function of text returns; undefined where it may return something else, or nothing. */
export function textReturned(fn: Node): readonly Node[] | undefined {
  const type = field(fn, 'return_type');
  const values = !type || isText(type) ? returnsIn(fn) : undefined;
  const statements = descendants(fn, 'return_statement').filter((statement) => enclosingFunction(statement) === fn);
  return values && values.length > 0 && values.length === statements.length ? values : undefined;
}

/** `str`, as it may be written. */
export function isText(type: Node): boolean {
  return /^["']?str["']?$/.test(textOf(type));
}

/** What a call gives a parameter; `unseen` where that cannot be told. */
export function argumentFor(
  call: Node,
  unit: Unit,
  fn: Node,
  parameter: Node,
  origins: Origins,
): Node | 'missing' | 'unseen' {
  const given = argumentsOf(call);
  const name = textOf(parameterName(parameter) as Node);
  const named = keywordArgument(call, name);
  if (named) return field(named, 'value') ?? 'unseen';
  const skipped = boundParameters(call, unit, fn, origins);
  if (skipped === undefined) return 'unseen';
  const place = positional(fn).indexOf(parameter) - skipped;
  const inOrder = given.filter(({ type }) => type !== 'keyword_argument' && type !== 'dictionary_splat');
  if (place >= 0 && inOrder.slice(0, place + 1).some(({ type }) => type === 'list_splat')) return 'unseen';
  const found = place < 0 ? undefined : inOrder[place];
  if (found) return found.type === 'generator_expression' ? 'unseen' : found;
  return given.some(({ type }) => type === 'dictionary_splat') ? 'unseen' : 'missing';
}

/** The parameters that are given by their place. */
function positional(fn: Node): readonly Node[] {
  const list = field(fn, 'parameters');
  const all = list ? namedChildren(list).filter(({ type }) => type !== 'positional_separator') : [];
  const end = all.findIndex((each) => each.type === 'keyword_separator' || takesMany(each));
  return end < 0 ? all : all.slice(0, end);
}

/** `*args`, `**options`. */
export function takesMany(parameter: Node): boolean {
  return [parameter, ...parameter.children].some(({ type }) => type.endsWith('_splat_pattern'));
}

/** How many parameters Python fills in by itself: `self` or `cls`. Undefined where a method is called on its class. */
function boundParameters(call: Node, unit: Unit, fn: Node, origins: Origins): number | undefined {
  if (!classOf(fn) || isStatic(fn)) return 0;
  // The class is called.
  if (nameOf(fn) === '__init__') return 1;
  const callee = field(call, 'function') as Node;
  const object = callee.type === 'attribute' ? field(callee, 'object') : undefined;
  if (!object) return undefined;
  const isClass = origins.definitionsOf(object, unit).some(({ definition }) => definition.kind === 'class');
  const isOfClass = decoratorsOf(fn).some((decorator) => textOf(decorator).trim() === '@classmethod');
  return isClass && !isOfClass ? undefined : 1;
}
