import { describe, expect, it } from 'vitest';
import { readFragment } from '../../src/prompt/fragment.js';
import { hole, parts, show, showEntries, type Written } from './build.js';

function read(place: 'start' | 'behind', ...written: Written[]): unknown {
  const fragment = readFragment(parts(...written), place);
  return fragment && [show(fragment.lead), showEntries(fragment.entries), [...fragment.endings]];
}

describe('a piece of a transcript', () => {
  it('begins with system text, or with nothing', () => {
    expect(read('start')).toEqual(['', [], ['nothing']]);
    expect(read('start', 'You are kind.\n')).toEqual(['You are kind.', [], ['nothing']]);
    expect(read('start', 'Human: Hi\n\nAssistant: Hello.')).toEqual([
      '',
      ['user: Hi', 'assistant: Hello.'],
      ['assistant'],
    ]);
  });

  it('ends in a turn, or in the marker that asks for the answer', () => {
    expect(read('behind', '\n\nHuman: ', hole('q'), '\n\nAssistant:')).toEqual(['', ['user: {q}'], ['bare']]);
    expect(read('behind', '\n\nHuman: ', hole('q'))).toEqual(['', ['user: {q}'], ['user']]);
    expect(read('behind', '\n\nAssistant:')).toEqual(['', [], ['bare']]);
  });

  it('may say more of the turn before it', () => {
    expect(read('behind', hole('answer'))).toEqual(['{answer}', [], ['nothing']]);
    expect(read('behind', ' ', hole('answer'), '\n\nHuman: More.\n\nAssistant: ')).toEqual([
      '{answer}',
      ['user: More.'],
      ['bare'],
    ]);
  });

  it('is not read where a marker may begin in the piece before it', () => {
    expect(read('behind', 'Human: Hi')).toBeUndefined();
    expect(read('behind', '\nHuman: Hi')).toBeUndefined();
  });

  it('is not read where it holds turns of its own, or one without text', () => {
    expect(read('behind', '\n\nHuman: ', hole('turns', 'present'))).toBeUndefined();
    expect(read('behind', '\n\nHuman: \n\nAssistant:')).toBeUndefined();
    expect(read('behind', '\n\nAssistant:\n\nHuman: Hi')).toBeUndefined();
    expect(read('behind', '\n\nHuman: Hi\nAssistant:')).toBeUndefined();
  });
});
