import type { Leaf } from '../manifests/leaf.js';

const LINE = /^([ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*)(["']?)([^\s"'#]*)\3[ \t]*(?:#.*)?$/gm;

/** The variables of a file like `.env.example`, one a line. */
export function envLeaves(text: string): readonly Leaf[] {
  return [...text.matchAll(LINE)].map((match) => {
    const [, before = '', name = '', quote = '', value = ''] = match;
    const start = match.index + before.length + quote.length;
    return { keys: [name], value, range: { start, end: start + value.length }, print: (other) => other };
  });
}
