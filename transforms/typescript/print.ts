import { ts } from './ts.js';
import type { Piece, Range } from '../../src/edits/edit.js';
import type {
  Content,
  ContentPiece,
  Conversation,
  EachEntry,
  Entry,
  Role,
  Turn,
} from '../../src/prompt/conversation.js';
import type { ExpressionHandle, Handle, IterationHandle, TextLoop } from './lift/handle.js';
import type { Style } from './unit.js';

export type Pieces = readonly Piece[];

/** How a conversation is to be written at one place. */
export interface PrintStyle extends Style {
  readonly isTypeScript: boolean;
  /** Whether the place gives the messages their type; otherwise literal roles need `as const`. */
  readonly isTyped: boolean;
  /** The white space in front of the line that the list starts on. */
  readonly base: string;
  /** The text of a range of the file. */
  readonly sourceOf: (range: Range) => string;
  /** Whether new lines of text are written as new lines, as the file's own templates do. */
  readonly rawNewLines: boolean;
}

/** The value of `messages`. */
export function printMessages({ entries, prefill }: Conversation<Handle>, style: PrintStyle): Pieces {
  const all = prefill
    ? [...entries, { kind: 'turn', role: 'assistant', content: prefill } satisfies Turn<Handle>]
    : entries;
  const only = all.length === 1 ? all[0] : undefined;
  if (only?.kind === 'each') return printEach(only, style, style.isTyped);
  if (only?.kind === 'turn') return ['[', ...printTurn(only, style), ']'];
  return printLines(all, style);
}

/** Entries one a line. */
function printLines(entries: readonly Entry<Handle>[], style: PrintStyle): Pieces {
  const inner = { ...style, base: style.base + style.indent };
  return [
    '[',
    '\n',
    ...entries.flatMap((entry) => [inner.base, ...printEntry(entry, inner), ',', '\n']),
    style.base,
    ']',
  ];
}

/** An element of the list, or several that are spread into it. */
export function printEntry(entry: Entry<Handle>, style: PrintStyle): Pieces {
  if (entry.kind === 'turn') return printTurn(entry, style);
  if (entry.kind === 'each') return ['...', ...printEach(entry, style)];
  const untyped = { ...style, isTyped: false };
  return [
    '...(',
    ...printTest(entry.test),
    ' ? ',
    ...printList(entry.then, untyped),
    ' : ',
    ...printList(entry.else, untyped),
    ')',
  ];
}

function printList(entries: readonly Entry<Handle>[], style: PrintStyle): Pieces {
  return ['[', ...entries.flatMap((entry, index) => [...(index > 0 ? [', '] : []), ...printEntry(entry, style)]), ']'];
}

/** Only a list that is the whole value gets its type from the place; one that is spread does not. */
function printEach({ over, entries }: EachEntry<Handle>, style: PrintStyle, isTyped = false): Pieces {
  const { data, binding } = over as IterationHandle;
  const untyped = { ...style, isTyped: false };
  const only = entries.length === 1 ? entries[0] : undefined;
  const [method, body] =
    only?.kind === 'turn'
      ? ['map', ['(', ...printTurn(only, { ...untyped, isTyped }), ')']]
      : ['flatMap', printLines(entries, untyped)];
  return [...data, `${lineBefore(data, style)}.${method}((`, ...binding, ') => ', ...body, ')'];
}

/** A chain of calls that is written one a line goes on so. */
function lineBefore(data: Pieces, { sourceOf }: PrintStyle): string {
  const indent = /\n([ \t]+)\.[^\n]*$/.exec(pieceText(data, sourceOf))?.[1];
  return indent === undefined ? '' : `\n${indent}`;
}

function printTurn({ role, content }: Turn<Handle>, style: PrintStyle): Pieces {
  return ['{ role: ', ...printRole(role, style), ', content: ', ...printTrimmed(content, style), ' }'];
}

/** Content without the white space that a loop leaves at its edges: it belongs to the markers there. */
function printTrimmed(content: Content<Handle>, style: PrintStyle): Pieces {
  const first = loopOf(content[0]);
  const last = loopOf(content.at(-1));
  const before = content.at(-2);
  const isOpen = first?.opens === true;
  const isClosed = last !== undefined && (last.closes || (before?.kind === 'text' && /\s$/.test(before.text)));
  const trim = isOpen && isClosed ? ['.trim()'] : isOpen ? ['.trimStart()'] : isClosed ? ['.trimEnd()'] : [];
  return [...printContent(content, style), ...trim];
}

function loopOf(piece: ContentPiece<Handle> | undefined): TextLoop | undefined {
  return piece?.kind === 'hole' ? (piece.value as ExpressionHandle).loop : undefined;
}

function printRole(role: Role<Handle>, style: PrintStyle): Pieces {
  if (typeof role !== 'string') {
    const branches = [role.then, role.else].map((branch) => {
      const printed = printRole(branch, style);
      return typeof branch === 'string' && needsConst(style) ? ['(', ...printed, ')'] : printed;
    });
    return [...printTest(role.test), ' ? ', ...(branches[0] ?? []), ' : ', ...(branches[1] ?? [])];
  }
  return [style.quote + role + style.quote, ...(needsConst(style) ? [' as const'] : [])];
}

function needsConst({ isTypeScript, isTyped }: PrintStyle): boolean {
  return isTypeScript && !isTyped;
}

/** A string expression: text, a value, or a template of both. */
export function printContent(given: Content<Handle>, style: PrintStyle): Pieces {
  const content = simplified(given, style);
  const only = content.length === 1 ? content[0] : undefined;
  if (content.length === 0) return [style.quote + style.quote];
  if (only?.kind === 'text') return [quoted(only.text, style)];
  if (only?.kind === 'hole' && (only.value as ExpressionHandle).isString)
    return printHole(only.value as ExpressionHandle);
  if (only?.kind === 'choice') return printChoice(only, style);
  return ['`', ...content.flatMap((piece) => printInTemplate(piece, style)), '`'];
}

function printInTemplate(piece: ContentPiece<Handle>, style: PrintStyle): Pieces {
  if (piece.kind === 'text') return [templateText(piece.text, style)];
  if (piece.kind === 'hole') return ['${', ...(piece.value as ExpressionHandle).pieces, '}'];
  return ['${', ...printChoice(piece, style), '}'];
}

function printChoice({ test, then, else: otherwise }: ChoicePiece, style: PrintStyle): Pieces {
  return [...printTest(test), ' ? ', ...printContent(then, style), ' : ', ...printContent(otherwise, style)];
}

type ChoicePiece = ContentPiece<Handle> & { readonly kind: 'choice' };

/** Content without the choices whose branches say the same, as when only the role depends on the test. */
function simplified(content: Content<Handle>, { sourceOf }: PrintStyle): Content<Handle> {
  const same = (piece: ChoicePiece): boolean => fingerprint(piece.then, sourceOf) === fingerprint(piece.else, sourceOf);
  return content.flatMap((piece) => (piece.kind === 'choice' && same(piece) ? [...piece.then] : [piece]));
}

function fingerprint(content: Content<Handle>, sourceOf: PrintStyle['sourceOf']): string {
  return JSON.stringify(
    content.map((piece) => {
      if (piece.kind === 'text') return piece.text;
      if (piece.kind === 'hole') return [pieceText((piece.value as ExpressionHandle).pieces, sourceOf)];
      return [
        pieceText((piece.test as ExpressionHandle).pieces, sourceOf),
        fingerprint(piece.then, sourceOf),
        fingerprint(piece.else, sourceOf),
      ];
    }),
  );
}

function pieceText(pieces: Pieces, sourceOf: PrintStyle['sourceOf']): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : sourceOf(piece))).join('');
}

/** A value that stands as a property or argument: a comma would end it. */
function printHole(value: ExpressionHandle): Pieces {
  return value.node && ts.isBinaryExpression(value.node) && value.node.operatorToken.kind === ts.SyntaxKind.CommaToken
    ? ['(', ...value.pieces, ')']
    : value.pieces;
}

function printTest(test: Handle): Pieces {
  const { node, pieces } = test as ExpressionHandle;
  const isLoose =
    node !== undefined &&
    (ts.isConditionalExpression(node) ||
      ts.isArrowFunction(node) ||
      ts.isYieldExpression(node) ||
      (ts.isBinaryExpression(node) && isLooseOperator(node.operatorToken.kind)));
  return isLoose && pieces.length === 1 ? ['(', ...pieces, ')'] : pieces;
}

function isLooseOperator(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.CommaToken || (kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment)
  );
}

/** Text as a literal of the file's style; text of several lines as a template where the file writes it so. */
export function quoted(text: string, style: Pick<PrintStyle, 'quote' | 'rawNewLines'>): string {
  if (style.rawNewLines && text.includes('\n')) return `\`${templateText(text, style)}\``;
  const other = style.quote === "'" ? '"' : "'";
  const quote = text.includes(style.quote) && !text.includes(other) ? other : style.quote;
  return quote + escape(text).replaceAll(quote, `\\${quote}`) + quote;
}

function templateText(text: string, { rawNewLines }: Pick<PrintStyle, 'rawNewLines'>): string {
  const lines = rawNewLines ? text.split('\n') : [text];
  return lines.map((line) => escape(line).replaceAll('`', '\\`').replaceAll('${', '\\${')).join('\n');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

function escape(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what has to be escaped
  return text.replace(/[\\\u0000-\u001f\u2028\u2029]/g, (character) => {
    const known = ESCAPES[character];
    return known ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}
