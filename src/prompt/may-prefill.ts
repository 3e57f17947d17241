import type { Part } from './parts.js';

/** Stands for a value; no prompt has this character. */
const VALUE = '\u0000';
/** So many ways through a prompt are looked at; one with more may do anything. */
const MOST_WAYS = 64;

/** Whether a prompt that only the running program can take apart may end in text which the answer continues. */
export function mayPrefill<H>(parts: readonly Part<H>[]): boolean {
  const ways = waysThrough(parts);
  return ways === undefined || ways.some(endsInText);
}

/** The text of every way through some parts; undefined where there are too many. */
function waysThrough<H>(parts: readonly Part<H>[]): readonly string[] | undefined {
  let ways: readonly string[] = [''];
  for (const part of parts) {
    const next = waysOf(part);
    if (next === undefined || ways.length * next.length > MOST_WAYS) return undefined;
    ways = ways.flatMap((way) => next.map((text) => way + text));
  }
  return ways;
}

function waysOf<H>(part: Part<H>): readonly string[] | undefined {
  if (part.kind === 'text') return [part.text];
  if (part.kind === 'hole') return [VALUE];
  if (part.kind === 'repeat') {
    const once = waysThrough(part.body);
    return once && ['', ...once];
  }
  const [then, otherwise] = [waysThrough(part.then), waysThrough(part.else)];
  return then && otherwise && [...new Set([...then, ...otherwise])];
}

/** Whether text stands right after the last Assistant marker; what a value there means is not asked here. */
function endsInText(way: string): boolean {
  const at = Math.max(way.lastIndexOf('\n\nAssistant:'), way.startsWith('Assistant:') ? 0 : -1);
  if (at < 0 || way.lastIndexOf('\n\nHuman:') > at) return false;
  const [end = ''] = way.slice(way.indexOf(':', at) + 1).split(VALUE);
  return end.trim() !== '';
}
