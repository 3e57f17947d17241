import type { MarkerKnowledge } from '../../../src/prompt/parts.js';
import { SYSTEM_NAME } from '../../../src/prompt/telling-names.js';
import { constantText } from '../literals.js';
import { above, attributeName, calledMethod, field, namedChildren, textOf, unwrap, walk, type Node } from '../node.js';
import type { Origins } from '../origin.js';
import type { Unit } from '../unit.js';

const MARKER = /\n\n(?:Human|Assistant):/;
const MARKER_AT_START = /^(?:\n\n)?(?:Human|Assistant):/;
const INDENTED_MARKER = /\n[ \t]*\n[ \t]*(?:Human|Assistant):/;
const DEPTH = 6;

/** May this value hold a marker? */
export function markersIn(expression: Node, unit: Unit, origins: Origins): MarkerKnowledge {
  if (mentionsMarker(expression, unit, origins, new Set(), DEPTH)) return 'present';
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
export function mentionsMarker(
  root: Node,
  unit: Unit,
  origins: Origins,
  seen = new Set<Node>(),
  depth = DEPTH,
): boolean {
  if (depth === 0 || seen.has(root)) return false;
  seen.add(root);
  let found = false;
  walk(root, (node) => {
    if (found || isLegacyCall(node)) return false;
    found = isMarkerText(node) || isMarkerName(node, unit, origins) || leadsTo(node, unit, origins, seen, depth);
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

function leadsTo(node: Node, unit: Unit, origins: Origins, seen: Set<Node>, depth: number): boolean {
  if (node.type !== 'identifier' && node.type !== 'attribute') return false;
  if (node.type === 'identifier' && node.parent?.type === 'attribute' && node.field === 'attribute') return false;
  const fromValues = origins
    .valuesOf(node, unit)
    .some((value) => mentionsMarker(value.node, value.unit, origins, seen, depth - 1));
  if (fromValues) return true;
  const added =
    node.type === 'attribute' ? origins.writesTo(attributeName(node) ?? '').filter((write) => write.unit === unit) : [];
  if (added.some(({ node: write }) => mentionsMarker(field(write, 'right') as Node, unit, origins, seen, depth - 1)))
    return true;
  return origins.definitionsOf(node, unit).some(({ definition, unit: holder }) => {
    const isAppended = definition.kind === 'augmented' || definition.kind === 'function';
    const body =
      definition.kind === 'function' && definition.value ? field(definition.value, 'body') : definition.value;
    if (isAppended && body && mentionsMarker(body, holder, origins, seen, depth - 1)) return true;
    if (definition.kind === 'parameter') return defaultMentions(definition.value, holder, origins, seen, depth);
    return definition.kind === 'assignment' && isFilledWithMarkers(node, holder, origins, seen, depth);
  });
}

function defaultMentions(
  parameter: Node | undefined,
  unit: Unit,
  origins: Origins,
  seen: Set<Node>,
  depth: number,
): boolean {
  const value = parameter && field(parameter, 'value');
  return value !== undefined && mentionsMarker(value, unit, origins, seen, depth - 1);
}

/** `list.append(f"{HUMAN_PROMPT} ...")` somewhere. */
function isFilledWithMarkers(node: Node, unit: Unit, origins: Origins, seen: Set<Node>, depth: number): boolean {
  const binding = node.type === 'identifier' ? unit.scopes.bindingOf(node) : undefined;
  return (binding?.reads ?? []).some((read) => {
    const call = read.parent?.type === 'attribute' ? read.parent.parent : undefined;
    const method = call && calledMethod(call);
    if (method?.object !== read || !/^(append|extend|insert)$/.test(method.name)) return false;
    return namedChildren(method.args).some((argument) => mentionsMarker(argument, unit, origins, seen, depth - 1));
  });
}
