import { describe, expect, it } from 'vitest';
import {
  currentStopReasons,
  isLegacyStopReason,
  isTyped,
  legacyStopReason,
  type StopReason,
} from '../../src/api/stop-reasons.js';
import { SDKS, failing } from './compile.js';

const REASONS: readonly StopReason[] = [
  'end_turn',
  'stop_sequence',
  'max_tokens',
  'model_context_window_exceeded',
  'refusal',
];

describe('stop reasons', () => {
  it.each(SDKS)('are typed in $version as the table says', ({ alias, version }) => {
    const source = (reason: string) =>
      `import Anthropic from '@anthropic-ai/sdk';\nexport const is = (m: Anthropic.Message) => m.stop_reason === '${reason}';\n`;
    const untyped = REASONS.filter((reason) => !isTyped(reason, { profile: '0.x', lowest: version }));
    expect(failing(alias, REASONS.map(source))).toEqual(untyped.map(source));
  });

  it('say together what a legacy one said', () => {
    const newest = { profile: '1.x', lowest: '1.11.0' } as const;
    const oldest = { profile: '0.x', lowest: '0.14.0' } as const;
    expect(currentStopReasons('stop_sequence', oldest)).toEqual(['end_turn', 'stop_sequence']);
    expect(currentStopReasons('max_tokens', oldest)).toEqual(['max_tokens']);
    expect(currentStopReasons('max_tokens', newest)).toEqual(['max_tokens', 'model_context_window_exceeded']);
    // 0.67 to 0.113 lack what 0.65 had.
    expect(currentStopReasons('max_tokens', { profile: '0.x', lowest: '0.65.0' })).toEqual(['max_tokens']);
  });

  it('lead back', () => {
    expect(REASONS.map(legacyStopReason)).toEqual([
      'stop_sequence',
      'stop_sequence',
      'max_tokens',
      'max_tokens',
      'refusal',
    ]);
    expect(legacyStopReason('tool_use')).toBe('tool_use');
    expect(['stop_sequence', 'max_tokens', 'end_turn', 'constructor'].filter(isLegacyStopReason)).toEqual([
      'stop_sequence',
      'max_tokens',
    ]);
  });
});
