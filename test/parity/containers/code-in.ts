/** Which code of which file is run: `guide.md.ts` is all TypeScript in guide.md as one program, `guide.md#2.ts` its second fence. */
export interface CodeEntry {
  /** The file that holds the code. */
  readonly host: string;
  /** The number of the only region, from 1 on; all of them where it is undefined. */
  readonly region: number | undefined;
  /** `.py`, `.ts` and so on. */
  readonly ending: string;
}

export function readEntry(entry: string): CodeEntry {
  const match = /^(.+?\.(?:ipynb|mdx?|vue|svelte|astro))(?:#(\d+))?(\.\w+)$/.exec(entry);
  if (!match) throw new Error(`${entry} names no code in a file, such as guide.md.ts or guide.md#2.ts`);
  const [, host = '', region, ending = ''] = match;
  return { host, region: region === undefined ? undefined : Number(region), ending };
}

/**
 * The code that a file holds, cut out by rules of its own: what runs must not depend on how the tool finds regions.
 * Throws where there is none.
 */
export function codeIn({ host, region, ending }: CodeEntry, text: string): string {
  const regions = host.endsWith('.ipynb') ? cells(text) : /\.mdx?$/.test(host) ? fences(text, ending) : scripts(text);
  const chosen = region === undefined ? regions : regions.slice(region - 1, region);
  if (chosen.length === 0) throw new Error(`${host} holds no such code`);
  return chosen.join('\n');
}

interface Notebook {
  readonly cells: readonly { readonly cell_type: string; readonly source: string | readonly string[] }[];
}

/** The code cells without what only IPython knows: `%time`, `!ls` and its further lines, and whole cells under `%%bash`. */
function cells(text: string): readonly string[] {
  const notebook = JSON.parse(text) as Notebook;
  return notebook.cells
    .filter(({ cell_type }) => cell_type === 'code')
    .map(({ source }) => (typeof source === 'string' ? source : source.join('')))
    .filter((source) => !/^%%(?:bash|sh|html|javascript|writefile)\b/.test(source))
    .map((source) => source.replace(/^[ \t]*[%!](?:.*\\\r?\n)*.*(?:\r?\n|$)/gm, ''));
}

const TAGS: Readonly<Record<string, RegExp>> = {
  '.py': /^(?:py|python|python3)$/,
  '.ts': /^(?:ts|typescript)$/,
  '.js': /^(?:js|javascript)$/,
  '.mjs': /^(?:js|javascript|mjs)$/,
};

/** The fences of a language; one in a list or a quote without what stands before each of its lines. */
function fences(text: string, ending: string): readonly string[] {
  const found: string[] = [];
  const pattern = /^([ \t>]*)(`{3,}|~{3,})(\w*)[^\n]*\n([\s\S]*?)^[ \t>]*\2/gm;
  for (const [, prefix = '', , tag = '', body = ''] of text.matchAll(pattern)) {
    if (TAGS[ending]?.test(tag) !== true) continue;
    found.push(
      body
        .split('\n')
        .map((line) => (line.startsWith(prefix) ? line.slice(prefix.length) : line.replace(/^[ \t>]+/, '')))
        .join('\n'),
    );
  }
  return found;
}

/** The scripts of a component, or what stands between the dashes of an Astro file. */
function scripts(text: string): readonly string[] {
  const front = /^---\r?\n([\s\S]*?)^---/m.exec(text)?.[1];
  const inTags = [...text.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map(([, body = '']) => body);
  return [...(front === undefined ? [] : [front]), ...inTags];
}
