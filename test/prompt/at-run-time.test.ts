import { describe, expect, it } from 'vitest';
import { atRunTime } from '../../src/prompt/at-run-time.js';
import type { Remark } from '../../src/prompt/conversion.js';

const doubtful: Remark = { code: 'CTM320', message: 'A value follows.' };
const unseen = { isNamedPrefill: false, endsInPrefill: false };

describe('a prompt that is split when the program runs', () => {
  it('is left to a person where a value after Assistant may be the user’s', () => {
    expect(atRunTime([], [doubtful], unseen).doubt).toBe(doubtful);
  });

  it('keeps a value that is called a prefill as one', () => {
    const found = atRunTime([], [doubtful], { ...unseen, isNamedPrefill: true });
    expect(found).toMatchObject({ doubt: undefined, mayPrefill: true, remarks: [{ code: 'CTM204' }] });
  });

  it('says once that it may end in text of the assistant', () => {
    const parts = [{ kind: 'text', text: '\n\nHuman: Hi\n\nAssistant: {' }] as const;
    expect(atRunTime(parts, [], unseen).remarks.map(({ code }) => code)).toEqual(['CTM204']);
    const told: Remark = { code: 'CTM204', message: 'It is kept.' };
    expect(atRunTime(parts, [told], unseen).remarks).toEqual([told]);
  });

  it('has nothing to say of a prompt that ends in its marker', () => {
    const parts = [{ kind: 'text', text: '\n\nHuman: Hi\n\nAssistant:' }] as const;
    expect(atRunTime(parts, [], unseen)).toEqual({ remarks: [], mayPrefill: false, doubt: undefined });
  });
});
