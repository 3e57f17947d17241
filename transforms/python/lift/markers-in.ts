import type { MarkerKnowledge } from '../../../src/prompt/parts.js';
import { SYSTEM_NAME } from '../../../src/prompt/telling-names.js';
import { constantText } from '../literals.js';
import { above, attributeName, calledMethod, field, namedChildren, textOf, unwrap, walk, type Node } from '../node.js';
import type { Origins, Placed } from '../origin.js';
import type { Unit } from '../unit.js';

const MARKER = /\n\n(?:Human|Assistant):/;
const MARKER_AT_START = /^(?:\n\n)?(?:Human|Assistant):/;
const INDENTED_MARKER = /\n[ \t]*\n[ \t]*(?:Human|Assistant):/;
const DEPTH = 6;

/** May this value hold a marker? */
export function markersIn(expression: Node, unit: Unit, origins: Origins): MarkerKnowledge {
  if (mentionsMarker(expression, unit, origins)) return 'present';
  const at = unwrap(expression);
  if (/^(integer|float|true|false|none)$/.test(at.type) || constantText(at) !== undefined) return 'never';
  const values = at.type === 'identifier' || at.type === 'attribute' ? allConstants(at, unit, origins) : false;
  if (values) return 'never';
  return SYSTEM_NAME.test(lastName(at)) ? 'unlikely' : 'unknown';
}

/** Whether every value that a name can have is a constant that is seen. */
function allConstants(node: Node, unit: Unit, origins: Origins): boolean {
  const definitions = origins.definitionsOf(node, unit);
  const values = origins.valuesOf(node, unit);
  const isNamed =
    node.type === 'attribute' ? isWrittenHereOnly(node, values.length, origins) : definitions.length === values.length;
  return values.length > 0 && isNamed && values.every((value) => constantText(unwrap(value.node)) !== undefined);
}

/** Whether an attribute is given no other values than those that were found: none is added to it, and no other object's is set. */
function isWrittenHereOnly(node: Node, count: number, origins: Origins): boolean {
  const writes = origins.writesTo(attributeName(node) ?? '');
  return writes.length <= count && writes.every(({ node: write }) => write.type === 'assignment');
}

function lastName(node: Node): string {
  const at = unwrap(node);
  if (at.type === 'identifier') return textOf(at);
  if (at.type === 'attribute') return attributeName(at) ?? '';
  if (at.type === 'boolean_operator' || at.type === 'binary_operator') return lastName(field(at, 'left') as Node);
  if (at.type === 'subscript') return textOf(field(at, 'subscript') ?? at);
  const method = calledMethod(at);
  return method ? lastName(method.object) : '';
}

/** Whether a marker is seen anywhere in what makes this value: its text, its variables, the functions it calls. */
export function mentionsMarker(root: Node, unit: Unit, origins: Origins): boolean {
  return isMadeOf(root, unit, {
    origins,
    test: (node, holder) => isMarkerText(node) || isMarkerName(node, holder, origins),
  });
}

/** What is looked for in all that makes a value. */
export interface Search {
  readonly origins: Origins;
  readonly test: (node: Node, unit: Unit) => boolean;
  /** What calls give a parameter, where that is looked through too. */
  readonly given?: (parameter: Node, unit: Unit) => readonly Placed[];
}

/** Whether a node is found in what makes a value: its text, its variables, the functions it calls. */
export function isMadeOf(root: Node, unit: Unit, search: Search, seen = new Set<Node>(), depth = DEPTH): boolean {
  if (depth === 0 || seen.has(root)) return false;
  seen.add(root);
  let found = false;
  walk(root, (node) => {
    if (found || isLegacyCall(node)) return false;
    found = search.test(node, unit) || leadsTo(node, unit, search, seen, depth);
    return !found;
  });
  return found;
}

/** An answer is the model's text; the prompt that it answers is not in it. */
function isLegacyCall(node: Node): boolean {
  const method = calledMethod(node);
  return method !== undefined && /^(create|a?completion(_stream)?)$/.test(method.name);
}

function isMarkerText(node: Node): boolean {
  if (node.type !== 'string') return false;
  const text =
    constantText(node) ??
    textOf(node)
      .replaceAll('\\n', '\n')
      .replace(/^\w*["']+/, '');
  return MARKER.test(text) || MARKER_AT_START.test(text) || (INDENTED_MARKER.test(text) && isDedented(node));
}

/** Whether a literal is given to what takes away the margin of its lines. */
function isDedented(node: Node): boolean {
  const call = above(node, ({ type }) => type === 'call');
  return call !== undefined && /\b(?:dedent|cleandoc)$/.test(textOf(field(call, 'function') as Node));
}

function isMarkerName(node: Node, unit: Unit, origins: Origins): boolean {
  return (node.type === 'identifier' || node.type === 'attribute') && origins.marker(node, unit) !== undefined;
}

function leadsTo(node: Node, unit: Unit, search: Search, seen: Set<Node>, depth: number): boolean {
  if (node.type !== 'identifier' && node.type !== 'attribute') return false;
  if (node.type === 'identifier' && node.parent?.type === 'attribute' && node.field === 'attribute') return false;
  const { origins } = search;
  const goOn = (next: Node | undefined, holder: Unit): boolean =>
    next !== undefined && isMadeOf(next, holder, search, seen, depth - 1);
  if (origins.valuesOf(node, unit).some((value) => goOn(value.node, value.unit))) return true;
  const added =
    node.type === 'attribute' ? origins.writesTo(attributeName(node) ?? '').filter((write) => write.unit === unit) : [];
  if (added.some(({ node: write }) => goOn(field(write, 'right'), unit))) return true;
  return origins.definitionsOf(node, unit).some(({ definition: { kind, name, value }, unit: holder }) => {
    if (kind === 'function') return value !== undefined && goOn(field(value, 'body'), holder);
    if (kind === 'augmented') return goOn(value, holder);
    if (kind === 'assignment') return isFilledWith(node, holder, goOn);
    if (kind !== 'parameter' || !value) return false;
    const given = search.given?.(name, holder) ?? [];
    return goOn(field(value, 'value'), holder) || given.some((each) => goOn(each.node, each.unit));
  });
}

/** `list.append(f"{HUMAN_PROMPT} ...")` somewhere. */
function isFilledWith(node: Node, unit: Unit, goOn: (next: Node, unit: Unit) => boolean): boolean {
  const binding = node.type === 'identifier' ? unit.scopes.bindingOf(node) : undefined;
  return (binding?.reads ?? []).some((read) => {
    const call = read.parent?.type === 'attribute' ? read.parent.parent : undefined;
    const method = call && calledMethod(call);
    if (method?.object !== read || !/^(append|extend|insert)$/.test(method.name)) return false;
    return namedChildren(method.args).some((argument) => goOn(argument, unit));
  });
}
