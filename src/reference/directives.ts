import { isErrorType, type ErrorType } from './api-error.js';

/** What a prompt tells the reference model to do; nothing where it holds no directive. */
export type Directive =
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'refuse' }
  | { readonly kind: 'overflow' }
  | { readonly kind: 'error'; readonly type: ErrorType };

const OPENING = /\[\[(say:|(?:refuse|overflow)(?=\]\])|error:)/g;

/**
 * The last directive of a text: `[[say: TEXT]]`, `[[refuse]]`, `[[overflow]]` or `[[error: TYPE]]`.
 * TEXT may hold balanced brackets and the escapes \n \r \t \\ \[ \]; white space around it is dropped.
 */
export function directiveIn(text: string): Directive | undefined {
  let found: Directive | undefined;
  let past = 0;
  let balanced = true;
  for (const opening of text.matchAll(OPENING)) {
    if (opening.index < past) continue;
    const start = opening.index + opening[0].length;
    const closing: number = balanced ? balancedClosing(text, start) : -1;
    // Brackets that are out of balance once stay so to the end: no second look at the whole text.
    balanced = closing !== -1;
    past = balanced ? closing : text.indexOf(']]', start);
    if (past === -1) break;
    found = directive(opening[1] ?? '', text.slice(start, past).trim()) ?? found;
  }
  return found;
}

function directive(word: string, argument: string): Directive | undefined {
  if (word === 'say:') return { kind: 'say', text: unescape(argument) };
  if (word === 'refuse' || word === 'overflow') return { kind: word };
  return isErrorType(argument) ? { kind: 'error', type: argument } : undefined;
}

/** Where the `]]` stands that no `[` after `start` claims; -1 if there is none. */
function balancedClosing(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '[') depth++;
    else if (character === ']' && depth > 0) depth--;
    else if (character === ']' && text[at + 1] === ']') return at;
  }
  return -1;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function unescape(text: string): string {
  return text.replace(/\\([nrt\\[\]])/g, (_, character: string) => ESCAPES[character] ?? character);
}
