import type { Changes } from '../changes.js';
import type { HelperNames } from '../helper-names.js';
import type { Site } from '../locate.js';
import { field, textOf, unwrap, wrapping, type Node } from '../node.js';
import { copy, type Pieces } from '../print-expression.js';
import { lowerStopReason, withoutLeadingSpace } from './lower.js';
import type { FieldRead } from './reads.js';

/** Gives each answer that is parsed from JSON its old form. */
export function wrapJson({ answers, unit }: Site, names: HelperNames, changes: Changes): void {
  changes.need(unit, 'to_completion_body');
  for (const { start, end } of answers) {
    changes.insert(unit, start, [`${names.get('to_completion_body') ?? 'to_completion_body'}(`]);
    changes.insert(unit, end, [')']);
  }
}

/** Writes one read of an answer that is parsed from JSON. */
export function lowerJsonRead(read: FieldRead, isTextOften: boolean, names: HelperNames, changes: Changes): void {
  const { fallback, node, object, unit } = read;
  const { quote } = unit.style;
  const key = (name: string): string => `${quote}${name}${quote}`;
  switch (read.field) {
    case 'in':
      changes.replace(unit, node, [key('content')]);
      return;
    case 'stop_reason': {
      const given: Pieces = fallback === undefined || fallback === 'None' ? [] : [', ', copy(fallback)];
      lowerStopReason(
        read,
        [
          copy(object),
          ...(fallback === undefined ? [`[${key('stop_reason')}]`] : [`.get(${key('stop_reason')}`, ...given, ')']),
        ],
        changes,
      );
      return;
    }
    default:
      changes.replace(unit, withoutLeadingSpace(node), textRead(read, isTextOften, names, changes));
  }
}

function textRead(
  { fallback, node, object, unit }: FieldRead,
  isTextOften: boolean,
  names: HelperNames,
  changes: Changes,
): Pieces {
  const { quote } = unit.style;
  const key = (name: string): string => `${quote}${name}${quote}`;
  const joined = (blocks: Pieces): Pieces => [
    `${quote}${quote}.join(block[${key('text')}] for block in `,
    ...blocks,
    ` if block[${key('type')}] == ${key('text')})`,
  ];
  const isEmpty = fallback !== undefined && fallback !== 'None' && textOf(fallback).length === 2;
  if (isEmpty && (object.type !== 'identifier' || !isTextOften))
    return joined([copy(object), `.get(${key('content')}, [])`]);
  if (isTextOften) changes.need(unit, 'answer_text');
  const text: Pieces = isTextOften
    ? [`${names.get('answer_text') ?? 'answer_text'}(`, copy(unwrap(object)), ')']
    : joined([copy(object), `[${key('content')}]`]);
  if (fallback === undefined) return text;
  const chosen: Pieces = [
    ...text,
    ` if ${key('content')} in `,
    copy(object),
    ' else ',
    fallback === 'None' ? 'None' : copy(fallback),
  ];
  return standsAlone(node) ? chosen : ['(', ...chosen, ')'];
}

/** Whether a condition may take the place of an expression without parentheses around it. */
function standsAlone(node: Node): boolean {
  const { parent } = wrapping(node);
  return parent?.type === 'return_statement' || (parent?.type === 'assignment' && field(parent, 'right') === node);
}
