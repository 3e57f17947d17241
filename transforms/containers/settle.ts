import type { FlatEdit } from '../../src/edits/edit.js';
import { endOf, holds, partOf, rangeIn, type Part, type Program } from './program.js';

/**
 * The edits of a program as they fit its host: what is added at the end, or above all code of a notebook, stands with the first
 * code that changes; what is implied needs no change; lines end where the host needs it, and are indented as all others are.
 */
export function settle(program: Program, edits: readonly FlatEdit[]): readonly FlatEdit[] {
  const { parts, text } = program;
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last) return edits;
  const isBehind = ({ range }: FlatEdit): boolean => range.start === text.length;
  const isAbove = (edit: FlatEdit): boolean =>
    program.kind === 'notebook' &&
    isLines(edit) &&
    !/^\s*(?:import|from)\b/.test(edit.text) &&
    HEADER.test(text.slice(0, edit.range.start));
  const changed = parts.find((part) =>
    edits.some((edit) => !isBehind(edit) && !isAbove(edit) && holds(part, edit.range)),
  );
  const header = edits.filter((edit) => isAbove(edit) && !(changed && holds(changed, edit.range)));
  const lines =
    header.length > 0 ? [above(changed ?? first, header.map((edit) => edit.text.trim()).join('\n\n\n'))] : [];
  return [...lines, ...edits.filter((edit) => !header.includes(edit))]
    .flatMap((edit) => {
      if (isBehind(edit)) return [behind(changed ?? last, edit.text)];
      if (edit.range.start >= program.tail) return [];
      if (edit.range.start >= first.start) return [edit];
      // Lines behind what is implied stand at the beginning of what is there.
      return isLines(edit) ? [{ ...edit, range: { start: first.start, end: first.start } }] : [];
    })
    .map((edit) => fitted(clipped(joined(edit, program), program), program))
    .sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

/** Comments and empty lines, which may be lines for the shell. */
const HEADER = /^(?:[ \t]*(?:#.*)?\r?\n)*$/;
/** The same, and imports on one line. */
const IMPORTS = /^(?:[ \t]*(?:#.*|import\b.*|from\b[^(\\\n]*)?\n)*/;

/** Whether an edit adds whole lines of code. */
function isLines({ range, text }: FlatEdit): boolean {
  return range.start === range.end && text.endsWith('\n') && !/^\s*# TODO\(/.test(text);
}

/** Lines behind the imports that a cell begins with. */
function above({ start, region }: Part, text: string): FlatEdit {
  const imports = (IMPORTS.exec(region.text)?.[0] ?? '').replace(/\n+$/, '\n');
  const at = start + (imports === '\n' ? 0 : imports.length);
  const isTight = region.text[at - start] !== '\n';
  return { range: { start: at, end: at }, text: `${at === start ? '' : '\n\n'}${text}\n${isTight ? '\n\n' : ''}` };
}

/** Code behind the last line of a region, which may not be ended, with the empty line that it begins with. */
function behind(part: Part, text: string): FlatEdit {
  const isOpen = part.region.style.end === 'string' && !part.region.text.endsWith('\n');
  const end = endOf(part);
  return { range: { start: end, end }, text: isOpen && /^\n[^\n]/.test(text) ? `\n${text}` : text };
}

/** Lines that are added between two regions stand at the end of the one above, below its last line. */
function joined(edit: FlatEdit, program: Program): FlatEdit {
  const { start, end } = edit.range;
  if (start !== end || partOf(edit.range, program)) return edit;
  const part = program.parts.findLast((each) => endOf(each) < start);
  if (!part || program.text.slice(endOf(part), start).trim() !== '') return edit;
  const isOpen = !part.region.text.endsWith('\n');
  return {
    range: { start: endOf(part), end: endOf(part) },
    text: (isOpen ? '\n' : '') + edit.text.replace(/\n+$/, '\n'),
  };
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
  const { start, end } = rangeIn(part, edit.range);
  const beginsLine = start === 0 || region.text[start - 1] === '\n';
  const code = start === end && beginsLine ? indented(edit.text, region.text) : edit.text;
  const fit = (from: number, text: string): FlatEdit => ({
    range: { start: part.start + from, end: part.start + end },
    text,
  });
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
