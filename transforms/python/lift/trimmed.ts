import type { Parts } from './handle.js';

/** The text of parts all of which are text. */
export function wholeText(parts: Parts): string | undefined {
  const texts = parts.map((part) => (part.kind === 'text' ? part.text : undefined));
  return texts.every((each) => each !== undefined) ? texts.join('') : undefined;
}

/** `.strip()` of text whose ends are seen. */
export function stripped(parts: Parts, name: string): Parts | undefined {
  const rest = [...parts];
  const trim = (end: 'first' | 'last'): boolean => {
    for (;;) {
      const part = end === 'first' ? rest[0] : rest.at(-1);
      if (part?.kind !== 'text') return false;
      const trimmed = end === 'first' ? part.text.trimStart() : part.text.trimEnd();
      if (trimmed !== '') {
        rest[end === 'first' ? 0 : rest.length - 1] = { kind: 'text', text: trimmed };
        return true;
      }
      if (end === 'first') rest.shift();
      else rest.pop();
    }
  };
  const isFirst = name === 'rstrip' || trim('first');
  return isFirst && (name === 'lstrip' || trim('last')) ? rest : undefined;
}

/** `inspect.cleandoc` of text that is seen whole: tabs of values would become spaces too. */
export function cleaned(parts: Parts): Parts | undefined {
  const whole = wholeText(parts);
  if (whole === undefined || whole.includes('\t')) return undefined;
  const lines = whole.split('\n');
  const margins = lines
    .slice(1)
    .filter((line) => line.trim() !== '')
    .map((line) => /^ */.exec(line)?.[0].length ?? 0);
  const margin = margins.length === 0 ? 0 : Math.min(...margins);
  const body = lines.map((line, index) => (index === 0 ? line.trimStart() : line.slice(margin))).join('\n');
  return [{ kind: 'text', text: body.replace(/^\n+|\n+$/g, '') }];
}
