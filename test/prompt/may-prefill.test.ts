import { expect, it } from 'vitest';
import { mayPrefill } from '../../src/prompt/may-prefill.js';
import type { Part } from '../../src/prompt/parts.js';

type P = Part<string>;
const text = (value: string): P => ({ kind: 'text', text: value });
const hole: P = { kind: 'hole', value: 'x', markers: 'unknown', mayBeBlank: false };
const when = (then: P[], otherwise: P[] = []): P => ({ kind: 'choice', test: 't', then, else: otherwise });
const each = (...body: P[]): P => ({ kind: 'repeat', over: 'xs', body, separator: '' });

it.each<[string, P[], boolean]>([
  ['a bare marker', [hole, text('\n\nAssistant: ')], false],
  ['text after the marker', [hole, text('\n\nAssistant: {')], true],
  ['text under a condition', [hole, text('\n\nAssistant:'), when([text(' {')])], true],
  ['text before a value', [text('\n\nHuman: a\n\nAssistant: Well, '), hole], true],
  ['a value after the marker', [text('\n\nHuman: a\n\nAssistant: '), hole], false],
  ['a turn of the user at the end', [text('\n\nAssistant: hello\n\nHuman: b')], false],
  ['a marker in two pieces', [hole, text('\n\nAssis'), text('tant: {')], true],
  ['turns that repeat', [each(text('\n\nAssistant: so'))], true],
  ['turns that repeat before the marker', [each(text('\n\nAssistant: so')), text('\n\nAssistant:')], false],
  ['more ways than are looked at', Array.from({ length: 9 }, () => when([text('a')], [text('b')])), true],
])('%s', (_, parts, expected) => {
  expect(mayPrefill(parts)).toBe(expected);
});
