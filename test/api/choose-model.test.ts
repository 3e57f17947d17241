import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseModel, type ModelNeeds, type ModelOptions } from '../../src/api/choose-model.js';
import { MODELS, findModel } from '../../src/api/models.js';
import type { SamplingKey } from '../../src/api/sampling.js';

const plain: ModelNeeds = { prefill: false, sampling: [], profile: '0.x' };
const options = (policy: ModelOptions['policy'] = 'parity', map: Record<string, string> = {}): ModelOptions => ({
  policy,
  map: new Map(Object.entries(map)),
});
const choose = (id: string, needs: Partial<ModelNeeds> = {}, policy?: ModelOptions['policy']) =>
  chooseModel(id, { ...plain, ...needs }, options(policy));

describe('parity', () => {
  it.each<[string, Partial<ModelNeeds>, string, readonly string[]]>([
    ['claude-2', {}, 'claude-sonnet-4-6', []],
    ['claude-2.1', { sampling: ['temperature'] }, 'claude-sonnet-4-6', []],
    ['claude-v1.3-100k', { sampling: ['top_p', 'top_k'] }, 'claude-sonnet-4-6', []],
    ['claude-2', { sampling: ['temperature', 'top_p'] }, 'claude-sonnet-4-6', ['top_p']],
    ['claude-2', { prefill: true }, 'claude-haiku-4-5', []],
    ['claude-2', { prefill: true, sampling: ['temperature', 'top_p', 'top_k'] }, 'claude-haiku-4-5', ['top_p']],
    ['claude-instant-1', {}, 'claude-haiku-4-5', []],
    ['claude-instant-v1-100k', { sampling: ['temperature'], prefill: true }, 'claude-haiku-4-5', []],
    ['claude-3-opus-20240229', {}, 'claude-opus-4-8', []],
    ['claude-3-opus-latest', { sampling: ['temperature'] }, 'claude-opus-4-6', []],
    ['claude-opus-4-0', { prefill: true }, 'claude-opus-4-5', []],
    ['claude-sonnet-4-5', {}, 'claude-sonnet-4-6', []],
    ['claude-sonnet-4-5', { prefill: true }, 'claude-haiku-4-5', []],
  ])('%s with %j becomes %s without %j', (id, needs, model, dropped) => {
    expect(choose(id, needs)).toMatchObject({ kind: 'replaced', model, dropped, bedrock: false });
  });

  it.each<[string, Partial<ModelNeeds>, string, readonly string[]]>([
    ['claude-2', { sampling: ['temperature'] }, 'claude-sonnet-4-6', ['temperature']],
    ['claude-instant-1.2', { sampling: ['top_k'], prefill: true }, 'claude-haiku-4-5', ['top_k']],
    // Nothing may be sent, so a newer model that takes nothing will do.
    ['claude-3-opus-20240229', { sampling: ['temperature'] }, 'claude-opus-4-8', ['temperature']],
  ])('on 1.x %s with %j becomes %s without %j', (id, needs, model, dropped) => {
    expect(choose(id, { ...needs, profile: '1.x' })).toMatchObject({ model, dropped });
  });

  it('says why in a sentence', () => {
    expect(choose('claude-2').reason).toBe(
      'claude-2 was retired on 2025-07-21; claude-sonnet-4-6 is the newest sonnet model that does not think unasked.',
    );
    expect(choose('claude-2', { prefill: true }).reason).toBe(
      'claude-2 was retired on 2025-07-21; claude-haiku-4-5 is the newest haiku model that takes prefill and does not think unasked; no sonnet model that stays does.',
    );
    expect(choose('claude-sonnet-4-5').reason).toContain('claude-sonnet-4-5 ends on 2026-11-30');
  });
});

describe('latest', () => {
  it.each<[string, Partial<ModelNeeds>, string, readonly string[]]>([
    ['claude-2', {}, 'claude-sonnet-5-5', []],
    [
      'claude-2',
      { prefill: true, sampling: ['temperature', 'top_p'] },
      'claude-sonnet-5-5',
      ['prefill', 'temperature', 'top_p'],
    ],
    ['claude-instant-1', { sampling: ['top_k'] }, 'claude-haiku-5-5', ['top_k']],
    ['claude-3-opus-20240229', {}, 'claude-opus-5-5', []],
  ])('%s with %j becomes %s without %j', (id, needs, model, dropped) => {
    const choice = choose(id, needs, 'latest');
    expect(choice).toMatchObject({ kind: 'replaced', model, dropped });
    expect(choice.reason).toContain('thinks unasked');
  });
});

describe('keep', () => {
  it('keeps what is gone, and says so', () => {
    expect(choose('claude-2', { prefill: true, sampling: ['temperature'] }, 'keep')).toMatchObject({
      kind: 'kept',
      model: 'claude-2',
      dropped: [],
      reason: 'claude-2 is kept as asked, although it was retired on 2025-07-21.',
    });
    expect(choose('claude-2', { sampling: ['temperature'], profile: '1.x' }, 'keep')).toMatchObject({
      dropped: ['temperature'],
    });
  });
});

describe('ids that are served', () => {
  it.each(['parity', 'latest', 'keep'] as const)('stay under %s, with what they do not take dropped', (policy) => {
    expect(choose('claude-sonnet-4-6', { prefill: true, sampling: ['temperature', 'top_p'] }, policy)).toMatchObject({
      kind: 'kept',
      model: 'claude-sonnet-4-6',
      dropped: ['prefill', 'top_p'],
    });
    expect(choose('claude-haiku-4-5-20251001', {}, policy)).toMatchObject({
      kind: 'kept',
      model: 'claude-haiku-4-5-20251001',
    });
  });

  it('are kept where nobody says whether they are served', () => {
    expect(choose('claude-mythos-preview', { prefill: true })).toMatchObject({ kind: 'kept', dropped: [] });
  });

  it('come with a word on their thinking', () => {
    expect(choose('claude-opus-5-5').reason).toBe(
      'claude-opus-5-5 is kept: it is served. It thinks unasked, and its thinking counts against max_tokens.',
    );
  });
});

describe('ids that nobody knows', () => {
  it.each(['claude-9', 'gpt-4', '', 'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-v2', '__proto__'])(
    '%j',
    (id) => {
      expect(choose(id)).toMatchObject({ kind: 'unknown', model: id });
    },
  );
});

describe('the map of the user', () => {
  const mapped = (id: string, to: string, needs: Partial<ModelNeeds> = {}) =>
    chooseModel(id, { ...plain, ...needs }, options('keep', { [id]: to }));

  it('wins over table and policy', () => {
    expect(mapped('claude-2', 'claude-opus-5-5', { prefill: true })).toMatchObject({
      kind: 'replaced',
      model: 'claude-opus-5-5',
      dropped: ['prefill'],
    });
    expect(mapped('claude-sonnet-4-6', 'claude-haiku-4-5')).toMatchObject({ model: 'claude-haiku-4-5' });
    expect(mapped('our-own', 'claude-haiku-4-5')).toMatchObject({ kind: 'replaced', model: 'claude-haiku-4-5' });
  });

  it('may name a model that the table does not know', () => {
    expect(mapped('claude-2', 'claude-7', { prefill: true, sampling: ['temperature', 'top_p'] })).toMatchObject({
      model: 'claude-7',
      row: undefined,
      dropped: [],
    });
    expect(mapped('claude-2', 'claude-7', { sampling: ['top_k'], profile: '1.x' })).toMatchObject({
      dropped: ['top_k'],
    });
  });

  it('may keep an id', () => {
    expect(mapped('claude-2', 'claude-2')).toMatchObject({ kind: 'kept', model: 'claude-2' });
  });
});

describe('Amazon Bedrock', () => {
  it.each<[string, Partial<ModelNeeds>, string]>([
    ['anthropic.claude-v2', {}, 'anthropic.claude-sonnet-4-6'],
    ['anthropic.claude-v2:1', { sampling: ['temperature'] }, 'anthropic.claude-sonnet-4-6'],
    ['anthropic.claude-v2:1:200k', { prefill: true }, 'anthropic.claude-haiku-4-5-20251001-v1:0'],
    ['anthropic.claude-instant-v1', {}, 'anthropic.claude-haiku-4-5-20251001-v1:0'],
    ['us.anthropic.claude-3-opus-20240229-v1:0', { sampling: ['top_p'] }, 'us.anthropic.claude-opus-4-6-v1'],
    ['claude-2', { bedrock: true }, 'anthropic.claude-sonnet-4-6'],
  ])('%s with %j becomes %s', (id, needs, model) => {
    expect(choose(id, needs)).toMatchObject({ kind: 'replaced', model, bedrock: true });
  });

  it('has dates of its own', () => {
    expect(choose('anthropic.claude-v2:1').reason).toBe(
      'anthropic.claude-v2:1 is a model of the text-completions API; anthropic.claude-sonnet-4-6 is the newest sonnet model that does not think unasked.',
    );
    expect(choose('us.anthropic.claude-3-haiku-20240307-v1:0').reason).toMatch(
      /^us\.anthropic\.claude-3-haiku-20240307-v1:0 was retired on 2026-04-20 on the Claude API, while Bedrock has dates of its own; us\.anthropic/,
    );
  });

  it('says that its older models do not know the API version of the 1.x SDK', () => {
    expect(choose('anthropic.claude-v2', { profile: '1.x' }).reason).toContain('2023-06-01 only');
    expect(choose('anthropic.claude-v2').reason).not.toContain('2023-06-01');
    expect(choose('anthropic.claude-3-opus-20240229-v1:0', { profile: '1.x' }).reason).not.toContain('2023-06-01');
  });
});

describe('for every id of the table and any needs', () => {
  const keys: SamplingKey[] = ['temperature', 'top_p', 'top_k'];
  const anyNeeds = fc.record({
    prefill: fc.boolean(),
    sampling: fc.subarray(keys),
    profile: fc.constantFrom('0.x' as const, '1.x' as const),
    bedrock: fc.boolean(),
  });
  const anyId = fc.constantFrom(
    ...MODELS.filter(({ status }) => status === 'retired').flatMap(({ id, aliases, bedrock }) => [
      id,
      ...aliases,
      ...bedrock,
    ]),
  );

  it('parity takes a model that stays, does not think unasked and drops only what nothing accepts', () => {
    fc.assert(
      fc.property(anyId, anyNeeds, (id, needs) => {
        const choice = chooseModel(id, needs, options());
        if (choice.kind !== 'replaced') throw new Error(choice.reason);
        expect(choice.row).toMatchObject({ status: 'active', ends: null, thinks: 'asked' });
        expect(findModel(choice.model)).toBe(choice.row);
        expect(choice.dropped).not.toContain('prefill');
        const mayGo =
          needs.profile === '1.x' ? needs.sampling : needs.sampling.includes('temperature') ? ['top_p'] : [];
        expect(choice.dropped.filter((key) => !(mayGo as readonly string[]).includes(key))).toEqual([]);
      }),
    );
  });

  it('choosing again changes nothing', () => {
    fc.assert(
      fc.property(anyId, anyNeeds, fc.constantFrom('parity' as const, 'latest' as const), (id, needs, policy) => {
        const { model } = chooseModel(id, needs, options(policy));
        expect(chooseModel(model, needs, options(policy))).toMatchObject({ kind: 'kept', model });
      }),
    );
  });
});
