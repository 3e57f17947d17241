import type { Piece } from '../../src/edits/edit.js';
import type { ContentPiece } from '../../src/prompt/conversation.js';
import type { ExpressionHandle, Handle } from './lift/handle.js';
import { operand, printExpression, sourceOf, type Pieces } from './print-expression.js';
import type { Style } from './unit.js';

export interface PrintStyle extends Style {
  /** The indentation of the line that the output begins on. */
  readonly base: string;
}

/** So wide may a line be before it is broken: what most formatters of Python allow, and no more than the code had. */
export const WIDTH = 100;

/** A piece of a text that no condition chooses. */
export type Flat = Exclude<ContentPiece<Handle>, { kind: 'choice' }>;

/** What fits into one f-string: text, and values that stand in it. */
export function printRun(run: readonly Flat[], style: PrintStyle): Pieces {
  const [only, ...more] = run;
  if (only?.kind === 'hole' && more.length === 0) {
    const handle = only.value as ExpressionHandle;
    if (handle.isString) return operand(handle);
  }
  const sources = run.flatMap((piece) => (piece.kind === 'hole' ? [sourceOf(piece.value as ExpressionHandle)] : []));
  if (sources.length === 0)
    return [printText(run.map((piece) => (piece.kind === 'text' ? piece.text : '')).join(''), style)];
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
  const isFormatted = lines.some((line) => line.isFormatted);
  const tripled = tripledQuote(run.map((piece) => (piece.kind === 'text' ? piece.text : '{}')).join(''), style);
  if (tripled !== undefined) {
    const inside = run.flatMap((piece): Pieces => {
      if (piece.kind === 'text') return [isFormatted ? braced(escapeTripled(piece.text)) : escapeTripled(piece.text)];
      const handle = piece.value as ExpressionHandle;
      return [sourceOf(handle).startsWith('{') ? '{ ' : '{', ...printExpression(handle), `${handle.format}}`];
    });
    return [`${isFormatted ? 'f' : ''}${tripled}`, ...inside, tripled];
  }
  return stacked(
    lines.map((line) => printLine(line, quote)),
    style,
  );
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
    add(
      [source.startsWith('{') ? '{ ' : '{', ...printExpression(handle), `${handle.format}}`],
      source.length + 2,
      true,
    );
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
    const printed: Pieces =
      piece.kind === 'text' ? [printText(piece.text, style)] : summand(piece.value as ExpressionHandle);
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
  const tripled = tripledQuote(text, style);
  if (tripled !== undefined) return `${tripled}${escapeTripled(text)}${tripled}`;
  const inner = style.base + style.indent;
  return `(\n${lines.map((line) => `${inner}${line}\n`).join('')}${style.base})`;
}

/** The quotes that a text of several lines stands in as it is, in a file that has such texts. */
function tripledQuote(text: string, { tripled }: PrintStyle): Style['tripled'] {
  if (tripled === undefined || text.split('\n').length < 4) return undefined;
  return text.includes(tripled) || text.endsWith(tripled.charAt(0)) || text.includes('\r') ? undefined : tripled;
}

function escapeTripled(text: string): string {
  return text.split('\n').map(escapeCharacters).join('\n');
}

function escapeText(text: string, quote: string): string {
  return escapeCharacters(text).replaceAll(quote, `\\${quote}`);
}

function escapeCharacters(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(/(?!\n)\p{Cc}/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function braced(text: string): string {
  return text.replaceAll('{', '{{').replaceAll('}', '}}');
}
