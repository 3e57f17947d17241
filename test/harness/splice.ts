import type { FlatEdit } from '../../src/edits/edit.js';

/**
 * The text with edits carried out, from the last to the first: a second opinion beside the tool's own way.
 * Throws for edits that are not sorted, overlap or leave the text.
 */
export function splice(text: string, edits: readonly FlatEdit[]): string {
  let free = text.length;
  let result = text;
  for (const { range, text: replacement } of [...edits].reverse()) {
    if (range.start > range.end || range.end > free)
      throw new Error(`edit at ${range.start} is out of order or overlaps`);
    result = result.slice(0, range.start) + replacement + result.slice(range.end);
    free = range.start;
  }
  return result;
}
