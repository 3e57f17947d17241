/** Beyond this nobody wrote a file by hand, and parsing it would take the time of all others together. */
const LARGEST = 2_000_000;

/** Why a file is nobody's own source, as the end of a sentence; undefined for what looks written by a person. */
export function whyGenerated(path: string, text: string): string | undefined {
  if (/[.-]min\.[cm]?[jt]sx?$/.test(path)) return 'minified, by its name';
  if (text.length > LARGEST) return `larger than ${LARGEST / 1_000_000} MB`;
  if (saysSo(text.slice(0, 2_000))) return 'generated, as its first lines say';
  if (/^\/[/*][#@] sourceMappingURL=/m.test(text)) return 'build output: it ends in a source map';
  if (/\b__webpack_require__\b/.test(text)) return 'a bundle of webpack';
  if (text.split('\n').some(isMinified)) return 'minified: it has very long lines of code';
  return undefined;
}

/** Markers that generators agree on: `@generated`, and Go's `Code generated ... DO NOT EDIT`; in a comment only. */
function saysSo(head: string): boolean {
  return /^\s*(?:\/\/|\/?\*|#|<!--).*(?:@generated\b|\bgenerated\b.*\bdo not edit\b)/im.test(head);
}

/** A long line of code without the white space that people put between its words: prose and base64 are not that. */
function isMinified(line: string): boolean {
  if (line.length < 2_000) return false;
  const spaces = line.match(/\s/g)?.length ?? 0;
  const signs = line.match(/[;{}(),:=]/g)?.length ?? 0;
  return spaces / line.length < 0.07 && signs / line.length > 0.06;
}
