import { constantText } from '../literals.js';
import type { LeftToPerson } from '../left-to-person.js';
import type { Site } from '../locate.js';
import {
  attributeName,
  enclosingStatement,
  field,
  isInside,
  namedChildren,
  textOf,
  unwrap,
  wrapping,
  type Node,
} from '../node.js';
import type { ParameterUse, ParamsPlan } from '../params-plan.js';
import { copy, type Pieces } from '../print-expression.js';

/**
 * What the call of a site gives: a message, a stream of events, or either, as a
 * parameter says when the program runs; json: a message that the program parses by itself, as it does each event of a stream.
 */
export type AnswerKind = 'message' | 'stream' | 'either' | 'json';

export interface AnswerForm {
  readonly kind: AnswerKind;
  /** What tells a stream from a message when the program runs. */
  readonly test: Pieces | undefined;
  readonly problem: LeftToPerson | undefined;
}

/** Whether a call streams: as its method, its parameters, or else what reads its answer say. */
export function formOf({ call, args, answers, request, unit }: Site, { uses, mode }: ParamsPlan): AnswerForm {
  if (request.kind === 'http' || request.kind === 'bedrock') return certain('json');
  if (request.kind === 'old') return certain(request.method.endsWith('_stream') ? 'stream' : 'message');
  const streams = uses.filter(({ key, form, value }) => key === 'stream' && form !== 'read' && value !== undefined);
  const [only, ...more] = streams;
  const isSometimes = streams.some(({ form, node }) => form === 'set' && !isBefore(node, call));
  const sets = streams.filter(({ form }) => form === 'set');
  if (isSometimes) return either(sets.map(variableOf), unit.style.quote);
  const last = sets.at(-1);
  if (last || (only && more.length === 0)) return ofValue((last ?? only) as ParameterUse);
  if (only) return streams.every(({ value }) => isFalse(value as Node)) ? certain('message') : unclear(call);
  const unseen = mode === 'runtime' ? splatsOf(args) : [];
  if (unseen.length === 0) return certain('message');
  // What a dictionary that is not followed is seen to hold.
  const seen = unseen.flatMap((splat) =>
    splat.type === 'identifier' ? setOn(splat, call, unit.scopes.bindingOf(splat)?.reads ?? []) : [],
  );
  if (seen.includes('true')) return certain('stream');
  const [answer, ...others] = answers;
  const isOne = seen.length === 0 && others.length === 0;
  const shows = answer && isOne ? readAs(answer, (name) => unit.scopes.bindingOf(name)?.reads ?? []) : undefined;
  if (shows !== undefined) return certain(shows);
  if (unseen.every(({ type }) => type === 'identifier')) return either(unseen, unit.style.quote);
  return unclear(call);
}

function certain(kind: AnswerKind): AnswerForm {
  return { kind, test: undefined, problem: undefined };
}

function unclear(call: Node): AnswerForm {
  return {
    kind: 'message',
    test: undefined,
    problem: { code: 'CTM314', node: call, message: 'whether it streams is decided where it cannot be seen' },
  };
}

function either(variables: readonly Node[], quote: string): AnswerForm {
  const names = new Map(variables.map((variable) => [textOf(variable), variable]));
  const test = [...names.values()].flatMap((variable, index) => [
    ...(index > 0 ? [' or '] : []),
    textOf(variable),
    `.get(${quote}stream${quote})`,
  ]);
  return { kind: 'either', test, problem: undefined };
}

function ofValue({ value }: ParameterUse): AnswerForm {
  const node = unwrap(value as Node);
  if (isFalse(node)) return certain('message');
  if (textOf(node) === 'True') return certain('stream');
  const isLoose = /^(conditional_expression|lambda|named_expression)$/.test(node.type);
  return { kind: 'either', test: isLoose ? ['(', copy(node), ')'] : [copy(node)], problem: undefined };
}

function isFalse(value: Node): boolean {
  return /^(False|None)$/.test(textOf(unwrap(value)));
}

/** Whether a statement always runs before a call does. */
function isBefore(statement: Node, call: Node): boolean {
  return statement.parent !== undefined && statement.end <= call.start && isInside(call, statement.parent);
}

/** `params` of `params["stream"] = True`. */
function variableOf({ node }: ParameterUse): Node {
  const [assignment] = namedChildren(node);
  const left = assignment && field(assignment, 'left');
  return (left && field(left, 'value')) ?? node;
}

/** The mappings that a call spreads into its parameters. */
function splatsOf(args: readonly Node[]): readonly Node[] {
  return args.flatMap((argument) => (argument.type === 'dictionary_splat' ? namedChildren(argument).map(unwrap) : []));
}

/** What assignments say that a dictionary holds as `stream`. */
function setOn(splat: Node, call: Node, reads: readonly Node[]): readonly ('true' | 'other')[] {
  return reads.flatMap((read) => {
    const entry = read.parent?.type === 'subscript' && field(read.parent, 'value') === read ? read.parent : undefined;
    const key = entry && field(entry, 'subscript');
    const value =
      entry?.parent?.type === 'assignment' && field(entry.parent, 'left') === entry
        ? field(entry.parent, 'right')
        : undefined;
    if (read === splat || !key || constantText(key) !== 'stream' || !value) return [];
    return [textOf(value) === 'True' && isBefore(enclosingStatement(read), call) ? 'true' : 'other'];
  });
}

/** What the readers of an answer take it for; undefined where they differ, or do not say. */
function readAs(answer: Node, readsOf: (name: Node) => readonly Node[]): 'message' | 'stream' | undefined {
  const node = wrapping(answer);
  const { parent } = node;
  const target = parent?.type === 'assignment' && field(parent, 'right') === node ? field(parent, 'left') : undefined;
  const places = target?.type === 'identifier' ? readsOf(target).map(wrapping) : [node];
  const kinds = new Set(places.flatMap((place) => placeSays(place) ?? []));
  const [kind, ...others] = kinds;
  return others.length === 0 ? kind : undefined;
}

function placeSays(node: Node): 'message' | 'stream' | undefined {
  const { parent } = node;
  if (!parent) return undefined;
  if (/^for_(statement|in_clause)$/.test(parent.type)) return field(parent, 'right') === node ? 'stream' : undefined;
  const isField = parent.type === 'attribute' && /^(completion|stop_reason)$/.test(attributeName(parent) ?? '');
  const key = parent.type === 'subscript' && field(parent, 'value') === node ? field(parent, 'subscript') : undefined;
  return isField || (key && constantText(key) === 'completion') ? 'message' : undefined;
}
