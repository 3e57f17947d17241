import { constantText } from '../literals.js';
import { getRead, keyRead, membership, type JsonRead } from './json-reads.js';
import { formOf } from './kind.js';
import { leave, problem, readIn, type AnswerPlan, type Reading } from './reading.js';
import { readsUntilRebound } from './rebound.js';
import type { Site } from '../locate.js';
import { argumentsOf, attributeName, field, hasToken, namedChildren, textOf, wrapping, type Node } from '../node.js';
import type { ParamsPlan } from '../params-plan.js';
import { readsOf } from '../reaching.js';
import { selfAttribute } from '../scopes.js';
import { placesOfHelper } from './connection.js';
import { isPending, isRunning } from './coroutines.js';
import { parsesOf } from './raw.js';
import { isWritten } from './reads.js';
import { callsOfReturn, isAnswerValue, type AnswerPaths } from './returned.js';
import { followElements } from './elements.js';
import { readLoop } from './loops.js';
import { isShowing, isShown } from './showing.js';
import { runOf } from './threads.js';

/** Fields of an answer that keep their name and meaning. */
const KEPT = new Set(['id', 'model', '_request_id']);
/** Fields that only the old form has. */
const HELD = new Set(['stop', 'type', 'truncated', 'exception']);
/** Fields whose counterpart is one expression. */
const MAPPED = new Set(['completion', 'stop_reason', 'log_id']);

/** Python SDK 0.125.0 and 1.13.0, _legacy_response.py and _response.py. */
const PARSED_LATER =
  'the raw response of an asynchronous client is parsed with await from SDK 1.0.0 on, and without before; the declared range allows both';

/** Follows the answer of a site to everything that reads it, through the functions of the program that return it. */
export function planAnswer(site: Site, params: ParamsPlan, paths: AnswerPaths): AnswerPlan {
  const form = formOf(site, params);
  const { kind } = form;
  const reading: Reading = {
    kind,
    isCumulative: site.request.kind === 'old' && kind === 'stream',
    site,
    paths,
    reads: [],
    loops: [],
    shown: [],
    seen: new Set(),
    connections: [],
    why: undefined,
    problem: form.problem,
  };
  const wrapper = site.request.kind === 'create' ? site.request.wrapper : undefined;
  const answers = wrapper ? parsesOf(site) : site.answers;
  if (!answers) problem(reading, site.call, 'the raw response is used in a way that cannot be followed');
  else if (wrapper === 'with_raw_response' && site.isAsync && paths.sdkFor(site.unit.path).profile === '1.x')
    problem(reading, site.call, PARSED_LATER);
  else if (kind === 'either') reading.why = 'whether it is a stream is decided when the program runs';
  else for (const answer of answers) follow(answer, reading);
  if (reading.why !== undefined && isPending(site, kind))
    problem(reading, site.call, 'it is awaited elsewhere, and what is read there is not followed');
  const places = placesOfHelper(answers ?? [], reading);
  const { reads, loops, shown, why, problem: left, seen } = reading;
  return {
    kind,
    streamTest: form.test,
    answers: places,
    keys: seen,
    isWrapped: why !== undefined,
    why,
    reads,
    loops,
    shown,
    problem: left,
  };
}

function follow(expression: Node, reading: Reading): void {
  const node = wrapping(expression);
  const { parent } = node;
  if (!parent || parent.type === 'expression_statement') return;
  switch (parent.type) {
    case 'await':
      follow(parent, reading);
      return;
    case 'attribute':
      readAttribute(parent, node, reading);
      return;
    case 'subscript':
      readKey(parent, node, reading);
      return;
    case 'named_expression':
      followAssignment(parent, node, reading);
      // The value of `(r := ...)` is the answer too; before `and` only its truth matters, which no answer lacks.
      if (!isBeforeAnd(parent)) follow(parent, reading);
      return;
    case 'assignment':
      followAssignment(parent, node, reading);
      return;
    case 'as_pattern': {
      if (reading.kind === 'stream') reading.connections.push(parent);
      const target = field(parent, 'alias');
      const [name] = target ? namedChildren(target) : [];
      if (name?.type === 'identifier') followName(name, reading);
      else leave(reading, 'it is bound in a way that cannot be followed');
      return;
    }
    case 'with_item':
      if (reading.kind === 'stream') reading.connections.push(parent);
      return;
    case 'not_operator':
      return;
    case 'comparison_operator':
      if (reading.kind === 'json') readJson(membership(parent, node), reading);
      return;
    case 'if_statement':
    case 'elif_clause':
    case 'while_statement':
      if (field(parent, 'condition') !== node) leave(reading, 'it is used in a way that cannot be followed');
      return;
    case 'for_statement':
    case 'for_in_clause':
      readLoop(parent, node, reading);
      return;
    case 'argument_list':
      if (parent.parent && isShowing(parent.parent) && reading.kind !== 'stream') reading.shown.push(node);
      else if (parent.parent && isRunning(parent.parent)) follow(parent.parent, reading);
      else leave(reading, 'it is handed to code that expects a completion');
      return;
    case 'interpolation':
      if (isShown(parent)) reading.shown.push(node);
      else leave(reading, 'it is made part of a text as a whole');
      return;
    case 'return_statement':
      followReturn(parent, reading);
      return;
    case 'list_comprehension':
    case 'generator_expression':
      if (reading.kind === 'message' && node.field === 'body') followElements(parent, reading, { follow, followName });
      else leave(reading, 'it is kept with others in a way that cannot be followed');
      return;
    case 'lambda': {
      const run = runOf(parent, reading.site.unit);
      if (run) for (const answer of run.answers) follow(answer, reading);
      else leave(reading, 'it is returned to code that expects a completion');
      return;
    }
    default:
      leave(reading, 'it is used in a way that cannot be followed');
  }
}

function isBeforeAnd(node: Node): boolean {
  const operand = wrapping(node);
  const { parent } = operand;
  return parent?.type === 'boolean_operator' && field(parent, 'left') === operand && hasToken(parent, 'and');
}

/** What a function returns is read where it is called. */
function followReturn(statement: Node, reading: Reading): void {
  const found = callsOfReturn(statement, reading.paths);
  if (!found) {
    leave(reading, 'it is returned to code that expects a completion');
    return;
  }
  if (reading.seen.has(found.fn)) return;
  reading.seen.add(found.fn);
  for (const call of found.calls) follow(call, reading);
}

/** `self.last = r`: every place of the program that reads the attribute reads the answer. */
function followMember(target: Node, reading: Reading): void {
  const { paths, site } = reading;
  const unit = paths.origins.unitOf(target) ?? site.unit;
  const self = selfAttribute(target, unit.scopes);
  const found = self && paths.callers.ofMember({ node: self.owner, unit }, self.name);
  const isWrite = ({ node }: { readonly node: Node }): boolean =>
    node.parent?.type === 'assignment' && node.field === 'left';
  const isOnlyAnswers = found?.uses.filter(isWrite).every(({ node, unit: holder }) => {
    const value = field(node.parent as Node, 'right');
    return value !== undefined && (value.type === 'none' || isAnswerValue(value, holder, paths));
  });
  if (!self || !found?.isClosed || isOnlyAnswers !== true) {
    leave(reading, `it is kept in ${textOf(target)}`);
    return;
  }
  const key = `${String(self.owner.start)} ${unit.path} ${self.name}`;
  if (reading.seen.has(key)) return;
  reading.seen.add(key);
  for (const use of found.uses) if (!isWrite(use)) follow(use.node, reading);
}

function followAssignment(assignment: Node, value: Node, reading: Reading): void {
  const target = field(assignment, 'left') ?? field(assignment, 'name');
  const isPlain = (field(assignment, 'right') ?? field(assignment, 'value')) === value;
  if (target?.type === 'attribute' && isPlain && assignment.parent?.type !== 'assignment') {
    followMember(target, reading);
    return;
  }
  if (target?.type !== 'identifier' || !isPlain) {
    leave(reading, 'it is used in a way that cannot be followed');
    return;
  }
  if (assignment.parent?.type === 'assignment') {
    leave(reading, 'it is given to several names');
    return;
  }
  followName(target, reading);
}

function followName(name: Node, reading: Reading): void {
  const unit = reading.paths.origins.unitOf(name) ?? reading.site.unit;
  const binding = unit.scopes.bindingOf(name);
  if (!binding || reading.seen.has(binding)) return;
  reading.seen.add(binding);
  const isOnlyAnswers = binding.definitions.every(
    ({ kind, value, name: at }) =>
      at === name ||
      (kind === 'assignment' &&
        value !== undefined &&
        (value.type === 'none' || isAnswerValue(value, unit, reading.paths))) ||
      (kind === 'other' && at.parent?.type === 'delete_statement'),
  );
  const reads = isOnlyAnswers ? binding.reads : (readsOf(name, binding) ?? readsUntilRebound(name, binding));
  if (!reads) {
    leave(reading, `the variable ${textOf(name)} also holds other values`);
    return;
  }
  for (const read of reads) follow(read, reading);
}

function readAttribute(access: Node, object: Node, reading: Reading): void {
  const name = attributeName(access) as string;
  const call =
    access.parent?.type === 'call' && field(access.parent, 'function') === access ? access.parent : undefined;
  if (call) {
    readMethod(call, name, object, reading);
    return;
  }
  if (isWritten(access)) {
    leave(reading, 'a field of the answer is written to');
    return;
  }
  if (reading.kind === 'stream') {
    if (name === 'response') reading.connections.push(access);
    else leave(reading, `.${name} of the stream is read`);
    return;
  }
  if (MAPPED.has(name)) reading.reads.push(readIn(reading, name, access, object));
  else if (HELD.has(name)) leave(reading, `.${name} of the answer is read`);
  else if (!KEPT.has(name)) problem(reading, access, `.${name} of the answer has no counterpart`);
}

function readMethod(call: Node, name: string, object: Node, reading: Reading): void {
  if (reading.kind === 'stream' && /^(close|aclose)$/.test(name)) {
    // A generator has `close`, and an asynchronous one has another.
    if (reading.site.isAsync) reading.connections.push(call);
    return;
  }
  if (name === 'get' && reading.kind === 'json') {
    readJson(getRead(call, object, reading.site), reading);
    return;
  }
  if (name === 'get' && reading.kind === 'message') {
    const [key, fallback] = namedChildren(field(call, 'arguments') as Node);
    const text = key && constantText(key);
    if (
      text !== undefined &&
      MAPPED.has(text) &&
      (!fallback || constantText(fallback) === '' || fallback.type === 'none')
    ) {
      reading.reads.push(readIn(reading, text, call, object));
      return;
    }
  }
  if (/^(model_dump|model_dump_json|dict|json|to_dict|to_json|copy)$/.test(name)) {
    const outer = wrapping(call);
    const holder = outer.parent?.type === 'argument_list' ? outer.parent.parent : undefined;
    if (holder && isShowing(holder)) reading.shown.push(call);
    else if (reading.kind === 'message' && /^(model_dump|dict)$/.test(name) && argumentsOf(call).length === 0)
      leave(reading, `.${name}() of the answer is called`);
    else problem(reading, call, `.${name}() gives all of the answer, whose fields are others now`);
    return;
  }
  leave(reading, `.${name}() of the answer is called`);
}

function readKey(access: Node, object: Node, reading: Reading): void {
  const key = field(access, 'subscript');
  const text = key && field(access, 'value') === object ? constantText(key) : undefined;
  if (text === undefined) {
    leave(reading, 'it is used in a way that cannot be followed');
    return;
  }
  if (isWritten(access)) leave(reading, 'a field of the answer is written to');
  else if (reading.kind === 'json') readJson(keyRead(access, object), reading);
  else if (MAPPED.has(text) || KEPT.has(text)) reading.reads.push(readIn(reading, text, access, object));
  else leave(reading, `"${text}" of the answer is read`);
}

function readJson(found: JsonRead, reading: Reading): void {
  if (found === 'aside') return;
  if ('why' in found) leave(reading, found.why);
  else reading.reads.push({ ...readIn(reading, found.field, found.node, found.object), ...found });
}
