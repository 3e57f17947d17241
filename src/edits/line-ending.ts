export type LineEnding = '\n' | '\r\n';

/** The line ending that most lines of a text have; `\n` on a tie and for a text of one line. */
export function lineEndingOf(text: string): LineEnding {
  const all = text.match(/\n/g)?.length ?? 0;
  const windows = text.match(/\r\n/g)?.length ?? 0;
  return windows > all - windows ? '\r\n' : '\n';
}

/** New text as a file with this line ending holds it. Text that already has `\r\n` is left as it is. */
export function withLineEnding(text: string, ending: LineEnding): string {
  return ending === '\n' ? text : text.replace(/\r?\n/g, ending);
}
