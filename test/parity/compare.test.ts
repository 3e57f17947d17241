import { describe, expect, test } from 'vitest';
import { compareRuns } from '../../src/parity/compare.js';
import type { Observation } from '../../src/parity/observe.js';
import { printDifferences } from '../../src/parity/print-differences.js';
import { sameButForLeadingSpaces } from '../../src/parity/printed.js';
import type { AnsweredEntry, RefusedEntry } from '../../src/reference/log.js';

function asked(text: string, rest: Partial<AnsweredEntry> = {}): AnsweredEntry {
  return {
    api: 'complete',
    version: '2023-06-01',
    model: 'claude-2',
    conversation: { system: null, turns: [{ role: 'user', text }], prefill: null },
    limits: { max_tokens: 300 },
    stops: [],
    sampling: {},
    stream: false,
    user_id: null,
    answer: `About ${text}.`,
    ...rest,
  };
}

const migrated = (text: string, rest: Partial<AnsweredEntry> = {}) =>
  asked(text, { api: 'messages', model: 'claude-sonnet-4-6', ...rest });
const refused = (message: string): RefusedEntry => ({
  api: 'messages',
  version: '2023-06-01',
  status: 400,
  error: { type: 'invalid_request_error', message },
});

function ran(requests: Observation['requests'], rest: Partial<Observation> = {}): Observation {
  return { requests, stdout: '', stderr: '', end: { kind: 'exit', code: 0 }, ...rest };
}

const kinds = (before: Observation, after: Observation) =>
  compareRuns(before, after).map(({ what, request }) => (request === undefined ? what : `${what} ${request}`));

describe('equal runs', () => {
  test('differ in model, version, streaming, ids and the legacy space only', () => {
    const before = ran([asked('rain', { stream: true })], {
      stdout: ' About rain. by claude-2 compl_reference00000001\n',
    });
    const after = ran([migrated('rain', { version: '2026-10-21' })], {
      stdout: 'About rain. by claude-sonnet-4-6 msg_reference00000001\n',
      stderr: 'other',
    });
    expect(kinds(before, after)).toEqual([]);
  });

  test('may send at once what they send, in any order', () => {
    expect(kinds(ran([asked('a'), asked('b')]), ran([migrated('b'), migrated('a')]))).toEqual([]);
  });

  test('may put one answer into the next prompt', () => {
    const before = ran([asked('a'), asked('Shorten: About a.'), asked('Shorten:\n About a.')]);
    const after = ran([migrated('a'), migrated('Shorten:About a.'), migrated('Shorten:\nAbout a.')]);
    expect(kinds(before, after)).toEqual([]);
  });

  test('may state a temperature that is the default', () => {
    expect(kinds(ran([asked('a', { sampling: { top_p: -1, top_k: -1 } })]), ran([migrated('a')]))).toEqual([]);
    expect(kinds(ran([asked('a', { sampling: { temperature: 1, top_p: 1 } })]), ran([migrated('a')]))).toEqual([]);
  });
});

describe('differences', () => {
  test.each<[string, Partial<AnsweredEntry>, string]>([
    [
      'a lost system text',
      { conversation: { system: 'Be brief.', turns: [{ role: 'user', text: 'a' }], prefill: null } },
      'conversation',
    ],
    [
      'a role',
      { conversation: { system: null, turns: [{ role: 'assistant', text: 'a' }], prefill: null } },
      'conversation',
    ],
    [
      'a turn that was two',
      {
        conversation: {
          system: null,
          turns: [
            { role: 'user', text: 'a' },
            { role: 'assistant', text: 'b' },
          ],
          prefill: null,
        },
      },
      'conversation',
    ],
    [
      'a lost prefill',
      { conversation: { system: null, turns: [{ role: 'user', text: 'a' }], prefill: '{' } },
      'conversation',
    ],
    [
      'white space within a turn',
      { conversation: { system: null, turns: [{ role: 'user', text: 'a  b' }], prefill: null } },
      'conversation',
    ],
    ['limits', { limits: { max_tokens: 5 } }, 'limits'],
    ['stops', { stops: ['#'] }, 'stops'],
    ['sampling', { sampling: { temperature: 0 } }, 'sampling'],
    ['a user', { user_id: 'u1' }, 'user'],
  ])('%s', (_, rest, what) => {
    const text = what === 'conversation' && rest.conversation?.turns[0]?.text === 'a  b' ? 'a b' : 'a';
    expect(kinds(ran([asked(text, rest)]), ran([migrated(text)]))).toEqual([`${what} 1`]);
  });

  test('a turn whose text looks like two turns is not two turns', () => {
    const two = [
      { role: 'user', text: 'a' },
      { role: 'assistant', text: 'b' },
    ] as const;
    const before = ran([asked('', { conversation: { system: null, turns: two, prefill: null } })]);
    expect(kinds(before, ran([migrated('a\nassistant: b')]))).toEqual(['conversation 1']);
  });

  test('a call that was not moved, one that is missing, one too many, one that is refused', () => {
    expect(kinds(ran([asked('a')]), ran([asked('a')]))).toEqual(['legacy 1']);
    expect(kinds(ran([asked('a'), asked('b')]), ran([migrated('b')]))).toEqual(['request 1']);
    expect(kinds(ran([asked('a')]), ran([migrated('a'), migrated('b')]))).toEqual(['request 2']);
    expect(kinds(ran([asked('a')]), ran([refused('No.')]))).toEqual(['refused 1']);
    expect(kinds(ran([refused('No.')]), ran([refused('No.')]))).toEqual([]);
  });

  test('what was printed and how it ended', () => {
    const before = ran([asked('a')], { stdout: 'x\n' });
    expect(kinds(before, ran([migrated('a')], { stdout: 'y\n', end: { kind: 'timeout' } }))).toEqual([
      'printed',
      'ended',
    ]);
  });
});

describe('the one space before a legacy answer', () => {
  test.each([
    [' Yes.', 'Yes.'],
    ['> Yes. < Yes.', '>Yes. <Yes.'],
    ['{"text":" Yes."}', '{"text":"Yes."}'],
  ])('%j is as good as %j', (legacy, current) => {
    expect(sameButForLeadingSpaces(legacy, current, ['Yes.'])).toBe(true);
  });

  test.each([
    ['  Yes.', 'Yes.'],
    [' No.', 'No.'],
    [' Ye', 'Ye'],
    ['Yes.', ' Yes.'],
    ['Yes. ', 'Yes.'],
    [' Yes.', 'No.'],
  ])('%j is not %j', (legacy, current) => {
    expect(sameButForLeadingSpaces(legacy, current, ['Yes.'])).toBe(false);
  });
});

describe('printing', () => {
  test('a long difference is cut, and its rest counted', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`).join('\n');
    const printed = printDifferences([{ what: 'printed', before: lines, after: '' }]);
    expect(printed.split('\n')).toHaveLength(1 + 60 + 1 + 1);
    expect(printed).toContain('… and 40 lines more');
  });

  test('a difference in the last line end is seen', () => {
    expect(printDifferences([{ what: 'printed', before: 'a\n', after: 'a' }])).toBe(
      'the program printed something else\n    a\n  - \n',
    );
  });
});
