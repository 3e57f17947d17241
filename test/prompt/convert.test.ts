import { describe, expect, test } from 'vitest';
import { convert } from '../../src/prompt/convert.js';
import { choice, hole, parts, repeat, show, showEntries, type Written } from './build.js';

const H = '\n\nHuman:';
const A = '\n\nAssistant:';
const q = hole('q');
const never = hole('NEVER', 'never');

/** A conversion as one reads it; `tier` only where it is not static. */
function shown(...written: Written[]): unknown {
  const conversion = convert(parts(...written));
  if (conversion.kind === 'runtime') return ['runtime', ...conversion.remarks.map((remark) => remark.code)];
  if (conversion.kind === 'manual') return ['manual', conversion.code];
  const { system, entries, prefill } = conversion.conversation;
  return {
    ...(system.length > 0 && { system: show(system) }),
    entries: showEntries(entries),
    ...(prefill !== null && { prefill: show(prefill) }),
    ...(conversion.tier !== 'static' && { tier: conversion.tier }),
    ...(conversion.remarks.length > 0 && { remarks: conversion.remarks.map((remark) => remark.code) }),
  };
}

describe('static prompts', () => {
  test.each<[string, Written[], unknown]>([
    ['pieces of text', [H, ' Hi', A], { entries: ['user: Hi'] }],
    ['stray spaces around a value', [H, ' ', q, ' ', A], { entries: ['user: {q}'] }],
    ['bare last Assistant with a blank', [`${H} Hi${A} \n`], { entries: ['user: Hi'] }],
    ['system text', [`You are terse.${H} Hi${A}`], { system: 'You are terse.', entries: ['user: Hi'] }],
    ['few shots', [`${H} 2+2?${A} 4${H} 3+3?${A}`], { entries: ['user: 2+2?', 'assistant: 4', 'user: 3+3?'] }],
    ['two Human turns', [`${H} A${H} B${A}`], { entries: ['user: A', 'user: B'] }],
    [
      'a value that may hold anything, after a marker',
      [`${H} Summarise:\n`, q, A],
      { entries: ['user: Summarise:\n{q}'] },
    ],
    ['no line breaks at the very start', ['Human: Hi', A], { entries: ['user: Hi'] }],
    [
      'the word in a sentence',
      [`${H} Text with "Human:" and\nHuman: in it${A}`],
      { entries: ['user: Text with "Human:" and\nHuman: in it'] },
    ],
    [
      'line breaks and word in two pieces',
      ['Be kind.\n\n', 'Human:', q, A],
      { system: 'Be kind.', entries: ['user: {q}'] },
    ],
    ['white space inside of a turn', [H, '  a\n\n  b  ', A], { entries: ['user: a\n\n  b'] }],
    ['three line breaks', ['\n\n\nHuman: Hi\n\n\n\nAssistant:'], { entries: ['user: Hi'] }],
    [
      'text under a condition',
      [H, ' ', q, choice('c', [' Be brief.'], []), A],
      { entries: ['user: {q}{c ?  Be brief. : }'] },
    ],
    ['the same text in both branches', [choice('c', [H, ' x'], [H, ' x']), A], { entries: ['user: x'] }],
    [
      'a marker in one role under a condition',
      [H, ' x', choice('c', [' y', A], [A])],
      { entries: ['user: x{c ?  y : }'] },
    ],
  ])('%s', (_, written, expected) => {
    expect(shown(...written)).toEqual(expected);
  });
});

describe('what stands before the first Human turn', () => {
  test.each<[string, Written[], unknown]>([
    ['a constant', [never, H, q, A], { system: '{NEVER}', entries: ['user: {q}'] }],
    [
      'a value known by its name',
      [hole('SYSTEM', 'unlikely'), H, q, A],
      { system: '{SYSTEM}', entries: ['user: {q}'], remarks: ['CTM205'] },
    ],
    ['a value that may be a transcript', [hole('context'), H, q, A], ['runtime']],
    ['a value that holds turns', [hole('context', 'present'), H, q, A], ['runtime']],
    [
      'a condition',
      [choice('sys', [hole('sys', 'never'), '\n\n'], []), `Human: `, q, A],
      { system: '{sys ? {sys} : }', entries: ['user: {q}'] },
    ],
    ['a constant that may end in line breaks', [never, 'Human: ', q, A], ['runtime']],
    ['a constant that may end in a line break', [never, '\nHuman: ', q, A], ['runtime']],
    ['only white space', [' \n', H, q, A], { entries: ['user: {q}'] }],
  ])('%s', (_, written, expected) => {
    expect(shown(...written)).toEqual(expected);
  });
});

describe('values among markers', () => {
  test.each<[string, Written[], unknown]>([
    ['a value that holds turns, after a marker', [H, hole('q', 'present'), A], ['runtime']],
    ['a value that may be the word of a marker', [H, ' a\n\n', hole('role'), ': b', A], ['runtime']],
    ['the same at the start', [hole('role', 'never'), ': b', A], ['runtime']],
    ['a label after a value', [H, ' ', hole('name'), ': ', q, A], { entries: ['user: {name}: {q}'] }],
    ['a word right after a value', [H, ' ', q, 'Assistant:'], ['runtime']],
  ])('%s', (_, written, expected) => {
    expect(shown(...written)).toEqual(expected);
  });
});

describe('prefill', () => {
  test.each<[string, Written[], unknown]>([
    ['text', [`${H} List as JSON${A} {`], { entries: ['user: List as JSON'], prefill: '{', remarks: ['CTM204'] }],
    [
      'text that ends in a line break',
      [`${H} x${A} Here is the list:\n`],
      { entries: ['user: x'], prefill: 'Here is the list:', remarks: ['CTM204'] },
    ],
    ['a constant', [H, q, A, never], { entries: ['user: {q}'], prefill: '{NEVER}', remarks: ['CTM204'] }],
    ['a value of the user', [H, ' ', hole('rules'), A, ' ', q], ['runtime', 'CTM320']],
    ['a constant that may be blank', [H, q, A, { ...never, mayBeBlank: true }], ['runtime', 'CTM320']],
    ['text under a condition', [H, q, A, choice('json', [' {'], [])], ['runtime']],
    [
      'one of two texts',
      [H, q, A, choice('json', [' {'], [' <'])],
      { entries: ['user: {q}'], prefill: '{json ? { : <}', remarks: ['CTM204'] },
    ],
    ['white space before text under a condition', [H, q, A, ' So ', choice('json', ['{'], [])], ['runtime']],
    ['text in one branch and a bare marker in the other', [H, q, choice('c', [A, ' {'], [A])], ['runtime']],
  ])('%s', (_, written, expected) => {
    expect(shown(...written)).toEqual(expected);
  });

  test('only punctuation looks like an accident, and the remark says so', () => {
    const conversion = convert(parts(H, q, A, ':'));
    expect(conversion).toMatchObject({
      remarks: [{ code: 'CTM204', message: expect.stringContaining('accident') as string }],
    });
    expect(convert(parts(H, q, A, ' {'))).toMatchObject({
      remarks: [{ message: expect.not.stringContaining('accident') as string }],
    });
  });
});

describe('turns under a condition', () => {
  const structural = (...entries: unknown[]) => ({ entries, tier: 'structural' });

  test.each<[string, Written[], unknown]>([
    ['markers', [choice('u', [H], [A]), ' ', q, A], structural('(u ? user : assistant): {q}')],
    [
      'words between line breaks and colon',
      ['\n\n', choice('u', ['Human'], ['Assistant']), ': ', q, A],
      structural('(u ? user : assistant): {q}'),
    ],
    [
      'words at the start',
      [choice('u', ['Human'], ['Assistant']), ': ', q, A],
      structural('(u ? user : assistant): {q}'),
    ],
    ['one role of two that is no role', ['\n\n', choice('u', ['Human'], ['Note']), ': ', q, A], ['runtime']],
    [
      'three roles',
      [choice('u', [H], [choice('a', [A], [H])]), ' ', q, A],
      structural('(u ? user : (a ? assistant : user)): {q}'),
    ],
    [
      'whole turns',
      [choice('c', [H, ' a', A, ' b'], []), H, ' ', q, A],
      structural({ if: 'c', then: ['user: a', 'assistant: b'], else: [] }, 'user: {q}'),
    ],
    [
      'whole turns whose line breaks are shared',
      [choice('sys', [H, ' ', hole('sys'), A, ' Sure.\n\n'], []), 'Human: ', q, A],
      structural({ if: 'sys', then: ['user: {sys}', 'assistant: Sure.'], else: [] }, 'user: {q}'),
    ],
    [
      'turns that end in the same marker',
      [choice('first', [H, ' ', hole('intro'), A, ' OK', H], [H]), ' ', q, A],
      structural({ if: 'first', then: ['user: {intro}', 'assistant: OK'], else: [] }, 'user: {q}'),
    ],
    [
      'more turns at the end',
      [H, ' a', choice('c', [A, ' b', H, ' c'], []), A],
      structural('user: a', { if: 'c', then: ['assistant: b', 'user: c'], else: [] }),
    ],
    [
      'text and then a turn',
      [H, ' a', choice('c', [' b', A, ' c', H, ' d'], [' e']), A],
      structural('user: a{c ?  b :  e}', { if: 'c', then: ['assistant: c', 'user: d'], else: [] }),
    ],
    ['text after a turn that may not be there', [H, ' a', choice('c', [A, ' b', H, ' c'], []), ' d', A], ['runtime']],
    [
      'white space between branches and text',
      [choice('u', [H, ' x'], [A, ' y']), ' ', q, A],
      structural('(u ? user : assistant): {u ? x  : y }{q}'),
    ],
    [
      'an Assistant turn without text',
      [H, ' a', choice('c', [A, H, ' b'], []), A],
      { ...structural('user: a', { if: 'c', then: ['user: b'], else: [] }), remarks: ['CTM217'] },
    ],
    ['line breaks that only one branch has', ['x', choice('c', ['\n\n'], []), 'Human: ', q, A], ['runtime']],
  ])('%s', (_, written, expected) => {
    expect(shown(...written)).toEqual(expected);
  });
});

describe('turns built from data', () => {
  const each = (...entries: unknown[]) => ({ entries: [{ each: 'history', entries }], tier: 'structural' });
  const words = choice('u', ['Human'], ['Assistant']);
  const markers = choice('u', [H], [A]);

  test.each<[string, Written[], unknown]>([
    ['joined with nothing', [repeat('history', '', markers, ' ', q), A], each('(u ? user : assistant): {q}')],
    ['joined with a line break', [repeat('history', '\n', markers, ' ', q), A], each('(u ? user : assistant): {q}')],
    [
      'line breaks in the separator',
      [repeat('history', '\n\n', words, ': ', q), A],
      each('(u ? user : assistant): {q}'),
    ],
    [
      'line breaks before and in the separator',
      ['\n\n', repeat('history', '\n\n', words, ': ', q), A],
      each('(u ? user : assistant): {q}'),
    ],
    [
      'line breaks at the end of the body',
      [repeat('history', '', words, ': ', q, '\n\n'), 'Assistant:'],
      each('(u ? user : assistant): {q}'),
    ],
    ['one line break in the separator', [repeat('history', '\n', words, ': ', q), A], ['runtime']],
    [
      'line breaks missing before the first',
      ['Chat so far:', repeat('history', '\n\n', words, ': ', q), A],
      ['runtime'],
    ],
    [
      'pairs',
      [repeat('history', '', H, ' ', q, A, ' ', hole('a')), H, ' ', hole('next'), A],
      { entries: [{ each: 'history', entries: ['user: {q}', 'assistant: {a}'] }, 'user: {next}'], tier: 'structural' },
    ],
    [
      'turns of some elements only',
      [repeat('history', '', choice('u', [H, ' ', q], [])), A],
      each({ if: 'u', then: ['user: {q}'], else: [] }),
    ],
    [
      'system text before them',
      [never, repeat('history', '', markers, ' ', q), A],
      { system: '{NEVER}', ...each('(u ? user : assistant): {q}') },
    ],
    [
      'loops within loops',
      [repeat('history', '', H, ' ', q, repeat('answers', '', A, ' ', hole('a'))), A],
      each('user: {q}', { each: 'answers', entries: ['assistant: {a}'] }),
    ],
    [
      'Assistant turns without text',
      [repeat('history', '', H, ' ', q, A), H, ' ', hole('next'), A],
      {
        entries: [{ each: 'history', entries: ['user: {q}'] }, 'user: {next}'],
        tier: 'structural',
        remarks: ['CTM217'],
      },
    ],
    ['commas between turns', [repeat('history', ',', markers, ' ', q), A], ['manual', 'CTM301']],
    ['commas between turns without line breaks', [repeat('history', ',', 'Human: ', q), A], ['manual', 'CTM301']],
    ['a marker as separator', [H, repeat('history', H, q), A], ['runtime']],
    ['text without turns', [H, repeat('history', '\n', '- ', q), A], ['runtime']],
    ['text before the first turn of each', [repeat('history', '', 'x', H, ' ', q), A], ['runtime']],
    ['text after them', [repeat('history', '', H, ' ', q), ' more', A], ['runtime']],
    ['a bare text for some elements', [repeat('history', '', choice('s', [q], [markers, ' ', q])), A], ['runtime']],
  ])('%s', (_, written, expected) => {
    expect(shown(...written)).toEqual(expected);
  });
});

describe('prompts that the legacy API refused', () => {
  test.each<[string, Written[], unknown]>([
    ['no marker', ['Hello, world'], { entries: ['user: Hello, world'], remarks: ['CTM211'] }],
    ['no marker, a constant', ['Say: ', never], { entries: ['user: Say: {NEVER}'], remarks: ['CTM211'] }],
    ['no marker, a value', ['Say: ', q], ['runtime']],
    ['no Human marker', ['2+2?', A], { entries: ['user: 2+2?'], remarks: ['CTM211'] }],
    ['no Human marker, a value known by its name', [hole('SYSTEM', 'unlikely'), A], ['runtime']],
    [
      'no Human marker, then a prefill',
      ['2+2?', A, ' It'],
      { entries: ['user: 2+2?'], prefill: 'It', remarks: ['CTM211', 'CTM204'] },
    ],
    ['Assistant first', [A, ' Hello', H, ' Hi', A], { entries: ['assistant: Hello', 'user: Hi'], remarks: ['CTM216'] }],
    ['no last Assistant', [H, ' ', q], { entries: ['user: {q}'], remarks: ['CTM216'] }],
    [
      'no last Assistant after data',
      [repeat('history', '', H, ' ', q)],
      { entries: [{ each: 'history', entries: ['user: {q}'] }], tier: 'structural', remarks: ['CTM216'] },
    ],
    ['one line break before the last Assistant', [`${H} Hi\nAssistant:`], ['manual', 'CTM301']],
    ['one line break before the last Assistant, after a value', [H, q, '\nAssistant: '], ['manual', 'CTM301']],
    ['indented markers', ['\n  Human: ', q, '\n\n  Assistant:'], ['manual', 'CTM301']],
    ['escaped line breaks', ['\\n\\nHuman: ', q, '\\n\\nAssistant:'], ['manual', 'CTM301']],
    ['one line break at the start', ['\nHuman: ', q, A], ['manual', 'CTM301']],
    ['a Human turn without text', [`${H} ${A}`], ['manual', 'CTM313']],
    ['a Human turn without text, and the text after Assistant', [`${H} ${A}`, q], ['manual', 'CTM313']],
    ['nothing', [], ['manual', 'CTM313']],
    ['a bare Assistant', [A], ['manual', 'CTM313']],
  ])('%s', (_, written, expected) => {
    expect(shown(...written)).toEqual(expected);
  });
});

test('a long chain of roles ends', () => {
  const roles = Array.from({ length: 30 }).reduce<Written>(
    (rest, _, index) => choice(`t${index}`, ['Human'], [rest]),
    'Assistant',
  );
  expect(shown('\n\n', roles, ': ', q, A)).toMatchObject({ tier: 'structural' });
});
