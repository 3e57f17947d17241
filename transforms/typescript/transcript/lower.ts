import { ts } from '../ts.js';
import type { Range } from '../../../src/edits/edit.js';
import type { Content, ContentPiece, Entry } from '../../../src/prompt/conversation.js';
import type { Fragment } from '../../../src/prompt/fragment.js';
import type { Changes } from '../changes.js';
import { messageType, retypeComment } from '../flow/message-type.js';
import type { ExpressionHandle, Handle } from '../lift/handle.js';
import { lostComments } from '../lower/comments-in.js';
import { removeStatement } from '../list-edits.js';
import { printStyle, printSystem } from '../lower/prompt.js';
import { printContent, printEntry, printMessages, type Pieces, type PrintStyle } from '../print.js';
import type { Symbols } from '../symbols.js';
import type { Unit } from '../unit.js';
import { isTrimmed, mayBeBlank } from './blank.js';
import type { Read, Transcript, TranscriptPrompt, Write } from './transcript.js';

/** Writes a transcript as a list: where it is declared, given a new beginning, and put together. The calls are no part of it. */
export function lowerTranscript(transcript: Transcript, symbols: Symbols, changes: Changes): void {
  const { holder, unit, writes, reads, name, usesSdk } = transcript;
  const { declaration } = holder;
  if (declaration) lowerDeclaration(transcript, declaration, changes);
  for (const node of [declaration, ...writes.flatMap(({ nodes }) => nodes)]) {
    const type = unit.isTypeScript || !node ? undefined : ts.getJSDocType(node);
    if (type) retypeComment(type, { hasSystem: false, alwaysHasSystem: false, usesSdk }, unit, changes);
  }
  for (const write of writes) {
    if (!write.target) continue;
    const target = renamed(write.target, name, unit);
    const range = rangeOf(write, unit);
    const style = printStyle(unit, range.start, true, write.rawNewLines);
    const written =
      write.kind === 'set'
        ? [...target, ' = ', ...beginning(write, style), endOf(write, unit)]
        : pushed(write, target, { style, unit, symbols, isSure: transcript.isSure });
    const lost = [
      ...commentsBetween(write, unit),
      ...write.values.flatMap((value) => lostComments(value, written, unit)),
    ];
    const [only] = write.nodes;
    if (written.length === 0 && lost.length === 0 && write.nodes.length === 1 && only && isInBlock(only))
      changes.apply(unit, [removeStatement(only, unit)]);
    else changes.replace(unit, range, [...lost.map((comment) => `${comment}\n${style.base}`), ...written]);
  }
  const aliases = new Map(reads.flatMap((read) => (read.alias ? [[read.alias, read] as const] : [])));
  for (const [alias, read] of aliases) {
    const { declaration: own } = alias;
    changes.replace(unit, unit.range(own.name), [alias.name]);
    if (own.initializer) changes.replace(unit, unit.range(own.initializer), list(read, transcript, false));
  }
}

/** The comments between the statements of a write. */
function commentsBetween({ nodes }: Write, unit: Unit): readonly string[] {
  return nodes.slice(1).flatMap((node, index) => {
    const before = nodes[index];
    const between = before ? unit.text.slice(unit.range(before).end, unit.range(node).start).trim() : '';
    return between === '' ? [] : [between];
  });
}

/** The system text and the messages of a call that sends a transcript. */
export function transcriptValues(
  { transcript, read }: TranscriptPrompt,
  start: number,
  isTyped: boolean,
): readonly [Pieces | undefined, Pieces] {
  const { unit, system } = transcript;
  const content = system.length > 0 ? system : read.lead;
  const style = printStyle(unit, start, isTyped, read.rawNewLines);
  // Where the text was written first, other text is written now: that does not come along.
  const lead = content.length > 0 ? printSystem(content, style, unit).map(asWritten) : undefined;
  return [lead, read.alias ? [read.alias.name] : list(read, transcript, isTyped)];
}

/** The list as it is sent: itself, or a copy that does not grow, with the turns that follow it. */
function list(
  { target, fragment, needsCopy, rawNewLines }: Read,
  { unit, name }: Transcript,
  isTyped: boolean,
): Pieces {
  const own = renamed(target, name, unit);
  const turns = turnsOf(fragment);
  if (turns.length === 0 && !needsCopy) return own.every(isText) ? [own.join('')] : own;
  const style = printStyle(unit, unit.range(target).start, isTyped, rawNewLines);
  return ['[...', ...own, ...turns.flatMap((entry) => [', ', ...printEntry(entry, style)]), ']'];
}

function asWritten(piece: Pieces[number]): Pieces[number] {
  return typeof piece === 'string' ? piece : { start: piece.start, end: piece.end };
}

function isText(piece: Pieces[number]): piece is string {
  return typeof piece === 'string';
}

/** The holder under its new name. */
function renamed(target: ts.Expression, name: string, unit: Unit): Pieces {
  if (!ts.isPropertyAccessExpression(target)) return [name];
  return [{ start: unit.range(target).start, end: unit.range(target.name).start }, name];
}

/** The messages that a transcript begins with. */
function beginning({ fragment }: Write, style: PrintStyle): Pieces {
  return fragment.entries.length === 0
    ? ['[]']
    : printMessages({ system: [], entries: fragment.entries, prefill: null }, style);
}

/** The turns of a piece, with what it says more of the answer that was asked for. */
function turnsOf({ lead, entries }: Fragment<Handle>): readonly Entry<Handle>[] {
  return lead.length > 0 ? [{ kind: 'turn', role: 'assistant', content: lead }, ...entries] : entries;
}

interface Pushing {
  readonly style: PrintStyle;
  readonly unit: Unit;
  readonly symbols: Symbols;
  /** Whether what is put behind it is text for sure; what comes by HTTP without the SDK may be an error, and have none. */
  readonly isSure: boolean;
}

/** Statements that put the turns of a piece behind the list; turns without text are left out. */
function pushed(write: Write, target: Pieces, { style, unit, symbols, isSure }: Pushing): Pieces {
  const all = turnsOf(write.fragment);
  const groups: { readonly guard: Pieces | undefined; readonly turns: Pieces[] }[] = [];
  for (const entry of all) {
    const isBlank = entry.kind === 'turn' && mayBeBlank(entry.content, symbols);
    const isAnswer = entry.kind === 'turn' && entry.role === 'assistant';
    const printed =
      isBlank && isAnswer
        ? answer(isSure ? entry.content : entry.content.map(asUnknown), style)
        : printEntry(entry, style);
    const guard = isBlank && !isAnswer ? printContent(entry.content, style) : undefined;
    const last = groups.at(-1);
    if (last && !guard && !last.guard) last.turns.push(printed);
    else groups.push({ guard, turns: [printed] });
  }
  if (groups.length === 0) return isInBlock(write.nodes[0]) ? [] : ['{}'];
  const end = endOf(write, unit);
  const statements = groups.flatMap(({ guard, turns }, index): Pieces => [
    ...(index > 0 ? [`\n${style.base}`] : []),
    ...(guard ? ['if (', ...guard, '.trim()) '] : []),
    ...push(target, turns, style),
    end,
  ]);
  const isGuarded = groups.some(({ guard }) => guard !== undefined);
  return isRoomFor(write.nodes[0], groups.length, isGuarded) ? statements : ['{ ', ...statements, ' }'];
}

function endOf(write: Write, unit: Unit): string {
  return unit.text.charAt(rangeOf(write, unit).end - 1) === ';' ? ';' : unit.style.semicolon;
}

/** The text of the statements of a write. */
function rangeOf({ nodes }: Write, unit: Unit): Range {
  const ranges = nodes.map(unit.range);
  return { start: Math.min(...ranges.map(({ start }) => start)), end: Math.max(...ranges.map(({ end }) => end)) };
}

function isInBlock(node: ts.Node | undefined): boolean {
  const parent = node?.parent;
  return parent !== undefined && (ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent));
}

/** Whether statements, or one with a condition, can stand where a single one stood: no `else` may change its owner. */
function isRoomFor(node: ts.Node | undefined, count: number, isGuarded: boolean): boolean {
  if (!node || isInBlock(node)) return true;
  if (count > 1) return false;
  const { parent } = node;
  if (!isGuarded) return true;
  return ts.isIfStatement(parent) && parent.elseStatement === node && isRoomFor(parent, count, isGuarded);
}

function push(target: Pieces, turns: readonly Pieces[], { base, indent }: PrintStyle): Pieces {
  const [only, ...more] = turns;
  if (only && more.length === 0) return [...target, '.push(', ...only, ')'];
  return [...target, '.push(', ...turns.flatMap((turn) => [`\n${base}${indent}`, ...turn, ',']), `\n${base})`];
}

function asUnknown(piece: ContentPiece<Handle>): ContentPiece<Handle> {
  if (piece.kind !== 'hole' || piece.value.kind !== 'expression') return piece;
  return { ...piece, value: { ...piece.value, isString: false } };
}

/** What the assistant said; it may have said nothing, which the API takes, but not white space alone. */
function answer(content: Content<Handle>, style: PrintStyle): Pieces {
  const [only, ...more] = content;
  const handle = only?.kind === 'hole' && more.length === 0 ? (only.value as ExpressionHandle) : undefined;
  const printed = printContent(content, style);
  const isClosed = !handle?.isString || (handle.node !== undefined && isPrimary(handle.node));
  const text: Pieces = only?.kind === 'choice' || !isClosed ? ['(', ...printed, ')'] : printed;
  const trimmed = handle?.isString && isTrimmed(handle) ? text : [...text, '.trim()'];
  return [`{ role: ${style.quote}assistant${style.quote}, content: `, ...trimmed, ' }'];
}

function isPrimary(node: ts.Expression): boolean {
  return (
    ts.isIdentifier(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isCallExpression(node) ||
    ts.isParenthesizedExpression(node)
  );
}

/** The declaration with its new name, type and beginning. */
function lowerDeclaration(
  transcript: Transcript,
  declaration: NonNullable<Transcript['holder']['declaration']>,
  changes: Changes,
): void {
  const { unit, writes, name, usesSdk } = transcript;
  const key = declaration.name as ts.Identifier | ts.PrivateIdentifier;
  if (name !== key.text) changes.replace(unit, unit.range(key), [name]);
  const type = (): string => messageType(unit, { hasSystem: false, alwaysHasSystem: false, usesSdk }, changes);
  const isTyped = unit.isTypeScript && !ts.isPropertyAssignment(declaration);
  if (isTyped && declaration.type) changes.replace(unit, unit.range(declaration.type), [type()]);
  else if (isTyped) changes.insert(unit, unit.range(key).end, [`: ${type()}`]);
  const declared = writes.find(({ target }) => target === undefined);
  const { initializer } = declaration;
  if (declared && initializer) {
    const style = printStyle(unit, unit.range(declaration).start, true, declared.rawNewLines);
    const isCast = unit.isTypeScript && ts.isPropertyAssignment(declaration);
    const cast = isCast ? [` as ${type()}`] : [];
    changes.replace(unit, unit.range(initializer), [...beginning(declared, style), ...cast]);
  }
  const isFixed = !writes.some(({ kind, target }) => kind === 'set' && target !== undefined);
  if (ts.isVariableDeclaration(declaration) && isFixed) makeConstant(declaration, unit, changes);
}

/** `let` becomes `const` where it declares nothing else. */
function makeConstant({ parent }: ts.VariableDeclaration, unit: Unit, changes: Changes): void {
  if (!ts.isVariableDeclarationList(parent) || parent.declarations.length > 1) return;
  if (!(parent.flags & ts.NodeFlags.Let)) return;
  const { start } = unit.range(parent);
  changes.replace(unit, { start, end: start + 'let'.length }, ['const']);
}
