import { constantText } from '../literals.js';
import {
  above,
  argumentsOf,
  descendants,
  enclosingStatement,
  field,
  isInside,
  namedChildren,
  textOf,
  unwrap,
  wrapping,
  type Node,
} from '../node.js';
import type { Binding } from '../scopes.js';
import type { Unit } from '../unit.js';
import type { FieldRead } from './reads.js';

/** What a loop over events that hold all of the text so far reads of them. */
export interface CumulativeReads {
  /** `event["completion"][len(before):]`: what an event adds. */
  readonly added: readonly FieldRead[];
  /** `before = event["completion"]`, or the length of it: from now on it grows by what is added. */
  readonly sums: readonly { readonly assignment: Node; readonly isLength: boolean }[];
  /** Statements of which nothing is left to say. */
  readonly gone: readonly Node[];
}

interface Sum {
  readonly assignment: Node;
  readonly binding: Binding;
  readonly isLength: boolean;
}

/** The idiom of SDK 0.2: what is new in an event is what stands behind the text of the one before. Undefined for any other use. */
export function cumulativeReads(
  loop: Node,
  events: readonly Node[],
  target: Node,
  unit: Unit,
): CumulativeReads | undefined {
  const body = loop.type === 'for_statement' ? field(loop, 'body') : undefined;
  const direct = events.map(textRead);
  if (!body || direct.some((read) => read === undefined)) return undefined;
  const alias = direct.flatMap((read) => (read ? (aliasOf(read, body, unit) ?? []) : []))[0];
  const texts = alias
    ? [...direct.filter((read) => read !== alias.text), ...alias.reads].filter((read) => read !== undefined)
    : direct.filter((read) => read !== undefined);
  const sums = texts.flatMap((text) => sumOf(text, loop, body, unit) ?? []);
  const slices = texts.filter((text) => !sums.some(({ assignment }) => isInside(text, assignment)));
  const added = slices.flatMap((text) => sliceOf(text, sums, unit) ?? []);
  const isSkipping = sums.some(({ assignment }) =>
    descendants(body, 'continue_statement').some((skip) => isBefore(skip, assignment, loop)),
  );
  if (added.length < slices.length || sums.length === 0 || isSkipping) return undefined;
  const [sum, ...others] = sums;
  if (others.some(({ binding }) => binding === sum?.binding)) return undefined;
  const isUnread = ({ binding }: Sum): boolean =>
    binding.reads.every((read) => added.some(({ node }) => isInside(read, node)));
  const unread = added.length > 0 ? sums.filter(isUnread) : [];
  return {
    added: added.map((node) => ({ ...node, object: target })),
    sums: sums.filter((each) => !unread.includes(each)),
    gone: [
      ...unread.flatMap(({ binding }) => binding.definitions.map(({ name }) => enclosingStatement(name))),
      ...(alias ? [enclosingStatement(alias.text)] : []),
    ],
  };
}

/** `event["completion"]` */
function textRead(event: Node): Node | undefined {
  const access = wrapping(event).parent;
  const key =
    access?.type === 'subscript' && access.children[0] === wrapping(event) ? field(access, 'subscript') : undefined;
  return access && key && constantText(key) === 'completion' ? access : undefined;
}

/** `text` of `text = event["completion"]`, a name that each turn of the loop gives its text and nothing else. */
function aliasOf(
  text: Node,
  body: Node,
  unit: Unit,
): { readonly text: Node; readonly reads: readonly Node[] } | undefined {
  const assignment = assignmentOf(text, body);
  const name = assignment && field(assignment, 'left');
  const binding = name && unit.scopes.bindingOf(name);
  const isOwn =
    binding?.definitions.length === 1 &&
    binding.reads.length > 0 &&
    binding.reads.every((read) => isInside(read, body) && read.start > text.end);
  return isOwn ? { text, reads: binding.reads } : undefined;
}

/** `name = value`, a statement of the body itself. */
function assignmentOf(value: Node, body: Node): Node | undefined {
  const { parent } = wrapping(value);
  const isPlain =
    parent?.type === 'assignment' &&
    field(parent, 'left')?.type === 'identifier' &&
    parent.parent?.type === 'expression_statement';
  return isPlain && parent.parent.parent === body && field(parent, 'right') === wrapping(value) ? parent : undefined;
}

/** `before = event["completion"]` or `seen = len(event["completion"])`, of a name that is empty right before the loop. */
function sumOf(text: Node, loop: Node, body: Node, unit: Unit): Sum | undefined {
  const list = wrapping(text).parent;
  const call =
    list?.type === 'argument_list' && argumentsOf(list.parent as Node).length === 1 ? list.parent : undefined;
  const isLength = call !== undefined && textOf(field(call, 'function') as Node) === 'len';
  const assignment = assignmentOf(isLength ? call : text, body);
  const name = assignment && field(assignment, 'left');
  const binding = name && unit.scopes.bindingOf(name);
  const [first, second, ...more] = binding?.definitions ?? [];
  if (
    !assignment ||
    !binding ||
    first?.kind !== 'assignment' ||
    !first.value ||
    second?.name !== name ||
    more.length > 0
  )
    return undefined;
  const start = enclosingStatement(first.name);
  const isEmpty = isLength ? textOf(first.value) === '0' : constantText(first.value) === '';
  const isClear =
    start.parent === loop.parent &&
    start.end <= loop.start &&
    field(start.children[0] as Node, 'right') === first.value;
  return isEmpty && isClear ? { assignment, binding, isLength } : undefined;
}

/** `event["completion"][len(before):]` or `[seen:]`, before the name takes the text in. */
function sliceOf(text: Node, sums: readonly Sum[], unit: Unit): FieldRead | undefined {
  const access = wrapping(text).parent;
  const slice =
    access?.type === 'subscript' && field(access, 'value') === wrapping(text) ? field(access, 'subscript') : undefined;
  const [from, ...more] = slice?.type === 'slice' ? namedChildren(slice) : [];
  if (!access || !slice || !from || more.length > 0 || !/:\s*$/.test(textOf(slice))) return undefined;
  const inner = unwrap(from);
  const isLen = inner.type === 'call' && textOf(field(inner, 'function') as Node) === 'len';
  const name = isLen ? argumentsOf(inner)[0] : inner;
  const binding = name?.type === 'identifier' ? unit.scopes.bindingOf(name) : undefined;
  const sum = sums.find((each) => each.binding === binding && each.isLength !== isLen);
  return sum && access.end <= sum.assignment.start
    ? { field: 'completion', node: access, object: text, unit }
    : undefined;
}

/** Whether a statement leaves a turn of the loop before another is run. */
function isBefore(skip: Node, assignment: Node, loop: Node): boolean {
  return skip.start < assignment.start && above(skip, ({ type }) => /^(for|while)_statement$/.test(type)) === loop;
}
