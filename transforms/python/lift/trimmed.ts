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

/** Text without the margin that its lines share; only where no value could change what they share. */
export function dedented(parts: Parts, name: string): Parts | undefined {
  const whole = wholeText(parts);
  if (whole === undefined) return undefined;
  const lines = whole.split('\n').map((line) => (line.trim() === '' ? '' : line));
  const margins = (name === 'inspect.cleandoc' ? lines.slice(1) : lines)
    .filter((line) => line !== '')
    .map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  if (margins.some((margin) => margin.includes('\t'))) return undefined;
  const margin = Math.min(...margins.map(({ length }) => length));
  const body = lines
    .map((line, index) => (name === 'inspect.cleandoc' && index === 0 ? line.trimStart() : line.slice(margin)))
    .join('\n');
  return [{ kind: 'text', text: name === 'inspect.cleandoc' ? body.replace(/^\n+|\n+$/g, '') : body }];
}
