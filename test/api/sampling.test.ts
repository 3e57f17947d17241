import { describe, expect, it } from 'vitest';
import { findModel } from '../../src/api/models.js';
import { demandedSampling, samplingVerdict, type SamplingParameter } from '../../src/api/sampling.js';

const t = (value?: number): SamplingParameter => ({ key: 'temperature', ...(value === undefined ? {} : { value }) });
const p = (value?: number): SamplingParameter => ({ key: 'top_p', ...(value === undefined ? {} : { value }) });
const k = (value?: number): SamplingParameter => ({ key: 'top_k', ...(value === undefined ? {} : { value }) });

/** `key` where it goes silently, `key: why` otherwise. */
function verdict(parameters: SamplingParameter[], model: string, profile: '0.x' | '1.x' = '0.x'): string[] {
  return samplingVerdict(parameters, findModel(model), profile).map(({ key, why }) =>
    why === null ? key : `${key}: ${why}`,
  );
}

describe('what has to go', () => {
  it('is nothing on a model that takes it', () => {
    expect(verdict([t(0), k(5)], 'claude-sonnet-4-6')).toEqual([]);
    expect(verdict([t(1)], 'claude-haiku-4-5')).toEqual([]);
    expect(verdict([t(0), p(0.5), k()], 'claude-2')).toEqual([]);
    expect(verdict([], 'claude-opus-5-5', '1.x')).toEqual([]);
  });

  it('is top_p beside temperature, unless temperature only says the default', () => {
    expect(verdict([t(0.5), p(0.9)], 'claude-sonnet-4-6')).toEqual([
      'top_p: top_p: 0.9 is removed because claude-sonnet-4-6 does not take temperature and top_p together.',
    ]);
    expect(verdict([p(), t(), k()], 'claude-opus-4-5')).toEqual([
      'top_p: top_p is removed because claude-opus-4-5 does not take temperature and top_p together.',
    ]);
    expect(verdict([t(1), p(0.9)], 'claude-sonnet-4-6')).toEqual(['temperature']);
    expect(verdict([t(0.2), p(1)], 'claude-sonnet-4-6')).toEqual(['top_p']);
    expect(verdict([t(1), p(1)], 'claude-sonnet-4-6')).toEqual(['top_p']);
  });

  it('is everything on a model that takes none', () => {
    expect(verdict([t(0.7), p(1), k(3)], 'claude-opus-4-8')).toEqual([
      'temperature: temperature: 0.7 is removed because claude-opus-4-8 takes no sampling parameters.',
      'top_p',
      'top_k: top_k: 3 is removed because claude-opus-4-8 takes no sampling parameters.',
    ]);
  });

  it('is everything on 1.x, whatever the model', () => {
    expect(verdict([t(0), p()], 'claude-2', '1.x')).toEqual([
      'temperature: temperature: 0 is removed because API version 2026-10-21 has no sampling parameters; no other parameter makes answers repeatable.',
      'top_p: top_p is removed because API version 2026-10-21 has no sampling parameters.',
    ]);
    expect(verdict([t(1)], 'no-such-model', '1.x')).toEqual(['temperature']);
  });

  it('is what no served model takes, where the model is not known', () => {
    expect(verdict([t(0.5), k(2)], 'no-such-model')).toEqual([]);
    expect(verdict([t(0.5), p(0.5)], 'no-such-model')).toEqual([
      'top_p: top_p: 0.5 is removed because no model that is served takes temperature and top_p together.',
    ]);
  });
});

it('drops a cut-off that was switched off in the old way, whatever the model and the version', () => {
  expect(verdict([t(0.5), p(-1), k(-1)], 'claude-sonnet-4-6')).toEqual(['top_p', 'top_k']);
  expect(verdict([k(-1)], 'no-such-model', '1.x')).toEqual(['top_k']);
  expect(demandedSampling([p(-1), k(-1)])).toEqual([]);
});

it('asks a model for nothing that is the default', () => {
  expect(demandedSampling([t(1), p(1), k(1)])).toEqual(['top_k']);
  expect(demandedSampling([t(), p(0.99)])).toEqual(['temperature', 'top_p']);
});
