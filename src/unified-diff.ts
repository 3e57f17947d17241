import { structuredPatch } from 'diff';
import type { FileChange } from './verify.js';

/** The changes as `git diff` prints them, so that `git apply` and `patch -p1` take them. Paths are relative to the root. */
export function unifiedDiff(changes: readonly FileChange[]): string {
  return changes.map(fileDiff).join('');
}

function fileDiff({ path, before, after, bom }: FileChange): string {
  const mark = bom ? '\uFEFF' : '';
  const patch = structuredPatch(path, path, before === null ? '' : mark + before, mark + after, undefined, undefined, {
    context: 3,
  });
  const header = [`diff --git ${quoted(`a/${path}`)} ${quoted(`b/${path}`)}`];
  if (before === null) header.push('new file mode 100644');
  if (patch.hunks.length > 0) {
    header.push(`--- ${before === null ? '/dev/null' : named(`a/${path}`)}`, `+++ ${named(`b/${path}`)}`);
  }
  const hunks = patch.hunks.flatMap((hunk) => [
    `@@ -${span(hunk.oldStart, hunk.oldLines)} +${span(hunk.newStart, hunk.newLines)} @@`,
    ...hunk.lines,
  ]);
  return [...header, ...hunks].map((line) => `${line}\n`).join('');
}

/** A side of a hunk without lines begins at the line before it. */
function span(start: number, lines: number): string {
  if (lines === 0) return `${start - 1},0`;
  return lines === 1 ? `${start}` : `${start},${lines}`;
}

/** A name in a `---` or `+++` line: a tab ends one with spaces, as what follows a space could be a date. */
function named(name: string): string {
  return quoted(name) + (name.includes(' ') ? '\t' : '');
}

/** A path as git prints it (core.quotePath): in quotes with octal bytes, where it holds anything but printable ASCII. */
function quoted(path: string): string {
  if (/^[\x20-\x7E]*$/.test(path) && !/["\\]/.test(path)) return path;
  const bytes = [...Buffer.from(path)].map((byte) => {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === '\\') return `\\${character}`;
    if (byte >= 0x20 && byte < 0x7f) return character;
    return ESCAPES[character] ?? `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `"${bytes.join('')}"`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
};
