import type { Range } from '../../src/edits/edit.js';

/** A `<script>` element. */
export interface Script {
  /** Its code, between the tags. */
  readonly content: Range;
  readonly whole: Range;
  /** The `lang` attribute; empty without one. */
  readonly lang: string;
  /** Whether it is code of the component, and no data or code of another origin. */
  readonly isOfComponent: boolean;
  /** Astro: sent to the browser as it is. */
  readonly isInline: boolean;
  /** A script sees the names of those that are less deep. */
  readonly depth: number;
}

export interface Elements {
  readonly scripts: readonly Script[];
  /** Styles and comments. */
  readonly others: readonly Range[];
}

const OPENING = /<!--|<(script|style)((?:\s(?:[^>"']|"[^"]*"|'[^']*')*)?)>/gi;
const ATTRIBUTE = /([\w:@.-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
/** Types of scripts that are programs. */
const PROGRAM = /^(?:|module|(?:text|application)\/(?:javascript|ecmascript|typescript))$/;

/** The scripts of a component; a script in a comment is none. */
export function scriptsIn(text: string): Elements {
  const scripts: Script[] = [];
  const others: Range[] = [];
  const opening = new RegExp(OPENING);
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const [tag, name, attributes = ''] = match;
    const start = match.index;
    const inner = start + tag.length;
    if (attributes.endsWith('/')) continue;
    const closing = name === undefined ? /-->/g : new RegExp(`</${name}\\s*>`, 'gi');
    closing.lastIndex = inner;
    const close = closing.exec(text);
    const content = { start: inner, end: close?.index ?? text.length };
    const whole = { start, end: close ? close.index + close[0].length : text.length };
    if (name?.toLowerCase() === 'script') scripts.push({ content, whole, ...describe(attributes) });
    else others.push(whole);
    opening.lastIndex = whole.end;
  }
  return { scripts, others };
}

/** The one of some groups of an expression that matched; empty without one. */
export function given(...groups: readonly (string | undefined)[]): string {
  return groups.find((group) => group !== undefined) ?? '';
}

function describe(attributes: string): Pick<Script, 'lang' | 'isOfComponent' | 'isInline' | 'depth'> {
  const values = new Map(
    [...attributes.matchAll(ATTRIBUTE)].map(([, name = '', double, single, bare]) => [
      name,
      given(double, single, bare),
    ]),
  );
  return {
    lang: values.get('lang') ?? '',
    isOfComponent: !values.has('src') && PROGRAM.test(values.get('type') ?? ''),
    isInline: values.has('is:inline'),
    depth: values.get('context') === 'module' || values.has('module') ? 0 : values.has('setup') ? 2 : 1,
  };
}
