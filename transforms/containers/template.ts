import type { Range } from '../../src/edits/edit.js';
import { given } from './scripts.js';

export type TemplateKind = 'vue' | 'svelte' | 'astro';

const VUE = /\{\{([\s\S]*?)\}\}|\s(?:v-|[:@#])[^\s=>]*\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const NAME = /(?<![\w$.])[A-Za-z_$][\w$]*/g;
const RESERVED = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export extends false finally for function if import in ' +
    'instanceof let new null return static super switch this throw true try typeof var void while with yield'
  ).split(' '),
);
/** `:answer` alone reads the name that it gives a value to. */
const SHORTHAND = /\s:([a-z][\w-]*)(?=[\s/>])/g;

/** The names that the expressions of a template may read; rather too many, as words of texts among them do no harm. */
export function namesInTemplate(template: string, kind: TemplateKind): readonly string[] {
  const expressions = kind === 'vue' ? inBindings(template) : [inBraces(template)];
  const names = expressions.flatMap((expression) => expression.match(NAME) ?? []);
  // A store of Svelte is read by its name with a dollar.
  const stores =
    kind === 'svelte' ? names.flatMap((name) => (name.startsWith('$') && name.length > 1 ? [name.slice(1)] : [])) : [];
  return [...new Set([...names, ...stores])].filter((name) => !RESERVED.has(name)).sort();
}

/** The text without some ranges of it. */
export function withoutRanges(text: string, ranges: readonly Range[]): string {
  let left = '';
  let at = 0;
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    left += `${text.slice(at, start)}\n`;
    at = Math.max(at, end);
  }
  return left + text.slice(at);
}

function inBindings(template: string): readonly string[] {
  const bound = [...template.matchAll(VUE)].map(([, mustache, double, single]) => given(mustache, double, single));
  const shorthand = [...template.matchAll(SHORTHAND)].map(([, name = '']) =>
    name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
  );
  return [...bound, ...shorthand];
}

/** All that stands in curly braces. */
function inBraces(template: string): string {
  let depth = 0;
  let found = '';
  for (const character of template) {
    if (character === '{') depth += 1;
    if (character === '}' && depth > 0) depth -= 1;
    found += depth > 0 ? character : ' ';
  }
  return found;
}
