import { constantText, literalPieces } from '../literals.js';
import {
  above,
  argumentsOf,
  calledMethod,
  descendants,
  enclosingStatement,
  field,
  isInside,
  namedChildren,
  textOf,
  unwrap,
  type Node,
} from '../node.js';
import { isPure, namesIn } from '../movable.js';
import { defaultsOf, type Origins } from '../origin.js';
import type { Binding } from '../scopes.js';
import { isStringValue } from '../text-type.js';
import type { Unit } from '../unit.js';
import { readAssembly, type Assembly } from './assembly.js';
import { liftFormat, liftPercent } from './format.js';
import { dedented } from './dedent.js';
import type { ExpressionHandle, Handle, Parts } from './handle.js';
import { markersIn, mentionsMarker } from './markers-in.js';
import { liftTemplate } from './template.js';
import { cleaned, stripped, wholeText } from './trimmed.js';

/** What the lifter needs of the file and the program that it reads. */
export interface LiftContext {
  readonly unit: Unit;
  readonly origins: Origins;
  /** Where the prompt is read: assignments to its variable count up to here. */
  readonly use: Node;
  /** A variable whose text so far stands here: `prompt` of `prompt = prompt + x`. */
  readonly soFar?: Binding;
  /** The handles of this prompt so far. */
  readonly handles: Map<string, ExpressionHandle>;
  /** The loop whose body is read; a name that is assigned there is replaced by its value, and the assignment goes with the loop. */
  readonly loop?: { readonly body: Node; readonly own: Set<Node> };
  /** Called for each variable whose text is taken apart. */
  readonly onAssembly: (assembly: Assembly) => void;
  readonly depth: number;
}

const DEPTH = 12;

/** Takes a prompt expression apart. What cannot be taken apart is a hole. */
export function lift(expression: Node, context: LiftContext): Parts {
  const node = unwrap(expression);
  if (context.depth > DEPTH) return [hole(node, context)];
  const marker = context.origins.marker(node, context.unit);
  if (marker !== undefined) return [text(marker)];
  const inner = { ...context, depth: context.depth + 1 };
  switch (node.type) {
    case 'string':
      return liftString(node, inner);
    case 'concatenated_string':
      return namedChildren(node).flatMap((child) => lift(child, inner));
    case 'binary_operator':
      return liftOperator(node, inner);
    case 'conditional_expression': {
      const [then, test, otherwise] = namedChildren(node);
      if (!then || !test || !otherwise) return [hole(node, context)];
      return choice(test, lift(then, inner), lift(otherwise, inner), context);
    }
    case 'call':
      return liftCall(node, inner) ?? [hole(node, context)];
    case 'identifier':
      return liftName(node, inner);
    case 'attribute':
      return liftMember(node, inner);
    case 'subscript':
      return liftEntry(node, inner) ?? [hole(node, context)];
    default:
      return [hole(node, context)];
  }
}

export function text(value: string): Parts[number] {
  return { kind: 'text', text: value };
}

export function choice(test: Node, then: Parts, otherwise: Parts, context: LiftContext): Parts {
  return [{ kind: 'choice', test: handleOf(test, context), then, else: otherwise }];
}

/** The handle of an expression: the same one for what is written twice and cannot have changed, so that both branches of a choice are seen to be equal. */
export function handleOf(node: Node, { unit, origins, handles }: LiftContext, format = ''): ExpressionHandle {
  const isFixed =
    isPure(node) && namesIn(node).every((name) => (unit.scopes.bindingOf(name)?.definitions.length ?? 0) <= 1);
  const key = `${format}\n${textOf(unwrap(node))}`;
  const known = isFixed ? handles.get(key) : undefined;
  if (known) return known;
  const made: ExpressionHandle = {
    kind: 'expression',
    node,
    isString: format === '' && isStringValue(node, unit, origins),
    format,
  };
  if (isFixed) handles.set(key, made);
  return made;
}

export function hole(node: Node, context: LiftContext, format = ''): Parts[number] {
  const { unit, origins } = context;
  return {
    kind: 'hole',
    value: handleOf(node, context, format),
    markers: markersIn(node, unit, origins),
    mayBeBlank: mayBeEmpty(node, unit, origins),
  };
}

/** `x or ""`, a parameter whose default is empty, a constant that is. */
function mayBeEmpty(node: Node, unit: Unit, origins: Origins): boolean {
  const at = unwrap(node);
  if (at.type === 'none' || constantText(at)?.trim() === '') return true;
  if (at.type === 'boolean_operator') return namedChildren(at).some((side) => mayBeEmpty(side, unit, origins));
  if (at.type !== 'identifier' && at.type !== 'attribute') return false;
  return [...defaultsOf(at, unit, origins), ...origins.valuesOf(at, unit)].some(
    ({ node: value }) => value.type === 'none' || constantText(unwrap(value))?.trim() === '',
  );
}

function liftString(node: Node, context: LiftContext): Parts {
  const pieces = literalPieces(node);
  if (!pieces) return [hole(node, context)];
  return pieces.flatMap((piece) => {
    if (typeof piece === 'string') return [text(piece)];
    return piece.format === '' ? lift(piece.expression, context) : [hole(piece.expression, context, piece.format)];
  });
}

function liftOperator(node: Node, context: LiftContext): Parts {
  const [left, right] = [field(node, 'left') as Node, field(node, 'right') as Node];
  const operator = textOf(field(node, 'operator') as Node);
  if (operator === '+')
    return operandsOf(node)
      .flatMap((operand) => lift(operand, context))
      .map(asString);
  return (operator === '%' ? liftPercent(left, right, context) : undefined) ?? [hole(node, context)];
}

/** The operands of a sum, which leans to the left however long it is. */
function operandsOf(sum: Node): readonly Node[] {
  const operands: Node[] = [];
  let at = sum;
  while (at.type === 'binary_operator' && textOf(field(at, 'operator') as Node) === '+') {
    operands.push(field(at, 'right') as Node);
    at = field(at, 'left') as Node;
  }
  return [at, ...operands.reverse()];
}

/** What is added to a string is one. */
function asString(part: Parts[number]): Parts[number] {
  if (part.kind !== 'hole' || part.value.kind !== 'expression' || part.value.format !== '') return part;
  const isInterpolated =
    above(part.value.node, ({ type }) => type === 'interpolation' || type === 'binary_operator')?.type ===
    'interpolation';
  return isInterpolated ? part : { ...part, value: { ...part.value, isString: true } };
}

function liftCall(node: Node, context: LiftContext): Parts | undefined {
  const method = calledMethod(node);
  const callee = field(node, 'function') as Node;
  const [first, ...more] = argumentsOf(node);
  const name = context.origins.fullName(callee, context.unit) ?? textOf(callee);
  if (name === 'str' && first && more.length === 0 && first.type !== 'keyword_argument') {
    const parts = lift(first, context);
    return parts.some(({ kind }) => kind !== 'hole') ? parts : undefined;
  }
  if (name === 'textwrap.dedent' && first) return dedented(lift(first, context), context.unit, context.origins);
  if (name === 'inspect.cleandoc' && first) return cleaned(lift(first, context));
  if (!method) return undefined;
  if (/^(?:safe_)?substitute$/.test(method.name)) return liftTemplate(method.object, node, context);
  if (method.name === 'format') return liftFormat(method.object, node, context);
  if (method.name === 'join' && first && more.length === 0) return liftJoin(method.object, first, context);
  if (/^[lr]?strip$/.test(method.name) && first === undefined)
    return stripped(lift(method.object, context), method.name);
  return undefined;
}

/** `separator.join(...)` of a list that is written out, mapped from data, or filled before. */
function liftJoin(object: Node, argument: Node, context: LiftContext): Parts | undefined {
  const separator = textIn(object, context);
  const list = unwrap(argument);
  if (separator === undefined) return undefined;
  if (list.type === 'list' || list.type === 'tuple') return joinElements(namedChildren(list), separator, context);
  if (list.type === 'list_comprehension' || list.type === 'generator_expression') {
    const loop = liftComprehension(list, separator, context);
    return loop && [loop];
  }
  if (list.type !== 'identifier') return undefined;
  return readAssembly(list, context, separator);
}

export function joinElements(elements: readonly Node[], separator: string, context: LiftContext): Parts | undefined {
  if (elements.some(({ type }) => type === 'list_splat')) return undefined;
  return elements.flatMap((element, index) => [
    ...(index > 0 && separator !== '' ? [{ kind: 'text' as const, text: separator, joins: true as const }] : []),
    ...lift(element, context),
  ]);
}

/** What is said once for each element. Only where it holds turns; text made by a loop is a value like others. */
export function liftComprehension(node: Node, separator: string, context: LiftContext): Parts[number] | undefined {
  const body = field(node, 'body');
  const clauses = node.children.filter(({ type }) => type === 'for_in_clause' || type === 'if_clause');
  const [loop, ...rest] = clauses;
  if (!body || loop?.type !== 'for_in_clause' || rest.some(({ type }) => type !== 'if_clause')) return undefined;
  if (!mentionsMarker(node, context.unit, context.origins)) return undefined;
  const [target, data] = [field(loop, 'left'), field(loop, 'right')];
  if (!target || !data) return undefined;
  const filters = rest.flatMap((clause) => namedChildren(clause).map((test) => ({ test, isSkip: false })));
  const isAsync = loop.children.some(({ type }) => type === 'async');
  const over: Handle = { kind: 'iteration', target, data, filters, isAsync };
  return { kind: 'repeat', over, body: lift(body, { ...context, use: body }), separator };
}

/** The text of a separator: a literal, a marker constant, a constant of the program. */
function textIn(node: Node, context: LiftContext): string | undefined {
  return wholeText(lift(node, context));
}

function liftName(node: Node, context: LiftContext): Parts {
  if (context.soFar && context.unit.scopes.bindingOf(node) === context.soFar) return [soFarHole(node)];
  const parts = readAssembly(node, context);
  if (parts) return parts;
  return liftLocal(node, context) ?? liftMember(node, context);
}

/** `text` of `text = m["content"]` in a loop. */
function liftLocal(node: Node, context: LiftContext): Parts | undefined {
  const binding = context.unit.scopes.bindingOf(node);
  const [only, ...more] = binding?.definitions ?? [];
  if (!context.loop || !binding || only?.kind !== 'assignment' || !only.value || more.length > 0) return undefined;
  const statement = enclosingStatement(only.name);
  const { body, own } = context.loop;
  if (statement.parent !== body || statement.start > node.start || !binding.reads.every((read) => isInside(read, body)))
    return undefined;
  if (binding.reads.length > 1 && descendants(only.value, 'call', 'await').length > 0) return undefined;
  own.add(statement);
  return lift(only.value, context);
}

/** Stands for what a variable holds already. */
export const SO_FAR = 'so far';

function soFarHole(node: Node): Parts[number] {
  return {
    kind: 'hole',
    value: { kind: 'expression', node, made: SO_FAR, isString: true, format: '' },
    markers: 'present',
    mayBeBlank: true,
  };
}

/** A constant of the program that holds turns is read; any other keeps its name. */
function liftMember(node: Node, context: LiftContext): Parts {
  const { unit, origins } = context;
  const [only, ...more] = origins.valuesOf(node, unit);
  const isSure = origins.definitionsOf(node, unit).length <= 1;
  if (!only || more.length > 0 || !isSure || !mentionsMarker(only.node, only.unit, origins))
    return [hole(node, context)];
  const parts = lift(only.node, { ...context, unit: only.unit, use: only.node });
  const isConstant = parts.every(({ kind }) => kind === 'text');
  if (!isConstant) return [hole(node, context)];
  return parts;
}

/** `ROLES[m["role"]]`: an entry of a table of the program whose values are markers. */
function liftEntry(node: Node, context: LiftContext): Parts | undefined {
  const { unit, origins } = context;
  const table = field(node, 'value');
  const key = field(node, 'subscript');
  const [only, ...more] = table ? origins.valuesOf(table, unit) : [];
  const literal = only && more.length === 0 ? unwrap(only.node) : undefined;
  if (!key || literal?.type !== 'dictionary' || !mentionsMarker(literal, unit, origins)) return undefined;
  const entries = namedChildren(literal).map((pair) => ({
    pair,
    key: field(pair, 'key'),
    value: field(pair, 'value'),
  }));
  if (
    entries.length === 0 ||
    entries.some((entry) => entry.pair.type !== 'pair' || !entry.key || constantText(entry.key) === undefined)
  )
    return undefined;
  const lifted = entries.map((entry) => ({
    key: entry.key as Node,
    parts: lift(entry.value as Node, { ...context, unit: only?.unit ?? unit }),
  }));
  const last = lifted.at(-1) as (typeof lifted)[number];
  return lifted.slice(0, -1).reduceRight<Parts>(
    (otherwise, entry) => [
      {
        kind: 'choice',
        test: { kind: 'expression', node: key, made: `{} == ${textOf(entry.key)}`, isString: false, format: '' },
        then: entry.parts,
        else: otherwise,
      },
    ],
    last.parts,
  );
}
