import { describe, expect, it } from 'vitest';
import {
  MODELS,
  MODELS_DATE,
  bedrockRegion,
  findModel,
  isBedrockId,
  isLegacyId,
  looksLikeModelId,
} from '../../src/api/models.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

describe('the table', () => {
  it('names every spelling once', () => {
    const ids = MODELS.flatMap(({ id, aliases, bedrock }) => [id, ...aliases, ...bedrock]);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(ids.filter((id) => !looksLikeModelId(id))).toEqual([]);
  });

  it('has dates that make sense on its own day', () => {
    for (const { id, released, status, ends, staysUntil } of MODELS) {
      for (const date of [released, ends, staysUntil]) expect(date ?? MODELS_DATE, id).toMatch(DAY);
      if (released !== null) expect(released <= MODELS_DATE, id).toBe(true);
      if (ends !== null) expect(ends <= MODELS_DATE, id).toBe(status === 'retired');
      if (ends !== null) expect(staysUntil, id).toBeNull();
      if (status === 'active' && ['haiku', 'sonnet', 'opus'].includes(findModel(id)?.tier ?? ''))
        expect(released, id).not.toBeNull();
    }
  });

  it.each([
    ['claude-opus-5-5', { prefill: false, sampling: 'none', thinks: 'always', maxOutput: 128_000 }],
    ['claude-sonnet-5-5', { prefill: false, sampling: 'none', thinks: 'always', maxOutput: 128_000 }],
    ['claude-haiku-5-5', { prefill: false, sampling: 'none', thinks: 'default', maxOutput: 128_000 }],
    ['claude-opus-5', { prefill: false, sampling: 'none', thinks: 'default', maxOutput: 128_000 }],
    ['claude-sonnet-5', { prefill: false, sampling: 'none', thinks: 'default', maxOutput: 128_000 }],
    ['claude-opus-4-8', { prefill: false, sampling: 'none', thinks: 'asked', maxOutput: 128_000 }],
    ['claude-opus-4-7', { prefill: false, sampling: 'none', thinks: 'asked', maxOutput: 128_000 }],
    ['claude-opus-4-6', { prefill: false, sampling: 'one', thinks: 'asked', maxOutput: 128_000 }],
    ['claude-sonnet-4-6', { prefill: false, sampling: 'one', thinks: 'asked', maxOutput: 128_000 }],
    ['claude-opus-4-5', { prefill: true, sampling: 'one', thinks: 'asked', maxOutput: 64_000 }],
    ['claude-haiku-4-5', { prefill: true, sampling: 'one', thinks: 'asked', maxOutput: 64_000 }],
    [
      'claude-sonnet-4-5',
      { prefill: true, sampling: 'one', thinks: 'asked', maxOutput: 64_000, ends: '2026-11-30', status: 'active' },
    ],
    ['claude-fable-5-2', { prefill: false, sampling: 'none', thinks: 'always', maxOutput: 128_000 }],
    ['claude-3-haiku-20240307', { prefill: true, sampling: 'both', thinks: 'asked', maxOutput: 4096 }],
    ['claude-mythos-preview', { status: 'unknown', prefill: null, sampling: null, maxOutput: null }],
  ])('says of %s what its model page says', (id, row) => {
    expect(findModel(id)).toMatchObject(row);
  });
});

describe('ids that need replacing', () => {
  it.each<[string, readonly string[]]>([
    [
      '2024-11-06',
      [
        'claude-v1',
        'claude-1',
        'claude-v1-100k',
        'claude-1-100k',
        'claude-v1.0',
        'claude-v1.2',
        'claude-v1.3',
        'claude-v1.3-100k',
      ],
    ],
    [
      '2024-11-06',
      ['claude-1.2', 'claude-1.3', 'claude-1.3-100k', 'claude-instant-1', 'claude-instant-1.1', 'claude-instant-1.2'],
    ],
    [
      '2024-11-06',
      [
        'claude-instant-v1',
        'claude-instant-v1-100k',
        'claude-instant-v1.0',
        'claude-instant-v1.1',
        'claude-instant-v1.1-100k',
      ],
    ],
    ['2025-07-21', ['claude-2', 'claude-2.0', 'claude-2.1', 'claude-3-sonnet-20240229']],
    ['2025-10-28', ['claude-3-5-sonnet-20240620', 'claude-3-5-sonnet-20241022', 'claude-3-5-sonnet-latest']],
    ['2026-01-05', ['claude-3-opus-20240229', 'claude-3-opus-latest']],
    [
      '2026-02-19',
      [
        'claude-3-7-sonnet-20250219',
        'claude-3-7-sonnet-latest',
        'claude-3-5-haiku-20241022',
        'claude-3-5-haiku-latest',
      ],
    ],
    ['2026-04-20', ['claude-3-haiku-20240307']],
    [
      '2026-06-15',
      [
        'claude-opus-4-20250514',
        'claude-opus-4-0',
        'claude-sonnet-4-20250514',
        'claude-sonnet-4-0',
        'claude-4-opus-20250514',
      ],
    ],
    ['2026-08-05', ['claude-opus-4-1', 'claude-opus-4-1-20250805']],
  ])('retired on %s: %j', (ends, ids) => {
    for (const id of ids) {
      expect(findModel(id)?.ends, id).toBe(ends);
      expect(isLegacyId(id), id).toBe(true);
    }
  });

  it.each([
    'claude-sonnet-4-6',
    'claude-haiku-4-5-20251001',
    'claude-sonnet-4-5',
    'claude-mythos-preview',
    'claude-9',
    'gpt-4',
    '',
  ])('%s does not', (id) => {
    expect(isLegacyId(id)).toBe(false);
  });
});

describe('ids of Amazon Bedrock', () => {
  it.each([
    ['anthropic.claude-v2:1', 'anthropic.claude-v2:1', ''],
    ['anthropic.claude-v2:1:200k', 'anthropic.claude-v2:1', ''],
    ['anthropic.claude-v2:0:18k', 'anthropic.claude-v2', ''],
    ['us.anthropic.claude-instant-v1', 'anthropic.claude-instant-v1', 'us.'],
    ['us-gov.anthropic.claude-3-haiku-20240307-v1:0', 'claude-3-haiku-20240307', 'us-gov.'],
    ['global.anthropic.claude-haiku-4-5-20251001-v1:0', 'claude-haiku-4-5', 'global.'],
  ])('%s is %s in region "%s"', (id, row, region) => {
    expect(findModel(id)?.id).toBe(row);
    expect(isBedrockId(id)).toBe(true);
    expect(looksLikeModelId(id)).toBe(true);
    expect(bedrockRegion(id)).toBe(region);
  });

  it.each(['claude-2', 'anthropic', 'x.claude-2', 'meta.llama2-13b-chat-v1', 'us.meta.llama3'])('%s is none', (id) => {
    expect(isBedrockId(id)).toBe(false);
    expect(bedrockRegion(id)).toBe('');
  });
});

describe('the form of a model id', () => {
  it.each(['claude-2', 'claude-v9', 'claude-instant-v1-200k', 'claude-opus-99', 'claude-3-5-haiku@20241022'])(
    '%s has it',
    (text) => {
      expect(looksLikeModelId(text)).toBe(true);
    },
  );

  it.each([
    'claude',
    'claude-',
    'claude-code',
    'claude-2 is old',
    ' claude-2',
    'claude-2\n',
    'my-claude-2',
    'anthropic/claude-2',
    'gpt-4',
    '',
    'constructor',
  ])('%j has not', (text) => {
    expect(looksLikeModelId(text)).toBe(false);
    expect(findModel(text)).toBeUndefined();
  });
});
