import { PREFILL_NAME } from '../../../src/prompt/telling-names.js';
import { constantText, literalPieces } from '../literals.js';
import {
  argumentsOf,
  attributeName,
  descendants,
  enclosingFunction,
  field,
  namedChildren,
  nameOf,
  textOf,
  unwrap,
  wrapping,
  type Node,
} from '../node.js';
import { defaultsOf, type Origins, type Placed } from '../origin.js';
import type { Program } from '../program.js';
import type { Unit } from '../unit.js';
import { isMadeOf } from './markers-in.js';

/** Stands for a value; no prompt has this character. */
const VALUE = '\0';
const LAST_TURN = /\n\n(Human|Assistant):(?![^]*\n\n(?:Human|Assistant):)([^]*)$/;

/** Whether a text that seems to end the prompt has words after its last Assistant marker, anywhere in what makes these values. */
export type EndsInPrefill = (values: readonly Node[], unit: Unit) => boolean;

/** Looks for prefills also where callers give them; errs towards a model that takes such a prompt. */
export function createPrefillSearch(program: Program, origins: Origins): EndsInPrefill {
  const calls = callsByName(program);
  const search = {
    origins,
    test: (node: Node, holder: Unit) => isPrompt(node) && isPrefilled(node, holder, origins),
    given: (parameter: Node): readonly Placed[] => {
      const fn = enclosingFunction(parameter);
      const name = fn && nameOf(fn);
      const owner = name === '__init__' ? classNameOf(fn) : name;
      return (calls().get(owner ?? '') ?? []).flatMap(({ node, unit: other }) =>
        mayBeGiven(parameter, node).map((each) => ({ node: each, unit: other })),
      );
    },
  };
  return (values, unit) => values.some((value) => isMadeOf(value, unit, search));
}

function classNameOf(fn: Node | undefined): string | undefined {
  const owner = fn?.parent?.parent;
  return owner?.type === 'class_definition' ? nameOf(owner) : undefined;
}

/** What a call may give a parameter: what it names so; where it names nothing so, all that has no name; all for `**options`. */
function mayBeGiven(parameter: Node, call: Node): readonly Node[] {
  const args = argumentsOf(call);
  const takesAll = parameter.parent?.type === 'dictionary_splat_pattern';
  const named = args.filter(
    (each) => each.type === 'keyword_argument' && (takesAll || nameOf(each) === textOf(parameter)),
  );
  return named.length > 0
    ? named.flatMap((each) => field(each, 'value') ?? [])
    : args.filter(({ type }) => type !== 'keyword_argument');
}

function callsByName({ units }: Program): () => ReadonlyMap<string, readonly Placed[]> {
  let found: Map<string, Placed[]> | undefined;
  return () => {
    if (found) return found;
    found = new Map();
    for (const unit of units)
      for (const node of descendants(unit.root, 'call')) {
        const callee = field(node, 'function') as Node;
        const name = attributeName(callee) ?? textOf(callee);
        found.set(name, [...(found.get(name) ?? []), { node, unit }]);
      }
    return found;
  };
}

function isPrefilled(node: Node, unit: Unit, origins: Origins): boolean {
  const { text, last } = textIn(node, unit, origins);
  const [, role, rest = ''] = LAST_TURN.exec(text) ?? [];
  if (role !== 'Assistant') return false;
  const isValue = /^\s*\0$/.test(rest);
  if (isValue && last && mayBeLeftOut(last, unit, origins)) return true;
  if (!isLast(node)) return false;
  if (isValue) return last !== undefined && PREFILL_NAME.test(textOf(last));
  return /[^\s:\0]/.test(rest) || /\0\s*[^\s\0]/.test(rest);
}

/** `text if text else ""`, or a parameter that is empty unless it is given: a turn always says something. */
function mayBeLeftOut(value: Node, unit: Unit, origins: Origins): boolean {
  const node = unwrap(value);
  const isEmpty = (each: Node | undefined): boolean => each !== undefined && constantText(unwrap(each)) === '';
  if (node.type === 'conditional_expression') {
    const [then, , otherwise] = namedChildren(node);
    return isEmpty(then) || isEmpty(otherwise);
  }
  if (node.type === 'boolean_operator') return isEmpty(namedChildren(node).at(-1));
  return node.type === 'identifier' && defaultsOf(node, unit, origins).some((given) => isEmpty(given.node));
}

/** The text of a literal, with a sign for each value that is no marker, and the value that stands last. */
function textIn(node: Node, unit: Unit, origins: Origins): { readonly text: string; readonly last: Node | undefined } {
  const constant = node.type === 'string' ? constantText(node) : undefined;
  if (constant !== undefined) return { text: constant, last: undefined };
  if (node.type === 'concatenated_string') {
    const parts = namedChildren(node).map((part) => textIn(part, unit, origins));
    return { text: parts.map(({ text }) => text).join(''), last: parts.at(-1)?.last };
  }
  if (node.type === 'binary_operator') {
    const [left, right] = [field(node, 'left'), field(node, 'right')].map(
      (side) => side && { ...textIn(unwrap(side), unit, origins), marker: origins.marker(side, unit) },
    );
    const isSum = node.children.some(({ type }) => type === '+');
    return isSum && left && right
      ? { text: (left.marker ?? left.text) + (right.marker ?? right.text), last: right.last }
      : { text: VALUE, last: node };
  }
  const pieces = node.type === 'string' ? literalPieces(node) : undefined;
  if (!pieces) return { text: VALUE, last: node };
  const last = pieces.at(-1);
  return {
    text: pieces
      .map((piece) => (typeof piece === 'string' ? piece : (origins.marker(piece.expression, unit) ?? VALUE)))
      .join(''),
    last: last === undefined || typeof last === 'string' ? undefined : last.expression,
  };
}

/** Whether a node is a whole text: no part of a sum or of literals beside each other. */
function isPrompt(node: Node): boolean {
  if (!/^(string|concatenated_string|binary_operator)$/.test(node.type)) return false;
  const { parent } = wrapping(node);
  return parent?.type !== 'binary_operator' && parent?.type !== 'concatenated_string';
}

/** Whether nothing is seen to be put behind a text. */
function isLast(node: Node): boolean {
  const { parent } = wrapping(node);
  return parent?.type !== 'list' && parent?.type !== 'attribute' && parent?.type !== 'augmented_assignment';
}
