import { LEGACY_ONLY_PARAMETER } from '../../src/api/parameters.js';
import { ancestorsOf } from './flow/owners.js';
import { ALL_HELPER_NAMES } from './helper-names.js';
import { classesOf, methodsOf } from './classes.js';
import {
  argumentsOf,
  attributeName,
  calledMethod,
  descendants,
  enclosingFunction,
  enclosingStatement,
  field,
  namedChildren,
  nameOf,
  textOf,
  unwrap,
  type Node,
} from './node.js';
import { bodyOf } from './locate.js';
import { constantText } from './literals.js';
import type { Origins, Placed } from './origin.js';
import type { SitePlan } from './site-plan.js';
import type { Unit } from './unit.js';

/**
 * The code that makes the parameters which a helper converts when the program runs, in this run or since an earlier one: it
 * keeps the keys that the helper reads. Dictionaries, and statements that add to them, also of other functions.
 */
export function convertedByHelpers(
  units: readonly Unit[],
  plans: readonly SitePlan[],
  origins: Origins,
): readonly Node[] {
  const now = plans
    .filter(({ params }) => params.mode === 'runtime')
    .map(({ site }) => ({ args: bodyOf(site) ? argumentsOf(site.call) : site.args, unit: site.unit }));
  const before = units
    .filter(({ text }) => text.includes('_params('))
    .flatMap((unit) =>
      descendants(unit.root, 'call').flatMap((call) => (isConversion(call) ? [{ args: argumentsOf(call), unit }] : [])),
    );
  const found = new Set<Node>();
  for (const { args, unit } of [...now, ...before])
    for (const argument of args) gather({ node: valueOf(argument), unit }, origins, found);
  return [...found];
}

/** `to_message_params(...)`, under whatever name it has in the project. */
export function isConversion(call: Node): boolean {
  const callee = field(call, 'function');
  const name = callee ? textOf(callee) : '';
  return callee?.type === 'identifier' && name.endsWith('params') && ALL_HELPER_NAMES.has(name);
}

/** What `**options` or `options` hands on. */
function valueOf(argument: Node): Node {
  return argument.type === 'dictionary_splat' ? (namedChildren(argument)[0] ?? argument) : argument;
}

/** Goes from an expression to the code that makes its value. */
function gather({ node, unit }: Placed, origins: Origins, found: Set<Node>): void {
  const at = unwrap(node);
  if (found.has(at)) return;
  const goOn = (next: Node, holder = unit): void => {
    gather({ node: next, unit: holder }, origins, found);
  };
  switch (at.type) {
    case 'dictionary':
      found.add(at);
      for (const entry of namedChildren(at)) if (entry.type === 'dictionary_splat') goOn(valueOf(entry));
      return;
    case 'binary_operator':
    case 'boolean_operator':
    case 'conditional_expression':
      namedChildren(at).forEach((child) => {
        goOn(child);
      });
      return;
    case 'call':
      found.add(at);
      gatherCall(at, unit, origins, goOn);
      return;
    case 'identifier':
    case 'attribute':
      found.add(at);
      for (const value of origins.valuesOf(at, unit)) goOn(value.node, value.unit);
      for (const value of returnedBy(at, unit, origins)) goOn(value.node, value.unit);
      if (at.type === 'identifier') gatherName(at, unit, found, goOn);
      return;
    default:
  }
}

type GoOn = (next: Node, holder?: Unit) => void;

/** `dict(...)`, `options.copy()`, `copy.deepcopy(options)`, or a function of the program. */
function gatherCall(call: Node, unit: Unit, origins: Origins, goOn: GoOn): void {
  const callee = field(call, 'function') as Node;
  const method = calledMethod(call);
  if (method?.name === 'copy' && argumentsOf(call).length === 0) goOn(method.object);
  if (/^(?:dict|(?:copy\.)?(?:copy|deepcopy))$/.test(textOf(callee)) || isConversion(call))
    for (const argument of argumentsOf(call)) goOn(valueOf(argument));
  for (const value of returnedBy(callee, unit, origins)) goOn(value.node, value.unit);
}

/** What is added to a name's dictionary, and what calls in the same file give the parameter that it is. */
function gatherName(name: Node, unit: Unit, found: Set<Node>, goOn: GoOn): void {
  const binding = unit.scopes.bindingOf(name);
  for (const read of binding?.reads ?? []) {
    const { parent } = read;
    const statement = enclosingStatement(read);
    if (parent?.type === 'subscript' && read.field === 'value' && isLimitSet(parent)) found.add(statement);
    const method = parent?.type === 'attribute' && parent.parent ? calledMethod(parent.parent) : undefined;
    if (method?.object !== read) continue;
    const [first] = namedChildren(method.args);
    if (method.name === 'update') for (const argument of namedChildren(method.args)) goOn(valueOf(argument));
    else if (method.name === 'setdefault' && first && isLimit(first)) found.add(statement);
  }
  for (const { kind, name: defined } of binding?.definitions ?? [])
    if (kind === 'parameter') for (const given of givenFor(defined, unit)) goOn(given);
}

/** `options["max_tokens_to_sample"] = ...` */
function isLimitSet(entry: Node): boolean {
  const key = field(entry, 'subscript');
  return entry.parent?.type === 'assignment' && entry.field === 'left' && !!key && isLimit(key);
}

function isLimit(key: Node): boolean {
  return constantText(key) === LEGACY_ONLY_PARAMETER;
}

/** The arguments for a parameter in the calls of its own file that say its function's name. */
function givenFor(parameter: Node, { root }: Unit): readonly Node[] {
  const fn = enclosingFunction(parameter);
  const name = fn && nameOf(fn);
  const parameters = fn && field(fn, 'parameters');
  if (name === undefined || !parameters) return [];
  const names = namedChildren(parameters).map((each) => textOf(each).split(/[:=\s]/)[0]);
  return descendants(root, 'call').flatMap((call) => {
    const callee = field(call, 'function') as Node;
    const isMethod = callee.type === 'attribute';
    if ((isMethod ? attributeName(callee) : textOf(callee)) !== name) return [];
    const position = names.filter((each) => !isMethod || !/^(self|cls)$/.test(each ?? '')).indexOf(textOf(parameter));
    const args = argumentsOf(call);
    const named = args.find((argument) => nameOf(argument) === textOf(parameter));
    const given = named ? field(named, 'value') : args[position];
    return given && given.type !== 'keyword_argument' ? [given] : [];
  });
}

/** What a function, a method or a property of the program returns. */
function returnedBy(callee: Node, unit: Unit, origins: Origins): readonly Placed[] {
  return functionsOf(callee, unit, origins).flatMap(({ node: fn, unit: holder }) =>
    descendants(fn, 'return_statement')
      .filter((statement) => enclosingFunction(statement) === fn)
      .flatMap((statement) => namedChildren(statement).map((node) => ({ node, unit: holder }))),
  );
}

/** The functions and methods of the program that a callee names. */
export function functionsOf(callee: Node, unit: Unit, origins: Origins): readonly Placed[] {
  const object = callee.type === 'attribute' ? field(callee, 'object') : undefined;
  const classes = object ? classesOf(object, unit, origins) : [];
  const methods = classes
    .flatMap((owner) => [owner, ...ancestorsOf(owner.node, owner.unit, origins)])
    .flatMap((owner) => methodsOf(owner.node, attributeName(callee) ?? '').map((node) => ({ node, unit: owner.unit })));
  if (methods.length > 0) return methods;
  return origins
    .definitionsOf(callee, unit)
    .flatMap(({ definition, unit: holder }) =>
      definition.kind === 'function' && definition.value ? [{ node: definition.value, unit: holder }] : [],
    );
}
