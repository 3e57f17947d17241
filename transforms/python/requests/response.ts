import {
  argumentsOf,
  attributeName,
  calledMethod,
  enclosingStatement,
  field,
  isInside,
  namedChildren,
  textOf,
  wrapping,
  type Node,
} from '../node.js';
import type { Origins } from '../origin.js';
import { readsOf } from '../reaching.js';
import type { Unit } from '../unit.js';
import { isAfterError } from './error-branch.js';
import { isLoad } from './json-body.js';

/** What is made of the response to a request. */
export interface ResponseReads {
  /** Expressions that give all of an answer. */
  readonly answers: readonly Node[];
  /** Expressions that give one event of a stream. */
  readonly events: readonly Node[];
  /** Where the text of an answer is printed or logged. */
  readonly shown: readonly Node[];
  /** Whether an error is thrown before anything is read. */
  readonly raises: boolean;
  /** What kept the response from being followed, as a clause for a person. */
  readonly problem: string | undefined;
}

interface Reading {
  readonly unit: Unit;
  readonly origins: Origins;
  readonly answers: Node[];
  readonly events: Node[];
  readonly shown: Node[];
  readonly seen: Set<Node>;
  raises: boolean;
  problem: string | undefined;
}

/** Follows the response that a call gives to everything that reads its content. */
export function readResponse(response: Node, unit: Unit, origins: Origins): ResponseReads {
  const reading: Reading = {
    unit,
    origins,
    answers: [],
    events: [],
    shown: [],
    seen: new Set(),
    raises: false,
    problem: undefined,
  };
  follow(response, reading);
  return reading;
}

/** Members that tell nothing of the content. */
const ASIDE =
  /^(status_code|status|ok|reason|reason_phrase|headers|url|elapsed|request|is_success|is_error|history|close|aclose|release|getcode|info|raise_for_status|encoding|cookies|http_version|code|num_bytes_downloaded)$/;

function follow(expression: Node, reading: Reading): void {
  const node = wrapping(expression);
  const { parent } = node;
  if (!parent || reading.seen.has(node)) return;
  reading.seen.add(node);
  switch (parent.type) {
    case 'expression_statement':
    case 'with_item':
    case 'not_operator':
    case 'comparison_operator':
    case 'boolean_operator':
    case 'if_statement':
    case 'elif_clause':
    case 'while_statement':
    case 'assert_statement':
      return;
    case 'await':
      follow(parent, reading);
      return;
    case 'assignment':
    case 'named_expression':
    case 'as_pattern':
      followNames(parent, node, reading, (read) => {
        follow(read, reading);
      });
      return;
    case 'attribute':
      readMember(parent, reading);
      return;
    case 'subscript':
      // Clients of AWS give a dictionary.
      if (textOf(field(parent, 'subscript') ?? parent).slice(1, -1) === 'body') followText(parent, false, reading);
      return;
    case 'for_statement':
    case 'for_in_clause':
      followText(expression, true, reading);
      return;
    case 'argument_list':
      readCallWith(parent.parent as Node, reading);
      return;
    default:
      if (!isAfterError(node)) fail(reading, parent.type === 'return_statement' ? HANDED_ON : LOST);
  }
}

const HANDED_ON = 'the answer is handed on as it comes, so who reads it cannot be seen';
const LOST = 'what reads its answer cannot be followed';

function fail(reading: Reading, why: string): void {
  reading.problem ??= why;
}

/** A response that is given to a function: to one that parses what it reads, or to one that nobody sees into. */
function readCallWith(call: Node, reading: Reading): void {
  const callee = field(call, 'function') as Node;
  if (isLoad(callee, reading.unit, reading.origins)) reading.answers.push(call);
  else if (/(^|\.)closing$/.test(textOf(callee))) follow(call, reading);
  else if (!/^(print|isinstance|repr|type|bool)$/.test(textOf(callee)) && !isLogging(call) && !isAfterError(call))
    fail(reading, HANDED_ON);
}

function readMember(access: Node, reading: Reading): void {
  const name = attributeName(access) as string;
  const call =
    access.parent?.type === 'call' && field(access.parent, 'function') === access ? access.parent : undefined;
  if (name === 'raise_for_status') reading.raises = true;
  if (ASIDE.test(name)) return;
  if (call && name === 'json') reading.answers.push(awaited(call));
  else if (call && name === 'get') {
    const [key] = argumentsOf(call);
    if (key && textOf(key).slice(1, -1) === 'body') followText(call, false, reading);
  } else if (call && /^(read|aread|text)$/.test(name)) followText(call, false, reading);
  else if (call && /^(a?iter_\w+|readline|readlines)$/.test(name)) followText(call, true, reading);
  else if (!call && /^(text|content|raw|body)$/.test(name)) followText(access, false, reading);
  else if (!isAfterError(access)) fail(reading, `.${name} of the response is read`);
}

function awaited(call: Node): Node {
  const outer = wrapping(call);
  return outer.parent?.type === 'await' ? outer.parent : call;
}

/** Names that a value is given to. */
function followNames(holder: Node, value: Node, reading: Reading, then: (read: Node) => void): void {
  const target =
    holder.type === 'as_pattern'
      ? namedChildren(field(holder, 'alias') ?? holder)[0]
      : (field(holder, 'left') ?? field(holder, 'name'));
  const isValue = holder.type === 'as_pattern' || (field(holder, 'right') ?? field(holder, 'value')) === value;
  const names =
    target?.type === 'identifier'
      ? [target]
      : target && /^(pattern_list|tuple_pattern)$/.test(target.type)
        ? namedChildren(target)
        : [];
  if (!isValue || names.length === 0 || names.some(({ type }) => type !== 'identifier')) {
    fail(reading, LOST);
    return;
  }
  for (const name of names) {
    const binding = reading.unit.scopes.bindingOf(name);
    const reads =
      binding &&
      (readsOf(name, binding) ??
        allReads(
          name,
          binding.definitions.map((each) => each.value),
        ));
    if (reads) reads.forEach(then);
    else fail(reading, `${textOf(name)} also holds other values`);
  }

  /** A name that only this value, and nothing, is ever given to. */
  function allReads(name: Node, values: readonly (Node | undefined)[]): readonly Node[] | undefined {
    const isOnly = values.every(
      (each) =>
        each?.type === 'none' ||
        each === value ||
        (each !== undefined && /^(string|list)$/.test(each.type)) ||
        isInside(value, each ?? value),
    );
    return isOnly ? reading.unit.scopes.bindingOf(name)?.reads : undefined;
  }
}

const TEXT_METHODS =
  /^(decode|encode|strip|lstrip|rstrip|read|aread|splitlines|split|replace|removeprefix|partition|rpartition|get|pop|getvalue|lower|tobytes)$/;
const LINE_METHODS = /^(iter\w*|readlines?|splitlines|split)$/;

/** Text of an answer, or of the lines of one: through slices and names to where it is parsed. */
function followText(expression: Node, isLine: boolean, reading: Reading): void {
  const node = wrapping(expression);
  const { parent } = node;
  if (!parent || reading.seen.has(node) || isAfterError(node)) return;
  reading.seen.add(node);
  const names = (read: Node): void => {
    followText(read, isLine, reading);
  };
  switch (parent.type) {
    case 'await':
      followText(parent, isLine, reading);
      return;
    case 'subscript':
      if (field(parent, 'value') === node) followText(parent, isLine, reading);
      return;
    case 'attribute':
      readTextMethod(parent, isLine, reading);
      return;
    case 'assignment':
    case 'named_expression':
    case 'as_pattern':
      followNames(parent, node, reading, names);
      return;
    case 'augmented_assignment': {
      const binding = reading.unit.scopes.bindingOf(field(parent, 'left') as Node);
      if (binding) binding.reads.forEach(names);
      return;
    }
    case 'for_statement':
    case 'for_in_clause': {
      const target = field(parent, 'left');
      const binding = target?.type === 'identifier' ? reading.unit.scopes.bindingOf(target) : undefined;
      if (field(parent, 'right') !== node) return;
      const reads = target && binding && readsOf(target, binding);
      if (reads) for (const read of reads) followText(read, true, reading);
      else fail(reading, LOST);
      return;
    }
    case 'comparison_operator':
      if (textOf(parent).replace(textOf(node), '').includes('completion')) fail(reading, NAMED);
      return;
    case 'boolean_operator':
    case 'conditional_expression':
      followText(parent, isLine, reading);
      return;
    case 'binary_operator':
      followText(parent, isLine, reading);
      return;
    case 'argument_list':
      readTextWith(parent.parent as Node, node, isLine, reading);
      return;
    case 'interpolation':
      if (isLogging(enclosingCall(parent))) reading.shown.push(node);
      else fail(reading, LOST);
      return;
    case 'return_statement':
    case 'yield':
      fail(reading, HANDED_ON);
      return;
    default:
      if (!/^(expression_statement|not_operator|if_statement|elif_clause|while_statement|with_item)$/.test(parent.type))
        fail(reading, LOST);
  }
}

const NAMED = 'it tells the events of its stream by their names, which are others now';

function readTextMethod(access: Node, isLine: boolean, reading: Reading): void {
  const name = attributeName(access) as string;
  const call =
    access.parent?.type === 'call' && field(access.parent, 'function') === access ? access.parent : undefined;
  if (!call) {
    if (!ASIDE.test(name)) fail(reading, LOST);
    return;
  }
  if (TEXT_METHODS.test(name) || LINE_METHODS.test(name)) followText(call, isLine || LINE_METHODS.test(name), reading);
  else if (!/^(startswith|endswith|find|index|isspace|close|count)$/.test(name)) fail(reading, LOST);
  else if (textOf(field(call, 'arguments') ?? call).includes('completion')) fail(reading, NAMED);
}

function readTextWith(call: Node, text: Node, isLine: boolean, reading: Reading): void {
  const callee = field(call, 'function') as Node;
  if (isLoad(callee, reading.unit, reading.origins)) (isLine ? reading.events : reading.answers).push(call);
  else if (isLogging(call)) reading.shown.push(text);
  else if (/^(str|bytes|len|print|repr|iter|anext|next|TextIOWrapper)$/.test(textOf(callee).replace(/^.*\./, ''))) {
    if (!/^(len|print|repr)$/.test(textOf(callee))) followText(call, isLine, reading);
  } else fail(reading, LOST);
}

function enclosingCall(node: Node): Node {
  let at = node;
  const end = enclosingStatement(node);
  while (at.parent && at !== end && at.type !== 'call') at = at.parent;
  return at;
}

function isLogging(call: Node): boolean {
  if (call.type !== 'call') return false;
  return (
    /^(debug|info|warning|warn|error|log|exception|critical|pprint)$/.test(calledMethod(call)?.name ?? '') ||
    /^(print|pprint)$/.test(textOf(field(call, 'function') as Node))
  );
}
