import { ts } from '../ts.js';
import type { Edit } from '../../../src/edits/edit.js';
import { indentAt, type Unit } from '../unit.js';
import { chunkReads, type ChunkReads } from './chunk-reads.js';
import { insertFirst } from './insert-statement.js';
import { dropSlice, dropSliceLater } from './leading-space.js';
import { refusesNull, wasNeverNull } from './never-null.js';
import { freshName } from './names-in-scope.js';
import type { Change } from './result-use.js';
import type { ReadContext } from './read-context.js';
import { mapBack } from './stop-reason-map.js';
import { readerEdits } from './stop-reason-readers.js';
import { branchEdits, branchesOf, type Branches } from './stream-branches.js';
import { labelOf } from './text.js';
import type { World } from './world.js';

/** How the body of a loop tells text from other events. */
type Layout =
  /** A statement without a block; in a block of one line; alone in a block; several behind a guard. */
  | { readonly kind: 'bare' | 'line' | 'wrapped' | 'guarded' }
  /** Nothing is done with any event. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'branches'; readonly branches: Branches };

/** Whether a loop over a stream can read events itself, instead of chunks that are made for it. */
export function readsEvents(statement: ts.ForOfStatement, world: World): boolean {
  const reads = chunkReads(statement, world);
  return reads !== undefined && layoutOf(statement, reads, world) !== undefined;
}

function layoutOf({ statement: body, parent }: ts.ForOfStatement, reads: ChunkReads, world: World): Layout | undefined {
  const unit = world.unitOf(body);
  if (!unit) return undefined;
  if (ts.isEmptyStatement(body) || (ts.isBlock(body) && body.statements.length === 0)) return { kind: 'empty' };
  if (reads.texts.length + reads.reasons.length === 0) return undefined;
  if (reads.reasons.length > 0) {
    const branches = branchesOf(body, reads, world);
    return branches && { kind: 'branches', branches };
  }
  if (!ts.isBlock(body)) {
    const gap = unit.text.slice(0, unit.range(body).start);
    return /\)\s*$/.test(gap) && !ts.isLabeledStatement(parent) ? { kind: 'bare' } : undefined;
  }
  const [only] = body.statements;
  if (body.statements.length !== 1 || !only || ts.isVariableStatement(only) || hasComment(body, only, unit))
    return { kind: 'guarded' };
  if (isOneLine(body, unit)) return { kind: 'line' };
  return { kind: isOneLine(only, unit) ? 'wrapped' : 'guarded' };
}

function isOneLine(node: ts.Node, unit: Unit): boolean {
  return !unit.source(node).includes('\n');
}

function hasComment(body: ts.Block, only: ts.Statement, unit: Unit): boolean {
  const block = unit.range(body);
  const inner = unit.range(only);
  return /\/[/*]/.test(unit.text.slice(block.start, inner.start) + unit.text.slice(inner.end, block.end));
}

/** Turns a loop over chunks into one over events. */
export function readEvents(statement: ts.ForOfStatement, unit: Unit, stops: ReadContext): Change | undefined {
  const { world } = stops;
  const reads = chunkReads(statement, world);
  const layout = reads && layoutOf(statement, reads, world);
  const declaration = (statement.initializer as ts.VariableDeclarationList).declarations[0];
  if (!layout || layout.kind === 'empty' || !declaration) return undefined;
  const event = eventName(declaration.name, statement);
  const names = [declaration.name, ...reads.tests].map((each): Edit => ({ range: unit.range(each), pieces: [event] }));
  const { edits, statements } = textEdits(declaration, reads, event, layout, statement, unit);
  return {
    at: statement.expression,
    edits: [
      ...names,
      ...layoutEdits(statement, layout, event, statements, unit, world),
      ...edits,
      ...spaceEdits(reads, unit, stops),
      ...reasonEdits(reads, event, unit, stops),
    ],
  };
}

/** What the loop's variable is called: `event`, where nothing else is; else as before. */
function eventName(name: ts.BindingName, statement: ts.ForOfStatement): string {
  if (!ts.isIdentifier(name)) return freshName(statement, ['event', 'streamEvent']);
  return name.text === 'event' || freshName(statement, ['event']) !== 'event' ? name.text : 'event';
}

/** Calls that cut off the space that the first chunk began with. */
function spaceEdits({ texts }: ChunkReads, unit: Unit, { isText, world }: ReadContext): readonly Edit[] {
  const isAnyText = (node: ts.Expression): boolean => texts.includes(node) || isText(node);
  return texts.flatMap((read) => [...dropSlice(read, unit), ...dropSliceLater(read, isAnyText, unit, world)]);
}

function reasonEdits({ reasons }: ChunkReads, event: string, unit: Unit, stops: ReadContext): readonly Edit[] {
  const context: ReadContext = { ...stops, isStopReason: (node) => reasons.includes(node) || stops.isStopReason(node) };
  const isAsserted = (read: ts.Expression): boolean =>
    wasNeverNull(unit, stops.world) && refusesNull(read, stops.world);
  return reasons.flatMap((read) => {
    const reason = `${event}.delta.stop_reason${isAsserted(read) ? '!' : ''}`;
    const own = readerEdits(read, context);
    if (own) return [...own, replaced(read, reason, unit)];
    const mapped = mapBack(read, unit, stops.world);
    return [
      { range: mapped.range, pieces: [labelOf(read), ...mapped.pieces] },
      { range: unit.range(read), pieces: [reason] },
    ];
  });
}

interface TextEdits {
  readonly edits: readonly Edit[];
  /** Statements that give the text a name at the start of the loop. */
  readonly statements: readonly string[];
}

function textEdits(
  declaration: ts.VariableDeclaration,
  reads: ChunkReads,
  event: string,
  layout: Layout,
  loop: ts.ForOfStatement,
  unit: Unit,
): TextEdits {
  const text = `${event}.delta.text`;
  if (!ts.isIdentifier(declaration.name)) {
    const [element] = declaration.name.elements as ts.NodeArray<ts.BindingElement>;
    if (layout.kind !== 'guarded' && !reads.isCaptured)
      return { edits: reads.texts.map((read) => replaced(read, text, unit)), statements: [] };
    return { edits: [], statements: [`const ${element ? unit.source(element.name) : 'completion'} = ${text}`] };
  }
  const named = reads.patterns.map((each) => nameText(each, text, unit));
  const direct = reads.texts.filter((read) => !ts.isIdentifier(read));
  if (!reads.isCaptured || direct.length === 0)
    return { edits: [...named, ...direct.map((read) => replaced(read, text, unit))], statements: [] };
  const name = freshName(loop, ['text', 'completion', 'piece']);
  return {
    edits: [...named, ...direct.map((read) => replaced(read, name, unit))],
    statements: [`const ${name} = ${text}`],
  };
}

/** `const { completion } = chunk;` becomes `const completion = event.delta.text;`. */
function nameText(declaration: ts.VariableDeclaration, text: string, unit: Unit): Edit {
  const [element] = (declaration.name as ts.ObjectBindingPattern).elements;
  return { range: unit.range(declaration), pieces: [`${element ? unit.source(element.name) : ''} = ${text}`] };
}

function replaced(read: ts.Expression, text: string, unit: Unit): Edit {
  return { range: unit.range(read), pieces: [labelOf(read) + text] };
}

function layoutEdits(
  loop: ts.ForOfStatement,
  layout: Layout,
  event: string,
  statements: readonly string[],
  unit: Unit,
  world: World,
): readonly Edit[] {
  if (layout.kind === 'branches') return branchEdits(layout.branches, event, unit, world);
  const body = loop.statement;
  const { quote, indent, semicolon } = unit.style;
  const [delta, text] = [`${quote}content_block_delta${quote}`, `${quote}text_delta${quote}`];
  const test = `if (${event}.type === ${delta} && ${event}.delta.type === ${text})`;
  const base = indentAt(unit.text, unit.range(loop).start);
  const range = unit.range(body);
  if (layout.kind === 'guarded' || statements.length > 0) {
    const added = [`if (${event}.type !== ${delta} || ${event}.delta.type !== ${text}) continue`, ...statements];
    if (ts.isBlock(body))
      return [
        insertFirst(
          body,
          added.map((each) => [each]),
          unit,
        ),
      ];
    const inner = `\n${base}${indent}`;
    return [
      { range: gapBefore(body, unit), pieces: [` {${added.map((each) => inner + each + semicolon).join('')}${inner}`] },
      after(range.end, `\n${base}}`),
    ];
  }
  if (!ts.isBlock(body)) {
    return [{ range: gapBefore(body, unit), pieces: [` {\n${base}${indent}${test} `] }, after(range.end, `\n${base}}`)];
  }
  const only = body.statements[0] as ts.Statement;
  const inner = unit.range(only);
  if (layout.kind === 'line') return [{ range: { start: inner.start, end: inner.start }, pieces: [`${test} `] }];
  const own = indentAt(unit.text, inner.start);
  return [{ range: inner, pieces: [`${test} {\n${own}${indent}`, inner, `\n${own}}`] }];
}

function gapBefore(body: ts.Statement, unit: Unit): { start: number; end: number } {
  const { start } = unit.range(body);
  return { start: unit.text.slice(0, start).trimEnd().length, end: start };
}

function after(at: number, text: string): Edit {
  return { range: { start: at, end: at }, pieces: [text] };
}
