import type { Edit, FlatEdit } from './edit.js';
import { flatten } from './render.js';

/** The text with the edits carried out. Throws EditConflict as `flatten` does. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return applyFlat(text, flatten(text, edits));
}

/** The text with flat edits carried out. They are sorted and do not overlap, as `flatten` returns them. */
export function applyFlat(text: string, edits: readonly FlatEdit[]): string {
  const parts: string[] = [];
  let copied = 0;
  for (const { range, text: replacement } of edits) {
    parts.push(text.slice(copied, range.start), replacement);
    copied = range.end;
  }
  parts.push(text.slice(copied));
  return parts.join('');
}
