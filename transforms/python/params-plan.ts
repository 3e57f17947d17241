import { LEGACY_ONLY_PARAMETER, PARAMETERS } from '../../src/api/parameters.js';
import {
  argumentsOf,
  calledMethod,
  enclosingFunction,
  enclosingStatement,
  field,
  isInside,
  namedChildren,
  textOf,
  unwrap,
  type Node,
} from './node.js';
import { constantText } from './literals.js';
import { hasPositional, keywordName } from './keywords.js';
import type { Origins } from './origin.js';
import { reachingDefinition, readsOf } from './reaching.js';
import type { Unit } from './unit.js';

/** One place where a call's parameters name a legacy key. */
export interface ParameterUse {
  readonly key: string;
  /** keyword: `key=value` in a call; pair: `"key": value` in a dictionary; set: `params["key"] = value`; read: `params["key"]`. */
  readonly form: 'keyword' | 'pair' | 'set' | 'read';
  /** The argument, the pair, the statement, or the subscript. */
  readonly node: Node;
  /** The key as it is written: a name, or a string. */
  readonly name: Node;
  /** The value that is sent; absent for reads. */
  readonly value: Node | undefined;
}

/** The parameters of one call as far as they are seen. */
export interface ParamsPlan {
  /** static: every key is seen, and edited where it stands; runtime: all of them are converted when the program runs. */
  readonly mode: 'static' | 'runtime';
  readonly uses: readonly ParameterUse[];
  /** The identifiers of variables whose dictionaries are edited. */
  readonly variables: readonly Node[];
  /** Where the whole parameters are logged. */
  readonly shown: readonly Node[];
  /** What kept the parameters from being read, as a clause for a person. */
  readonly why: string | undefined;
}

interface Reading {
  readonly unit: Unit;
  readonly origins: Origins;
  /** Whether a node is a legacy call, or the body of a request. */
  readonly isSiteCall: (node: Node) => boolean;
  readonly uses: ParameterUse[];
  readonly variables: Node[];
  readonly shown: Node[];
  why: string | undefined;
}

/** Reads the parameters that a call is given, or that a body is made of. */
export function planParams(
  args: readonly Node[],
  body: Node | undefined,
  unit: Unit,
  origins: Origins,
  isSiteCall: (node: Node) => boolean,
): ParamsPlan {
  const reading: Reading = { unit, origins, isSiteCall, uses: [], variables: [], shown: [], why: undefined };
  const isRead = body
    ? readDictionary(body, reading)
    : !hasPositional(args) && args.every((argument) => readArgument(argument, reading));
  const hasPrompt = reading.uses.some(({ key, form }) => key === 'prompt' && form !== 'read');
  if (isRead && !hasPrompt) reading.why = 'the prompt is set where it cannot be seen';
  const { uses, variables, shown, why } = reading;
  return { mode: isRead && hasPrompt ? 'static' : 'runtime', uses, variables, shown, why };
}

function readArgument(argument: Node, reading: Reading): boolean {
  if (argument.type === 'dictionary_splat') {
    const [inner] = namedChildren(argument);
    return inner !== undefined && readDictionary(inner, reading);
  }
  const key = keywordName(argument);
  if (key === undefined) return false;
  if (PARAMETERS.has(key))
    reading.uses.push({
      key,
      form: 'keyword',
      node: argument,
      name: field(argument, 'name') as Node,
      value: field(argument, 'value'),
    });
  return true;
}

/** `{...}`, `dict(...)`, one of them under a condition, or a variable that holds one. */
function readDictionary(expression: Node, reading: Reading): boolean {
  const node = unwrap(expression);
  if (node.type === 'dictionary') return namedChildren(node).every((pair) => readPair(pair, reading));
  if (node.type === 'call' && textOf(field(node, 'function') as Node) === 'dict')
    return !hasPositional(argumentsOf(node)) && argumentsOf(node).every((argument) => readArgument(argument, reading));
  if (node.type === 'conditional_expression') {
    const [then, , otherwise] = namedChildren(node);
    return (
      then !== undefined &&
      otherwise !== undefined &&
      readDictionary(then, reading) &&
      readDictionary(otherwise, reading)
    );
  }
  if (node.type === 'identifier') return readVariable(node, reading);
  reading.why ??= `what ${textOf(node).split('\n')[0] ?? ''} adds to the parameters cannot be seen`;
  return false;
}

function readPair(pair: Node, reading: Reading): boolean {
  if (pair.type === 'dictionary_splat') return readArgument(pair, reading);
  const key = field(pair, 'key');
  const name = key && constantText(key);
  if (!key || name === undefined) {
    reading.why ??= 'a key is computed when the program runs';
    return false;
  }
  if (PARAMETERS.has(name))
    reading.uses.push({ key: name, form: 'pair', node: pair, name: key, value: field(pair, 'value') });
  return true;
}

/** A variable of the same function, or of the module, whose dictionary nothing else reads. */
function readVariable(node: Node, reading: Reading): boolean {
  const { unit } = reading;
  const binding = unit.scopes.bindingOf(node);
  const only = binding && reachingDefinition(node, binding);
  const reads = only && readsOf(only.name, binding);
  reading.why ??= `the variable ${textOf(node)} is made where it cannot be seen`;
  if (!reads || only.kind !== 'assignment' || !only.value) return false;
  if (reading.variables.includes(only.name)) return true;
  const isLocal = enclosingFunction(only.name) === enclosingFunction(node);
  if (!isLocal && binding.scope.node.type !== 'module') return false;
  reading.variables.push(only.name);
  reading.why = `the variable ${textOf(node)} is also used in another way`;
  if (!reads.every((read) => readReference(read, reading))) return false;
  reading.why = undefined;
  const before = reading.uses.length;
  const isRead = readDictionary(only.value, reading);
  // A prompt is read with what stands around the call, which is not there outside of its function.
  return isRead && (isLocal || !reading.uses.slice(before).some(({ key }) => key === 'prompt'));
}

/** One reference to the parameters' variable: spread into a call of ours, shown, or an entry read or set. */
function readReference(read: Node, reading: Reading): boolean {
  const { parent } = read;
  if (reading.isSiteCall(read)) return true;
  if (parent?.type === 'dictionary_splat') return leadsToCall(parent, reading);
  if (parent?.type === 'subscript' && field(parent, 'value') === read) return readEntry(parent, reading);
  if (parent?.type === 'argument_list' && parent.parent && isShowing(parent.parent)) {
    reading.shown.push(read);
    return true;
  }
  return false;
}

/** Whether a splat stands in the arguments of a legacy call, or in a dictionary that is splatted there. */
function leadsToCall(splat: Node, reading: Reading): boolean {
  const holder = splat.parent;
  const call = holder?.type === 'argument_list' ? holder.parent : undefined;
  if (call && reading.isSiteCall(call)) return true;
  return holder !== undefined && reading.variables.some((name) => isInside(holder, enclosingStatement(name)));
}

function isShowing(call: Node): boolean {
  const method = calledMethod(call);
  if (method) return /^(debug|info|warning|error|log|exception|pprint)$/.test(method.name);
  return /^(print|pprint|repr|len)$/.test(textOf(field(call, 'function') as Node));
}

function readEntry(entry: Node, reading: Reading): boolean {
  const name = field(entry, 'subscript');
  const key = name && constantText(name);
  if (!name || key === undefined) return false;
  if (!PARAMETERS.has(key)) return true;
  const { parent } = entry;
  if (parent?.type === 'assignment' && field(parent, 'left') === entry) {
    const statement = enclosingStatement(entry);
    if (parent.parent !== statement || statement.type !== 'expression_statement') return false;
    reading.uses.push({ key, form: 'set', node: statement, name, value: field(parent, 'right') });
    return true;
  }
  if (parent?.type === 'augmented_assignment' || parent?.type === 'delete_statement') return false;
  if (key === LEGACY_ONLY_PARAMETER) reading.uses.push({ key, form: 'read', node: entry, name, value: undefined });
  return key === LEGACY_ONLY_PARAMETER || key === 'model' || key === 'stream' || key === 'metadata';
}
