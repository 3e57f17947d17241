import type { Content, ContentPiece, Conversation, Entry, Role } from '../../src/prompt/conversation.js';
import type { ExpressionHandle, Handle, IterationHandle } from './lift/handle.js';
import { namedChildren, textOf, unwrap, type Node } from './node.js';
import { copy, printExpression, type Pieces } from './print-expression.js';
import { printRun, type Flat, type PrintStyle } from './print-text.js';

/** The list of messages of a conversation. */
export function printMessages(conversation: Conversation<Handle>, style: PrintStyle): Pieces {
  const prefill: readonly Entry<Handle>[] = conversation.prefill
    ? [{ kind: 'turn', role: 'assistant', content: conversation.prefill }]
    : [];
  const entries = [...conversation.entries, ...prefill];
  const [only, ...more] = entries;
  if (only?.kind === 'each' && more.length === 0) return printLoop(only.over as IterationHandle, only.entries, style);
  const inner = { ...style, base: style.base + style.indent };
  const items = entries.map((entry) => printEntry(entry, entries.length > 1 ? inner : style));
  if (more.length === 0) return ['[', ...(items[0] ?? []), ']'];
  return ['[\n', ...items.flatMap((item) => [inner.base, ...item, ',\n']), style.base, ']'];
}

function printEntry(entry: Entry<Handle>, style: PrintStyle): Pieces {
  switch (entry.kind) {
    case 'turn':
      return printTurn(entry.role, entry.content, style);
    case 'each':
      return ['*', ...printLoop(entry.over as IterationHandle, entry.entries, style)];
    case 'choice':
      return [
        '*(',
        ...listOf(entry.then, style),
        ' if ',
        ...printExpression(entry.test as ExpressionHandle),
        ' else ',
        ...listOf(entry.else, style),
        ')',
      ];
  }
}

function listOf(entries: readonly Entry<Handle>[], style: PrintStyle): Pieces {
  return ['[', ...entries.flatMap((entry, index) => [...(index > 0 ? [', '] : []), ...printEntry(entry, style)]), ']'];
}

/** `[{...} for m in history if m.text]`; several turns of one element need a second loop. */
function printLoop(
  { target, data, filters, isAsync }: IterationHandle,
  entries: readonly Entry<Handle>[],
  style: PrintStyle,
): Pieces {
  const [only, ...more] = entries;
  const clause: Pieces = [
    isAsync ? 'async for ' : 'for ',
    copy(target),
    ' in ',
    copy(data),
    ...filters.flatMap(({ test, isSkip }) => printFilter(test, isSkip)),
  ];
  const inner = { ...style, base: style.base + style.indent };
  if (only?.kind === 'turn' && more.length === 0) {
    return [
      '[\n',
      inner.base,
      ...printTurn(only.role, only.content, inner),
      '\n',
      inner.base,
      ...clause,
      '\n',
      style.base,
      ']',
    ];
  }
  const messages = [
    '[',
    ...entries.flatMap((entry, index) => [...(index > 0 ? [', '] : []), ...printEntry(entry, inner)]),
    ']',
  ];
  return [
    '[\n',
    inner.base,
    'message\n',
    inner.base,
    ...clause,
    '\n',
    inner.base,
    'for message in ',
    ...messages,
    '\n',
    style.base,
    ']',
  ];
}

function printFilter(test: Node, isSkip: boolean): Pieces {
  if (!isSkip) return [' if ', copy(test)];
  const inner = unwrap(test);
  if (inner.type === 'not_operator') return [' if ', copy(inner.children.at(-1) as Node)];
  const [left, right, ...more] = namedChildren(inner);
  const operator =
    inner.type === 'comparison_operator'
      ? textOf(inner.children.find((child) => child.field === 'operators') as Node)
      : '';
  const opposite = OPPOSITES[operator];
  if (left && right && more.length === 0 && opposite !== undefined)
    return [' if ', copy(left), ` ${opposite} `, copy(right)];
  const isSimple = /^(identifier|attribute|subscript|call)$/.test(inner.type);
  return isSimple ? [' if not ', copy(inner)] : [' if not (', copy(inner), ')'];
}

const OPPOSITES: Readonly<Record<string, string>> = { '==': '!=', '!=': '==', in: 'not in' };

function printTurn(role: Role<Handle>, content: Content<Handle>, style: PrintStyle): Pieces {
  const { quote } = style;
  const key = (name: string): string => `${quote}${name}${quote}: `;
  return ['{', key('role'), ...printRole(role, style), ', ', key('content'), ...printContent(content, style), '}'];
}

function printRole(role: Role<Handle>, style: PrintStyle): Pieces {
  if (typeof role === 'string') return [`${style.quote}${role}${style.quote}`];
  return [
    ...printRole(role.then, style),
    ' if ',
    ...printExpression(role.test as ExpressionHandle),
    ' else ',
    ...printRole(role.else, style),
  ];
}

/** The text of a turn: a literal, one value, an f-string, or a sum where neither will do. */
export function printContent(content: Content<Handle>, style: PrintStyle): Pieces {
  const [only, ...more] = content;
  if (more.length === 0 && only?.kind === 'hole') {
    const handle = only.value as ExpressionHandle;
    if (handle.isString) return printExpression(handle);
  }
  if (more.length === 0 && only?.kind === 'choice') return printChoice(only, style);
  const runs = runsOf(content);
  return runs.flatMap((run, index) => {
    const printed = Array.isArray(run)
      ? printRun(run, style)
      : (['(', ...printChoice(run as Choice, style), ')'] as const);
    return index === 0 ? printed : [' + ', ...printed];
  });
}

type Choice = Extract<ContentPiece<Handle>, { kind: 'choice' }>;

function printChoice({ test, then, else: otherwise }: Choice, style: PrintStyle): Pieces {
  const branch = (content: Content<Handle>): Pieces =>
    content.length === 0 ? [style.quote + style.quote] : wrapped(content, style);
  return [...branch(then), ' if ', ...printExpression(test as ExpressionHandle), ' else ', ...branch(otherwise)];
}

function wrapped(content: Content<Handle>, style: PrintStyle): Pieces {
  const [only, ...more] = content;
  const printed = printContent(content, style);
  return more.length === 0 && only?.kind === 'choice' ? ['(', ...printed, ')'] : printed;
}

/** Neighbours that fit into one f-string, and the choices between them. */
function runsOf(content: Content<Handle>): readonly (readonly Flat[] | Choice)[] {
  const runs: (Flat[] | Choice)[] = [];
  for (const piece of content) {
    const last = runs.at(-1);
    if (piece.kind === 'choice') runs.push(piece);
    else if (Array.isArray(last)) last.push(piece);
    else runs.push([piece]);
  }
  return runs;
}
