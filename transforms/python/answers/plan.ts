import { constantText } from '../literals.js';
import type { LeftToPerson } from '../left-to-person.js';
import type { Pieces } from '../print.js';
import { formOf, type AnswerKind } from './kind.js';
import { readsUntilRebound } from './rebound.js';
import type { Site } from '../locate.js';
import { attributeName, calledMethod, enclosingStatement, field, namedChildren, textOf, wrapping, type Node } from '../node.js';
import type { ParamsPlan } from '../params-plan.js';
import type { Binding } from '../scopes.js';

/** One place where a field of an answer is read. */
export interface FieldRead {
  readonly field: string;
  /** `r.completion`, `r["completion"]` or `r.get("completion")`. */
  readonly node: Node;
  /** `r` */
  readonly object: Node;
}

/** A loop over a stream that reads nothing of its events but their text. */
export interface StreamLoop {
  /** The `for_statement`, or the comprehension. */
  readonly node: Node;
  /** The name of one event. */
  readonly target: Node;
  readonly reads: readonly FieldRead[];
}

/** How the answer of a site moves. */
export interface AnswerPlan {
  readonly kind: AnswerKind;
  /** What tells a stream from a message when the program runs, of an answer that may be either. */
  readonly streamTest: Pieces | undefined;
  /** Whether a helper gives the answer its old form, because what happens to it is not seen or needs that form. */
  readonly isWrapped: boolean;
  /** Why it is, as a clause for a person. */
  readonly why: string | undefined;
  readonly reads: readonly FieldRead[];
  readonly loops: readonly StreamLoop[];
  /** Where all of an answer is printed or logged. */
  readonly shown: readonly Node[];
  readonly problem: LeftToPerson | undefined;
}

interface Reading {
  readonly kind: AnswerKind;
  readonly site: Site;
  readonly isAnswer: (node: Node) => boolean;
  readonly reads: FieldRead[];
  readonly loops: StreamLoop[];
  readonly shown: Node[];
  readonly seen: Set<Binding>;
  why: string | undefined;
  problem: LeftToPerson | undefined;
}

/** Fields of an answer that keep their name and meaning. */
const KEPT = new Set(['id', 'model', '_request_id']);
/** Fields whose counterpart is one expression. */
const MAPPED = new Set(['completion', 'stop_reason', 'log_id']);

/** Follows the answer of a site to everything that reads it. `isAnswer` tells answers of other sites, which share its variables. */
export function planAnswer(site: Site, params: ParamsPlan, isAnswer: (node: Node) => boolean): AnswerPlan {
  const form = formOf(site, params, answerOf(site.call));
  const { kind } = form;
  const reading: Reading = { kind, site, isAnswer, reads: [], loops: [], shown: [], seen: new Set(), why: undefined, problem: form.problem };
  const isCumulative = site.request.kind === 'old' && site.request.method.endsWith("_stream");
  if (isCumulative) reading.why = 'every chunk held all of the text so far';
  else if (kind === 'either') reading.why = 'whether it is a stream is decided when the program runs';
  else follow(answerOf(site.call), reading);
  const { reads, loops, shown, why, problem } = reading;
  return { kind, streamTest: form.test, isWrapped: why !== undefined, why, reads, loops, shown, problem };
}

/** The whole of an awaited call. */
export function answerOf(call: Node): Node {
  const outer = wrapping(call);
  return outer.parent?.type === 'await' ? outer.parent : call;
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
    case 'assignment':
    case 'named_expression':
      followAssignment(parent, node, reading);
      return;
    case 'as_pattern': {
      const target = field(parent, 'alias');
      const [name] = target ? namedChildren(target) : [];
      if (name?.type === 'identifier') followName(name, reading);
      else leave(reading, 'it is bound in a way that cannot be followed');
      return;
    }
    case 'with_item':
    case 'not_operator':
    case 'comparison_operator':
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
      if (parent.parent && isShowing(parent.parent) && reading.kind === 'message') reading.shown.push(node);
      else leave(reading, 'it is handed to code that expects a completion');
      return;
    case 'interpolation':
      if (isShown(parent)) reading.shown.push(node);
      else leave(reading, 'it is made part of a text as a whole');
      return;
    case 'return_statement':
      leave(reading, 'it is returned to code that expects a completion');
      return;
    default:
      leave(reading, 'it is used in a way that cannot be followed');
  }
}

function leave(reading: Reading, why: string): void {
  reading.why ??= why;
}

function followAssignment(assignment: Node, value: Node, reading: Reading): void {
  const target = field(assignment, 'left') ?? field(assignment, 'name');
  if (target?.type !== 'identifier' || (field(assignment, 'right') ?? field(assignment, 'value')) !== value) {
    leave(reading, target?.type === 'attribute' ? `it is kept in ${textOf(target)}` : 'it is used in a way that cannot be followed');
    return;
  }
  if (assignment.parent?.type === 'assignment') {
    leave(reading, 'it is given to several names');
    return;
  }
  followName(target, reading);
}

function followName(name: Node, reading: Reading): void {
  const binding = reading.site.unit.scopes.bindingOf(name);
  if (!binding || reading.seen.has(binding)) return;
  reading.seen.add(binding);
  const isOnlyAnswers = binding.definitions.every(
    ({ kind, value, name: at }) =>
      at === name ||
      (kind === 'assignment' && value !== undefined && (value.type === 'none' || reading.isAnswer(value))) ||
      (kind === 'other' && at.parent?.type === 'delete_statement'),
  );
  const reads = isOnlyAnswers ? binding.reads : readsUntilRebound(name, binding);
  if (!reads) {
    leave(reading, `${textOf(name)} also holds other values`);
    return;
  }
  for (const read of reads) follow(read, reading);
}

function readAttribute(access: Node, object: Node, reading: Reading): void {
  const name = attributeName(access) as string;
  const call = access.parent?.type === 'call' && field(access.parent, 'function') === access ? access.parent : undefined;
  if (call) {
    readMethod(call, name, object, reading);
    return;
  }
  if (isWritten(access)) {
    problem(reading, access, 'a field of the answer is written to, which a message is not made for');
    return;
  }
  if (reading.kind === 'stream') {
    if (name !== 'response') leave(reading, `.${name} of the stream is read`);
    return;
  }
  if (MAPPED.has(name)) reading.reads.push({ field: name, node: access, object });
  else if (!KEPT.has(name)) leave(reading, `.${name} of the answer is read`);
}

function readMethod(call: Node, name: string, object: Node, reading: Reading): void {
  const { request } = reading.site;
  if (reading.kind === 'stream' && /^(close|aclose)$/.test(name)) return;
  if (name === 'get' && reading.kind === 'message') {
    const [key, fallback] = namedChildren(field(call, 'arguments') as Node);
    const text = key && constantText(key);
    if (text !== undefined && MAPPED.has(text) && (!fallback || constantText(fallback) === '' || fallback.type === 'none')) {
      reading.reads.push({ field: text, node: call, object });
      return;
    }
  }
  if (name === 'parse' && request.kind === 'create' && request.wrapper !== undefined) {
    follow(call, reading);
    return;
  }
  if (/^(model_dump|model_dump_json|dict|json|to_dict|to_json|copy)$/.test(name)) {
    const outer = wrapping(call);
    const holder = outer.parent?.type === 'argument_list' ? outer.parent.parent : undefined;
    if (holder && isShowing(holder)) reading.shown.push(call);
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
  if (isWritten(access)) problem(reading, access, 'a field of the answer is written to, which a message is not made for');
  else if (MAPPED.has(text) || KEPT.has(text)) reading.reads.push({ field: text, node: access, object });
  else leave(reading, `"${text}" of the answer is read`);
}

function readLoop(loop: Node, data: Node, reading: Reading): void {
  const target = field(loop, 'left');
  const holder = loop.type === 'for_in_clause' ? loop.parent : loop;
  const binding = target?.type === 'identifier' ? reading.site.unit.scopes.bindingOf(target) : undefined;
  if (field(loop, 'right') !== data || !target || !holder || !binding || reading.kind !== 'stream') {
    leave(reading, 'it is looped over in a way that cannot be followed');
    return;
  }
  const reads = binding.reads.map((read) => chunkRead(read));
  const isSimple = binding.definitions.length === 1 && !loop.children.some(({ type }) => type === 'else_clause');
  if (!isSimple || reads.length === 0 || reads.some((read) => read === undefined)) {
    leave(reading, 'more of its chunks is read than their text');
    return;
  }
  reading.loops.push({ node: holder, target, reads: reads.filter((read) => read !== undefined) });
}

function chunkRead(read: Node): FieldRead | undefined {
  const access = wrapping(read).parent;
  const isText = access?.type === 'attribute' && attributeName(access) === 'completion';
  return isText && !isWritten(access) ? { field: 'completion', node: access, object: read } : undefined;
}

function isWritten(access: Node): boolean {
  const { parent } = access;
  return (parent?.type === 'assignment' && field(parent, 'left') === access) || parent?.type === 'augmented_assignment' && field(parent, 'left') === access || parent?.type === 'delete_statement';
}

function problem(reading: Reading, node: Node, message: string): void {
  reading.problem ??= { code: 'CTM315', node, message };
}

const LOGGERS = /^(debug|info|warning|warn|error|log|exception|critical|pprint)$/;

/** Whether a call prints or logs what it is given. */
function isShowing(call: Node): boolean {
  const method = calledMethod(call);
  if (method) return LOGGERS.test(method.name);
  return /^(print|pprint|repr)$/.test(textOf(field(call, 'function') as Node));
}

/** Whether the f-string that an interpolation stands in is printed or logged at once. */
function isShown(interpolation: Node): boolean {
  let at: Node | undefined = interpolation.parent;
  const end = enclosingStatement(interpolation);
  while (at && at !== end) {
    if (at.type === 'call') return isShowing(at);
    at = at.parent;
  }
  return false;
}
