import { describe, expect, test } from 'vitest';
import type { Conversation } from '../../src/reference/conversation.js';
import { readPrompt } from '../../src/reference/legacy-prompt.js';

const user = (text: string) => ({ role: 'user', text });
const assistant = (text: string) => ({ role: 'assistant', text });

/** The shapes of the legacy page "Prompt validation" and of the migration guide. */
const ACCEPTED: readonly (readonly [string, string, Partial<Conversation> | object])[] = [
  ['the canonical form', '\n\nHuman: Hi\n\nAssistant:', { turns: [user('Hi')] }],
  ['no blank lines before the first Human', 'Human: Hi\n\nAssistant:', { turns: [user('Hi')] }],
  ['a space after the last Assistant', '\n\nHuman: Hi\n\nAssistant: ', { turns: [user('Hi')] }],
  ['text before the first Human', 'Be terse.\n\nHuman: Hi\n\nAssistant:', { system: 'Be terse.', turns: [user('Hi')] }],
  ['text after the last Assistant', '\n\nHuman: Hi\n\nAssistant: {"a":\n', { turns: [user('Hi')], prefill: '{"a":' }],
  [
    'several turns',
    '\n\nHuman: 2+2?\n\nAssistant: 4\n\nHuman: 3+3?\n\nAssistant:',
    { turns: [user('2+2?'), assistant('4'), user('3+3?')] },
  ],
  ['two Human turns in a row', '\n\nHuman: A\n\nHuman: B\n\nAssistant:', { turns: [user('A\n\nB')] }],
  ['a blank turn', '\n\nHuman: A\n\nAssistant:\n\nHuman: B\n\nAssistant:', { turns: [user('A\n\nB')] }],
  ['nothing but a blank turn', '\n\nHuman: \n\nAssistant:', { turns: [] }],
  ['three newlines before a marker', '\n\nHuman: A\n\n\nAssistant:', { turns: [user('A')] }],
  ['white space within a turn', '\n\nHuman:  a\n  b\n\n c \n\nAssistant:', { turns: [user('a\n  b\n\n c')] }],
  ['one newline before Human', '\n\nHuman: a\nHuman: b\n\nAssistant:', { turns: [user('a\nHuman: b')] }],
  ['a marker without its colon', '\n\nHuman: a\n\nHuman b\n\nAssistant:', { turns: [user('a\n\nHuman b')] }],
  ['a marker in lower case', '\n\nHuman: a\n\nhuman: b\n\nAssistant:', { turns: [user('a\n\nhuman: b')] }],
  [
    'Windows line ends, which are no marker',
    '\n\nHuman: a\r\n\r\nHuman: b\n\nAssistant:',
    { turns: [user('a\r\n\r\nHuman: b')] },
  ],
  [
    'an answer and then a prefill',
    '\n\nHuman: A\n\nAssistant: one\n\nAssistant: two',
    { turns: [user('A')], prefill: 'one\n\ntwo' },
  ],
  [
    'an answer and then a bare Assistant',
    '\n\nHuman: A\n\nAssistant: one\n\nAssistant:',
    { turns: [user('A'), assistant('one')] },
  ],
];

describe('prompts that the legacy API accepts', () => {
  test.each(ACCEPTED)('%s', (_, prompt, conversation) => {
    expect(readPrompt(prompt)).toEqual({ system: null, prefill: null, ...conversation });
  });
});

const START = 'prompt must start with "\n\nHuman:" turn after an optional system prompt';
const END = 'prompt must end with "\n\nAssistant:" turn';

describe('prompts that the legacy API refuses', () => {
  test.each([
    ['no turns at all', 'Hello, world', `${START}, ${END}`],
    ['nothing', '', `${START}, ${END}`],
    ['no Human turn', 'Hello, world\n\nAssistant:', START],
    ['an Assistant turn first', '\n\nAssistant: Hello\n\nHuman: Hi\n\nAssistant:', START],
    ['no Assistant turn', '\n\nHuman: Hello', END],
    ['a Human turn last', '\n\nHuman: a\n\nAssistant: b\n\nHuman: c', END],
    ['one newline before Assistant', '\n\nHuman: Hello \nAssistant:', END],
    ['backslashes and letters in place of newlines', '\\n\\nHuman: Hi\\n\\nAssistant:', `${START}, ${END}`],
  ])('%s', (_, prompt, message) => {
    expect(() => readPrompt(prompt)).toThrow(
      expect.objectContaining({ type: 'invalid_request_error', message }) as Error,
    );
  });
});
