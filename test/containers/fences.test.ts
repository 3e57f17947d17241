import { describe, expect, it } from 'vitest';
import { fencesIn } from '../../transforms/containers/fences.js';

const found = (...lines: readonly string[]) => fencesIn(lines.join('\n')).map(({ tag, region }) => [tag, region.text]);

describe('fenced code', () => {
  it.each([
    ['ts', 'ts'],
    [' TS title="a.ts"', 'ts'],
    ['js{1,3}', 'js'],
    ['{.python .numberLines}', 'python'],
    ['ts:src/a.ts', 'ts'],
    ['', ''],
  ])('is of the language that ```%s says', (info, tag) => {
    expect(found(`\`\`\`${info}`, 'a', '```')).toEqual([[tag, 'a\n']]);
  });

  it('ends at a fence that is as long and of the same kind', () => {
    expect(found('~~~~ts', '~~~', '```', '~~~~~', 'b')).toEqual([['ts', '~~~\n```\n']]);
  });

  it('shows fences inside a longer one', () => {
    expect(found('````md', '```ts', 'a', '```', '````', '```js', 'b', '```')).toEqual([
      ['md', '```ts\na\n```\n'],
      ['js', 'b\n'],
    ]);
  });

  it('stands in lists and quotes', () => {
    expect(found('1. x', '', '   ```ts', '   a', '', '     b', '   ```')).toEqual([['ts', 'a\n\n  b\n']]);
    expect(found('> ```ts', '> a', '>', '>  b', '> ```')).toEqual([['ts', 'a\n\n b\n']]);
    expect(found('- > ```ts', '  > a', '  > ```')).toEqual([['ts', 'a\n']]);
    expect(found('- ```ts', '\ta', '  ```')).toEqual([['ts', 'a\n']]);
  });

  it('ends with the quote that it stands in, and with the document', () => {
    expect(found('> ```ts', '> a', 'b', '```js', 'c')).toEqual([
      ['ts', 'a\n'],
      ['js', 'c'],
    ]);
  });

  it('is not what stands between marks on one line', () => {
    expect(found('``` a ``` b', 'a', '```ts', 'b', '```')).toEqual([['ts', 'b\n']]);
  });

  it('that a person accepted is not looked at', () => {
    expect(
      found('<!-- completions-to-messages-ignore: old gateway -->', '', '```ts', 'a', '```', '```js', 'b', '```'),
    ).toEqual([['js', 'b\n']]);
    expect(found('> {/* completions-to-messages-ignore: old gateway */}', '> ```ts', '> a', '> ```')).toEqual([]);
    expect(found('<!-- completions-to-messages-ignore: -->', '```ts', 'a', '```')).toEqual([['ts', 'a\n']]);
  });
});
