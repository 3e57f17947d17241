import { describe, expect, it } from 'vitest';
import { MAX_TOKENS_WITHOUT_STREAMING, maxTokensVerdict } from '../../src/api/max-tokens.js';
import { findModel } from '../../src/api/models.js';

describe('max_tokens', () => {
  it('is limited as the formula of the SDKs limits it', () => {
    expect(MAX_TOKENS_WITHOUT_STREAMING).toBe(21_333);
    expect((3600 * 21_333) / 128_000).toBeLessThanOrEqual(600);
    expect((3600 * 21_334) / 128_000).toBeGreaterThan(600);
  });

  it.each<[number, string, boolean, number | null]>([
    [300, 'claude-sonnet-4-6', false, null],
    [21_333, 'claude-sonnet-4-6', false, null],
    [21_334, 'claude-sonnet-4-6', false, 21_333],
    [100_000, 'claude-sonnet-4-6', false, 21_333],
    [100_000, 'claude-sonnet-4-6', true, null],
    [128_001, 'claude-sonnet-4-6', true, 128_000],
    [100_000, 'claude-haiku-4-5', true, 64_000],
    [100_000, 'a model known only at run time', false, 21_333],
    [100_000, 'a model known only at run time', true, null],
    [5_000, 'claude-3-haiku-20240307', false, 4_096],
    [-1, 'claude-2', false, null],
    [NaN, 'claude-2', false, null],
    [Infinity, 'claude-2', false, 21_333],
  ])('%d for %s, streaming %s: %s', (value, model, streaming, to) => {
    const verdict = maxTokensVerdict(value, findModel(model), streaming);
    expect(verdict.kind === 'kept' ? null : verdict.to).toBe(to);
  });

  it('says why', () => {
    expect(maxTokensVerdict(100_000, findModel('claude-haiku-4-5'), true)).toMatchObject({
      why: 'max_tokens is lowered from 100000 to 64000 because claude-haiku-4-5 writes at most 64000 tokens.',
    });
    expect(maxTokensVerdict(100_000, undefined, false)).toMatchObject({
      why: 'max_tokens is lowered from 100000 to 21333 because the SDK throws before it sends a call without streaming that asks for more than 21333.',
    });
  });
});
