import type { Piece } from '../../src/edits/edit.js';
import type { Content, ContentPiece, Conversation, Entry, Role } from '../../src/prompt/conversation.js';
import type { ExpressionHandle, Handle, IterationHandle } from './lift/handle.js';
import { namedChildren, textOf, unwrap, type Node } from './node.js';
import type { Style } from './unit.js';

export type Pieces = readonly Piece[];

export interface PrintStyle extends Style {
  /** The indentation of the line that the output begins on. */
  readonly base: string;
}

/** So wide may a line be before it is broken: what most formatters of Python allow, and no more than the code had. */
const WIDTH = 100;

/** The list of messages of a conversation. */
export function printMessages(conversation: Conversation<Handle>, style: PrintStyle): Pieces {
  const prefill: readonly Entry<Handle>[] = conversation.prefill ? [{ kind: 'turn', role: 'assistant', content: conversation.prefill }] : [];
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
      return ['*(', ...listOf(entry.then, style), ' if ', ...printExpression(entry.test as ExpressionHandle), ' else ', ...listOf(entry.else, style), ')'];
  }
}

function listOf(entries: readonly Entry<Handle>[], style: PrintStyle): Pieces {
  return ['[', ...entries.flatMap((entry, index) => [...(index > 0 ? [', '] : []), ...printEntry(entry, style)]), ']'];
}

/** `[{...} for m in history if m.text]`; several turns of one element need a second loop. */
function printLoop({ target, data, filters, isAsync }: IterationHandle, entries: readonly Entry<Handle>[], style: PrintStyle): Pieces {
  const [only, ...more] = entries;
  const clause: Pieces = [isAsync ? 'async for ' : 'for ', copy(target), ' in ', copy(data), ...filters.flatMap(({ test, isSkip }) => printFilter(test, isSkip))];
  const inner = { ...style, base: style.base + style.indent };
  if (only?.kind === 'turn' && more.length === 0) {
    return ['[\n', inner.base, ...printTurn(only.role, only.content, inner), '\n', inner.base, ...clause, '\n', style.base, ']'];
  }
  const messages = ['[', ...entries.flatMap((entry, index) => [...(index > 0 ? [', '] : []), ...printEntry(entry, inner)]), ']'];
  return ['[\n', inner.base, 'message\n', inner.base, ...clause, '\n', inner.base, 'for message in ', ...messages, '\n', style.base, ']'];
}

function printFilter(test: Node, isSkip: boolean): Pieces {
  if (!isSkip) return [' if ', copy(test)];
  const inner = unwrap(test);
  if (inner.type === 'not_operator') return [' if ', copy(inner.children.at(-1) as Node)];
  const [left, right, ...more] = namedChildren(inner);
  const operator = inner.type === 'comparison_operator' ? textOf(inner.children.find((child) => child.field === 'operators') as Node) : '';
  const opposite = OPPOSITES[operator];
  if (left && right && more.length === 0 && opposite !== undefined) return [' if ', copy(left), ` ${opposite} `, copy(right)];
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
  return [...printRole(role.then, style), ' if ', ...printExpression(role.test as ExpressionHandle), ' else ', ...printRole(role.else, style)];
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
    const printed = Array.isArray(run) ? printRun(run, style) : (['(', ...printChoice(run as Choice, style), ')'] as const);
    return index === 0 ? printed : [' + ', ...printed];
  });
}

type Choice = Extract<ContentPiece<Handle>, { kind: 'choice' }>;
type Flat = Exclude<ContentPiece<Handle>, { kind: 'choice' }>;

function printChoice({ test, then, else: otherwise }: Choice, style: PrintStyle): Pieces {
  const branch = (content: Content<Handle>): Pieces => (content.length === 0 ? [style.quote + style.quote] : wrapped(content, style));
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

function printRun(run: readonly Flat[], style: PrintStyle): Pieces {
  const [only, ...more] = run;
  if (only?.kind === 'hole' && more.length === 0) {
    const handle = only.value as ExpressionHandle;
    if (handle.isString) return operand(handle);
  }
  const sources = run.flatMap((piece) => (piece.kind === 'hole' ? [sourceOf(piece.value as ExpressionHandle)] : []));
  if (sources.length === 0) return [printText(run.map((piece) => (piece.kind === 'text' ? piece.text : '')).join(''), style)];
  const texts = run.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');
  const preferred = preferredQuote(texts, style);
  const quote = [preferred, other(preferred)].find((candidate) => sources.every((source) => fits(source, candidate)));
  if (quote === undefined) return printSum(run, style);
  return printInterpolated(run, quote, style);
}

/** Whether an expression may stand in an f-string before Python 3.12. */
function fits(source: string, quote: string): boolean {
  return !/[\\\n#]/.test(source) && !source.includes(quote);
}

/** Text of an f-string before its braces are doubled, which only literals with values need. */
interface Escaped {
  readonly escaped: string;
}

interface Line {
  readonly pieces: (Piece | Escaped)[];
  width: number;
  isFormatted: boolean;
}

/** An f-string; a long one is broken after its line breaks, as literals that stand beside each other. */
function printInterpolated(run: readonly Flat[], quote: string, style: PrintStyle): Pieces {
  const lines = linesOf(run, quote);
  const width = lines.reduce((sum, line) => sum + line.width, 0);
  if (lines.length === 1 || style.base.length + width < WIDTH) {
    return printLine({ pieces: lines.flatMap(({ pieces }) => pieces), width, isFormatted: true }, quote);
  }
  return stacked(lines.map((line) => printLine(line, quote)), style);
}

/** The literals that a text is broken into: what follows a line break begins another. */
function linesOf(run: readonly Flat[], quote: string): readonly Line[] {
  const lines: Line[] = [];
  let isOpen = false;
  const add = (pieces: readonly (Piece | Escaped)[], width: number, isFormatted: boolean): void => {
    if (!isOpen) lines.push({ pieces: [], width: 0, isFormatted: false });
    const last = lines.at(-1) as Line;
    last.pieces.push(...pieces);
    last.width += width;
    last.isFormatted ||= isFormatted;
    isOpen = true;
  };
  for (const piece of run) {
    if (piece.kind === 'text') {
      for (const line of piece.text.split(/(?<=\n)/)) {
        const escaped = escapeText(line, quote);
        add([{ escaped }], escaped.length, false);
        isOpen = !line.endsWith('\n');
      }
      continue;
    }
    const handle = piece.value as ExpressionHandle;
    const source = sourceOf(handle);
    add([source.startsWith('{') ? '{ ' : '{', ...printExpression(handle), `${handle.format}}`], source.length + 2, true);
  }
  return lines.filter(({ width }) => width > 0);
}

function printLine({ pieces, isFormatted }: Line, quote: string): Pieces {
  const print = (piece: Piece | Escaped): Piece => {
    if (typeof piece === 'string' || !('escaped' in piece)) return piece;
    return isFormatted ? braced(piece.escaped) : piece.escaped;
  };
  return [`${isFormatted ? 'f' : ''}${quote}`, ...pieces.map(print), quote];
}

/** Literals below each other, in parentheses. */
function stacked(literals: readonly Pieces[], style: PrintStyle): Pieces {
  const inner = style.base + style.indent;
  return ['(\n', ...literals.flatMap((literal) => [inner, ...literal, '\n']), style.base, ')'];
}

/** `"text" + str(value)`: for values that no f-string can hold. */
function printSum(run: readonly Flat[], style: PrintStyle): Pieces {
  return run.flatMap((piece, index) => {
    const printed: Pieces = piece.kind === 'text' ? [printText(piece.text, style)] : summand(piece.value as ExpressionHandle);
    return index === 0 ? printed : [' + ', ...printed];
  });
}

function summand(handle: ExpressionHandle): Pieces {
  if (handle.format !== '') return ['format(', ...printExpression(handle), `, "${handle.format.replace(/^:/, '')}")`];
  return handle.isString ? operand(handle) : ['str(', ...printExpression(handle), ')'];
}

/** The quotes of the file, or the others where those would have to be escaped. */
function preferredQuote(text: string, { quote }: PrintStyle): Style['quote'] {
  return text.includes(quote) && !text.includes(other(quote)) ? other(quote) : quote;
}

function other(quote: Style['quote']): Style['quote'] {
  return quote === '"' ? "'" : '"';
}

/** A literal; a long one is broken after its line breaks. */
export function printText(text: string, style: PrintStyle): string {
  const quote = preferredQuote(text, style);
  const lines = text.split(/(?<=\n)/).map((line) => `${quote}${escapeText(line, quote)}${quote}`);
  const whole = `${quote}${escapeText(text, quote)}${quote}`;
  if (lines.length === 1 || style.base.length + whole.length < WIDTH) return whole;
  const inner = style.base + style.indent;
  return `(\n${lines.map((line) => `${inner}${line}\n`).join('')}${style.base})`;
}

function escapeText(text: string, quote: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(/(?!\n)\p{Cc}/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function braced(text: string): string {
  return text.replaceAll('{', '{{').replaceAll('}', '}}');
}

/** An expression as an operand of `+`. */
function operand(handle: ExpressionHandle): Pieces {
  const { type } = unwrap(handle.node);
  const isLoose = /^(conditional_expression|boolean_operator|not_operator|comparison_operator|lambda|named_expression|await)$/.test(type);
  return isLoose && handle.node.type !== 'parenthesized_expression' ? ['(', ...printExpression(handle), ')'] : printExpression(handle);
}

export function printExpression({ node, made }: ExpressionHandle): Pieces {
  if (made === undefined) return [copy(node)];
  const [before = '', after] = made.split('{}');
  return after === undefined ? [before] : [before, copy(node), after];
}

function sourceOf({ node, made }: ExpressionHandle): string {
  return made === undefined ? textOf(node) : made.replace('{}', textOf(node));
}

export function copy({ start, end }: Node): Piece {
  return { start, end, edited: true };
}
