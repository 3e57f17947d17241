import { constantText } from '../literals.js';
import { argumentsOf, calledMethod, field, keyword, namedChildren, textOf, unwrap, type Node } from '../node.js';
import type { Origins } from '../origin.js';
import { isStringValue } from '../text-type.js';
import type { Unit } from '../unit.js';
import { constantsOf } from '../values.js';
import type { ExpressionHandle, Parts } from './handle.js';

/** What stands for a value while lines are looked at: no character of a program's text. */
const FIRST = 0xe000;
const LAST = 0xf8ff;

/**
 * Text without the margin that its lines share. Only where no value can change what they share: the lines of a value with
 * line breaks count as well, and one that is blank may leave a blank line.
 */
export function dedented(parts: Parts, unit: Unit, origins: Origins): Parts | undefined {
  const holes: Parts[number][] = [];
  let whole = '';
  for (const part of parts) {
    if (part.kind === 'text') {
      if (/[\uE000-\uF8FF]/.test(part.text)) return undefined;
      whole += part.text;
    } else {
      const isSure = part.kind === 'hole' && part.value.kind === 'expression' && isOneLine(part.value, unit, origins);
      if (!isSure || holes.length > LAST - FIRST) return undefined;
      whole += String.fromCharCode(FIRST + holes.length);
      holes.push(part);
    }
  }
  const lines = whole.split('\n').map((line) => (line.trim() === '' ? '' : line));
  const margins = lines.filter((line) => line !== '').map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  if (margins.length === 0 || margins.some((margin) => margin.includes('\t'))) return undefined;
  const margin = Math.min(...margins.map(({ length }) => length));
  const body = lines.map((line) => line.slice(margin)).join('\n');
  return body
    .split(/([\uE000-\uF8FF])/)
    .flatMap((piece) => holes[piece.charCodeAt(0) - FIRST] ?? { kind: 'text' as const, text: piece });
}

/** Whether a value is one line that is not blank and begins with no white space, whatever the program does. */
function isOneLine({ node, format, made }: ExpressionHandle, unit: Unit, origins: Origins): boolean {
  if (made !== undefined) return false;
  if (format === '!r') return isStringValue(node, unit, origins);
  if (format !== '') return /^:,?(?:\.\d+)?[dfFeEgG%]$/.test(format);
  return isLine(unwrap(node), unit, origins);
}

function isLine(node: Node, unit: Unit, origins: Origins): boolean {
  if (node.type === 'call') return isLineOfCall(node, unit, origins);
  const { leaves, isComplete } = constantsOf(node, unit, origins);
  return isComplete && leaves.every((leaf) => /^\S(?:.*\S)?$/.test(constantText(leaf.node) ?? textOf(leaf.node)));
}

function isLineOfCall(call: Node, unit: Unit, origins: Origins): boolean {
  const callee = field(call, 'function') as Node;
  const name = origins.fullName(callee, unit) ?? textOf(callee);
  const [first] = argumentsOf(call);
  if (/^(?:len|int|float|round)$/.test(name)) return true;
  if (name === 'json.dumps') return keyword(call, 'indent') === undefined && !textOf(call).includes('**');
  if (name === 'repr') return first !== undefined && isStringValue(first, unit, origins);
  if (name === 'str') return first !== undefined && isLine(unwrap(first), unit, origins);
  return calledMethod(call)?.name === 'isoformat' && namedChildren(field(call, 'arguments') as Node).length === 0;
}
