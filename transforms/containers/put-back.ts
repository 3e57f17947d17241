import { diffWordsWithSpace } from 'diff';
import { applyFlat } from '../../src/edits/apply.js';
import type { FlatEdit, Range } from '../../src/edits/edit.js';
import type { Part, Program } from './program.js';
import type { Region } from './region.js';

/**
 * The edits of a program as they fit its host: what is added behind the end goes behind the first region that changes (a
 * document shows it there, a notebook runs it there), what is implied needs no change, lines end where the host needs it, and are indented as all others are.
 */
export function settle(program: Program, edits: readonly FlatEdit[]): readonly FlatEdit[] {
  const { parts } = program;
  const last = parts.at(-1);
  if (!last) return edits;
  const isBehind = ({ range }: FlatEdit): boolean => range.start === program.text.length;
  const beginning = parts[0]?.start ?? 0;
  const isImplied = (edit: FlatEdit): boolean => edit.range.start < beginning || (edit.range.start >= program.tail && !isBehind(edit));
  const changed = parts.find((part) => edits.some((edit) => !isBehind(edit) && holds(part, edit.range))) ?? last;
  const moved = edits.flatMap((edit) => {
    if (isBehind(edit)) return [behind(changed, edit.text)];
    if (!isImplied(edit)) return [edit];
    // Lines behind what is implied stand at the beginning of what is there.
    const isLine = edit.range.start === edit.range.end && edit.range.start < beginning && edit.text.endsWith('\n');
    return isLine ? [{ ...edit, range: { start: beginning, end: beginning } }] : [];
  });
  return moved
    .map((edit) => fitted(clipped(edit, program), program))
    .sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

/** What becomes of one region. */
export interface PlacedPart {
  readonly region: Region;
  /** Its new text. */
  readonly text: string;
  /** In the host. */
  readonly edits: readonly FlatEdit[];
}

/** Settled edits in the host, by region; undefined where one touches what is not in the host, or is something else there. */
export function putBack(program: Program, edits: readonly FlatEdit[]): readonly PlacedPart[] | undefined {
  const byPart = new Map<Part, FlatEdit[]>();
  for (const edit of edits.flatMap((each) => refined(each, program))) {
    const part = partOf(edit.range, program);
    const range = part && within(part, edit.range);
    if (!part || !range || part.region.isMasked(range)) return undefined;
    byPart.set(part, [...(byPart.get(part) ?? []), { range, text: edit.text }]);
  }
  return program.parts.flatMap((part) => {
    const own = byPart.get(part);
    if (!own) return [];
    const { region } = part;
    return [{ region, text: applyFlat(region.text, own), edits: own.map((edit) => placedIn(region, edit, program.host.text)) }];
  });
}

/** Where a place of a program stands in its host; what is not in the host stands where the nearest code before it ends. */
export function hostRange(program: Program, { start, end }: Range): Range {
  const from = hostOffset(program, start);
  return { start: from, end: start === end ? from : Math.max(from, hostOffset(program, end - 1) + 1) };
}

function hostOffset({ parts }: Program, offset: number): number {
  const part = parts.findLast(({ start }) => start <= offset) ?? parts[0];
  if (!part) return 0;
  const { region, start } = part;
  return region.at(Math.min(Math.max(offset - start, 0), region.text.length));
}

function endOf({ start, region }: Part): number {
  return start + region.text.length;
}

function holds(part: Part, { start, end }: Range): boolean {
  return part.start <= start && end <= endOf(part);
}

/** The region that a range lies in. */
function partOf(range: Range, { parts }: Program): Part | undefined {
  return parts.find((part) => holds(part, range));
}

/** A range of a program in the text of one of its regions. */
function within({ start, region }: Part, range: Range): Range {
  const inside = (offset: number): number => Math.min(Math.max(offset - start, 0), region.text.length);
  return { start: inside(range.start), end: inside(range.end) };
}

/** Code behind the last line of a region, which may not be ended, with the empty line that it begins with. */
function behind(part: Part, text: string): FlatEdit {
  const isOpen = part.region.style.end === 'string' && !part.region.text.endsWith('\n');
  const end = endOf(part);
  return { range: { start: end, end }, text: isOpen && /^\n[^\n]/.test(text) ? `\n${text}` : text };
}

/** What an edit takes of the white space between regions is there again when they are cut. */
function clipped(edit: FlatEdit, { parts, text }: Program): FlatEdit {
  const { start, end } = edit.range;
  const part = parts.find((each) => each.start <= start && start < endOf(each));
  if (!part || end <= endOf(part) || text.slice(endOf(part), end).trim() !== '') return edit;
  return { ...edit, range: { start, end: endOf(part) } };
}

/** Makes an edit leave lines as its region's host needs them. */
function fitted(edit: FlatEdit, program: Program): FlatEdit {
  const part = partOf(edit.range, program);
  if (!part) return edit;
  const { region } = part;
  const { start, end } = within(part, edit.range);
  const beginsLine = start === 0 || region.text[start - 1] === '\n';
  const code = start === end && beginsLine ? indented(edit.text, region.text) : edit.text;
  const fit = (from: number, text: string): FlatEdit => ({ range: { start: part.start + from, end: part.start + end }, text });
  if (end < region.text.length || region.style.end === 'inline') return fit(start, code);
  const isEnded = code === '' ? beginsLine : code.endsWith('\n');
  if (region.style.end === 'line') return fit(start, isEnded ? code : `${code}\n`);
  if (code === '') return fit(beginsLine && start > 0 ? start - 1 : start, code);
  return fit(start, code.replace(/\n$/, ''));
}

/** Whole lines that are added, with the white space that all lines of the region begin with. */
function indented(code: string, around: string): string {
  const [indent = ''] = /^[ \t]*/.exec(/^.*\S/m.exec(around)?.[0] ?? '') ?? [];
  const isCommon = around.split('\n').every((line) => line.trim() === '' || line.startsWith(indent));
  return indent === '' || !isCommon || !code.endsWith('\n') ? code : code.replace(/^(?=[^\r\n])/gm, indent);
}

/** An edit in parts that leave alone what stays the same in it, where the host spells that in another way. */
function refined(edit: FlatEdit, { text, parts, host }: Program): readonly FlatEdit[] {
  const { start, end } = edit.range;
  const before = text.slice(start, end);
  const part = parts.find((each) => holds(each, edit.range));
  if (part) {
    const inside = within(part, edit.range);
    const isSame = host.text.slice(part.region.at(inside.start), part.region.at(inside.end)) === before;
    if (isSame && !part.region.isMasked(inside)) return [edit];
  }
  const found: FlatEdit[] = [];
  let at = start;
  let last: FlatEdit | undefined;
  for (const { value, added, removed } of diffWordsWithSpace(before, edit.text)) {
    if (!added && !removed) {
      at += value.length;
      last = undefined;
      continue;
    }
    const next: FlatEdit = {
      range: { start: last?.range.start ?? at, end: removed ? at + value.length : at },
      text: (last?.text ?? '') + (added ? value : ''),
    };
    if (last) found.pop();
    found.push(next);
    last = next;
    if (removed) at += value.length;
  }
  return found;
}

/** An edit of a region in its host. */
function placedIn(region: Region, { range, text }: FlatEdit, host: string): FlatEdit {
  const isAtEnd = range.end === region.text.length && region.style.end === 'line';
  const beginsLine = range.start === 0 || region.text[range.start - 1] === '\n';
  const at = region.at(range.start);
  const line = host.lastIndexOf('\n', at - 1) + 1;
  const start = isAtEnd && text === '' && beginsLine ? line : at;
  const last = isAtEnd ? (/\r?\n$/.exec(text)?.[0] ?? '') : '';
  const body = region.style.spell(text.slice(0, text.length - last.length), isEmptyAt(region.text.slice(range.end)));
  return { range: { start, end: region.at(range.end) }, text: (beginsLine && start === at ? missingPrefix(region, { range, text }, host.slice(line, at)) : '') + body + last };
}

/** Whether a text begins with an empty line. */
function isEmptyAt(text: string): boolean {
  return /^(?:\r?\n|$)/.test(text);
}

/** What an empty line, or the end, lacks of what stands before code: there it has no trailing space, or nothing yet. */
function missingPrefix({ text: code, style: { prefix } }: Region, { range, text }: FlatEdit, present: string): string {
  if (!isEmptyAt(code.slice(range.start)) || (range.start === range.end && text === '')) return '';
  const needed = isEmptyAt(text + code.slice(range.end)) ? prefix.trimEnd() : prefix;
  return needed.startsWith(present) ? needed.slice(present.length) : '';
}
