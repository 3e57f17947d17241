import { diffWordsWithSpace } from 'diff';
import { applyFlat } from '../../src/edits/apply.js';
import type { FlatEdit, Range } from '../../src/edits/edit.js';
import { holds, partOf, rangeIn, type Part, type Program } from './program.js';
import type { Region } from './region.js';

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
    const range = part && rangeIn(part, edit.range);
    if (!part || !range || part.region.isMasked(range)) return undefined;
    byPart.set(part, [...(byPart.get(part) ?? []), { range, text: edit.text }]);
  }
  return program.parts.flatMap((part) => {
    const own = byPart.get(part);
    if (!own) return [];
    const { region } = part;
    return [
      {
        region,
        text: applyFlat(region.text, own),
        edits: own.map((edit) => placedIn(region, edit, program.host.text)),
      },
    ];
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

/** An edit in parts that leave alone what stays the same in it, where the host spells that in another way. */
function refined(edit: FlatEdit, { text, parts, host }: Program): readonly FlatEdit[] {
  const { start, end } = edit.range;
  const before = text.slice(start, end);
  const part = parts.find((each) => holds(each, edit.range));
  if (part) {
    const inside = rangeIn(part, edit.range);
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
  return {
    range: { start, end: region.at(range.end) },
    text:
      (beginsLine && start === at ? missingPrefix(region, { range, text }, host.slice(line, at)) : '') + body + last,
  };
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
