import { describe, expect, test } from 'vitest';
import type { Conversation } from '../../src/reference/conversation.js';
import { directiveIn } from '../../src/reference/directives.js';
import { generate } from '../../src/reference/generate.js';
import { tokens } from '../../src/reference/tokens.js';

function asked(text: string, rest: Partial<Conversation> = {}): Conversation {
  return { system: null, turns: [{ role: 'user', text }], prefill: null, ...rest };
}

function say(text: string, limits: { maxTokens?: number; stops?: readonly string[] } = {}) {
  const answer = generate(asked(`[[say: ${text}]]`), { maxTokens: 100, stops: [], ...limits });
  return { text: answer.pieces.join(''), ending: answer.ending };
}

describe('what the model says', () => {
  test('depends on every part of the conversation and on nothing else', () => {
    const text = (conversation: Conversation) => generate(conversation, { maxTokens: 100, stops: [] }).pieces.join('');
    const conversations = [
      asked('Hi'),
      asked('Ho'),
      asked('Hi', { system: 'Hi' }),
      asked('Hi', { prefill: 'Hi' }),
      asked('Hi', { turns: [{ role: 'assistant', text: 'Hi' }] }),
      asked('Hi', {
        turns: [
          { role: 'user', text: 'Hi' },
          { role: 'assistant', text: 'Hi' },
        ],
      }),
    ];
    expect(new Set(conversations.map(text)).size).toBe(conversations.length);
    expect(conversations.map(text)).toEqual(conversations.map(text));
  });

  test('is cut at the token limit, between two tokens', () => {
    expect(say('one two three', { maxTokens: 2 })).toEqual({ text: 'one two', ending: { kind: 'limit' } });
    expect(say('one two', { maxTokens: 2 })).toEqual({ text: 'one two', ending: { kind: 'finished' } });
  });

  test('ends before the earliest stop sequence, also across tokens', () => {
    const ending = { kind: 'stop', sequence: 'two thr' };
    expect(say('one two three', { stops: ['three', '', 'two thr'] })).toEqual({ text: 'one ', ending });
    expect(say('one two three', { stops: ['three'], maxTokens: 2 }).ending).toEqual({ kind: 'limit' });
    expect(say('one two', { stops: ['one'] })).toEqual({ text: '', ending: { kind: 'stop', sequence: 'one' } });
  });

  test('is streamed in pieces that make up the text', () => {
    for (const text of ['', ' ', 'a', '  two  words \n', 'x'.repeat(20), '日本語のとても長い文章です', '👩‍👩‍👧 ok']) {
      expect(tokens(text).join('')).toBe(text);
    }
    expect(tokens('{"a":[1,2,3]} done').length).toBeGreaterThan(2);
  });
});

describe('directives', () => {
  test.each([
    ['[[say: Hello]]', 'Hello'],
    ['Please [[say:  two  words ]] now', 'two  words'],
    ['[[say: a\\nb\\t\\\\n \\] \\q]]', 'a\nb\t\\n ] \\q'],
    ['[[say: {"a":[[1],[2]]}]]', '{"a":[[1],[2]]}'],
    ['[[say: x[0]]]', 'x[0]'],
    ['[[say: a ] b]]', 'a ] b'],
    ['[[say: one [ bracket]] and more', 'one [ bracket'],
    ['[[say: ]]', ''],
    ['[[say: first]] [[say: last]]', 'last'],
    ['[[say: outer [[say: inner]] ]]', 'outer [[say: inner]]'],
  ])('%s', (text, said) => {
    expect(directiveIn(text)).toEqual({ kind: 'say', text: said });
  });

  test.each(['[[say: never closed', '[[say hello]]', '[[error: nonsense_error]]', '[[refuse this]]', 'say: x', '[[]]'])(
    '%s is none',
    (text) => {
      expect(directiveIn(text)).toBeUndefined();
    },
  );

  test('a long text full of openings is read in one go', () => {
    expect(directiveIn('[[say:[]] '.repeat(200_000))).toEqual({ kind: 'say', text: '[' });
    expect(directiveIn('[[say: ['.repeat(200_000))).toBeUndefined();
  });

  test('only the last user turn is asked', () => {
    const turns = [
      { role: 'user', text: '[[say: old]]' },
      { role: 'assistant', text: '[[say: not mine]]' },
      { role: 'user', text: '[[say: new]]' },
    ] as const;
    expect(generate(asked('', { turns }), { maxTokens: 9, stops: [] }).pieces).toEqual(['new']);
  });

  test('refusal, overflow and failure', () => {
    const kind = (text: string) => generate(asked(text), { maxTokens: 9, stops: [] }).ending.kind;
    expect(kind('[[refuse]]')).toBe('refusal');
    expect(kind('[[overflow]]')).toBe('overflow');
    expect(kind('[[error: overloaded_error]]')).toBe('failure');
  });
});
