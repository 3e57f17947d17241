import type { Model, Tier } from './models.js';

/**
 * The rows. Sources: the model pages, the deprecations page, the changelogs and type comments of the SDKs up to
 * TypeScript 1.11.0, and the Bedrock model cards, all as of MODELS_DATE. docs/models.md prints them.
 */

type Capabilities = Pick<Model, 'maxOutput' | 'prefill' | 'sampling' | 'thinks'>;

const CLAUDE_4_5: Capabilities = { maxOutput: 64_000, prefill: true, sampling: 'one', thinks: 'asked' };
const CLAUDE_4_6: Capabilities = { maxOutput: 128_000, prefill: false, sampling: 'one', thinks: 'asked' };
const OPUS_4_7: Capabilities = { maxOutput: 128_000, prefill: false, sampling: 'none', thinks: 'asked' };
const THINKS_BY_DEFAULT: Capabilities = { maxOutput: 128_000, prefill: false, sampling: 'none', thinks: 'default' };
const THINKS_ALWAYS: Capabilities = { maxOutput: 128_000, prefill: false, sampling: 'none', thinks: 'always' };
const NOT_STATED: Capabilities = { maxOutput: null, prefill: null, sampling: null, thinks: null };
const CLAUDE_3_AND_OLDER: Capabilities = { maxOutput: null, prefill: true, sampling: 'both', thinks: 'asked' };

type Ids = Partial<Pick<Model, 'aliases' | 'bedrock'>>;

function served(id: string, tier: Tier, released: string | null, can: Capabilities, ids: Ids = {}): Model {
  return {
    id,
    aliases: [],
    bedrock: [],
    tier,
    released,
    status: 'active',
    ends: null,
    staysUntil: null,
    ...can,
    ...ids,
  };
}

function retired(
  id: string,
  tier: Tier,
  ends: string | null,
  ids: Ids = {},
  can: Capabilities = CLAUDE_3_AND_OLDER,
): Model {
  return {
    id,
    aliases: [],
    bedrock: [],
    tier,
    released: null,
    status: 'retired',
    ends,
    staysUntil: null,
    ...can,
    ...ids,
  };
}

export const servedModels: readonly Model[] = [
  served('claude-haiku-5-5', 'haiku', '2026-10-07', THINKS_BY_DEFAULT, { bedrock: ['anthropic.claude-haiku-5-5'] }),
  {
    ...served('claude-haiku-4-5', 'haiku', '2025-10-15', CLAUDE_4_5, {
      aliases: ['claude-haiku-4-5-20251001'],
      bedrock: ['anthropic.claude-haiku-4-5-20251001-v1:0'],
    }),
    staysUntil: '2026-10-15',
  },

  served('claude-sonnet-5-5', 'sonnet', '2026-09-28', THINKS_ALWAYS, { bedrock: ['anthropic.claude-sonnet-5-5'] }),
  served('claude-sonnet-5', 'sonnet', '2026-06-30', THINKS_BY_DEFAULT, { bedrock: ['anthropic.claude-sonnet-5'] }),
  served('claude-sonnet-4-6', 'sonnet', '2026-02-17', CLAUDE_4_6, { bedrock: ['anthropic.claude-sonnet-4-6'] }),
  {
    ...served('claude-sonnet-4-5', 'sonnet', '2025-09-29', CLAUDE_4_5, {
      aliases: ['claude-sonnet-4-5-20250929'],
      bedrock: ['anthropic.claude-sonnet-4-5-20250929-v1:0'],
    }),
    ends: '2026-11-30',
  },

  served('claude-opus-5-5', 'opus', '2026-09-22', THINKS_ALWAYS, { bedrock: ['anthropic.claude-opus-5-5'] }),
  served('claude-opus-5', 'opus', '2026-07-24', THINKS_BY_DEFAULT, { bedrock: ['anthropic.claude-opus-5'] }),
  served('claude-opus-4-8', 'opus', '2026-05-28', OPUS_4_7, { bedrock: ['anthropic.claude-opus-4-8'] }),
  served('claude-opus-4-7', 'opus', '2026-04-16', OPUS_4_7, { bedrock: ['anthropic.claude-opus-4-7'] }),
  served('claude-opus-4-6', 'opus', '2026-02-05', CLAUDE_4_6, { bedrock: ['anthropic.claude-opus-4-6-v1'] }),
  {
    ...served('claude-opus-4-5', 'opus', '2025-11-24', CLAUDE_4_5, {
      aliases: ['claude-opus-4-5-20251101'],
      bedrock: ['anthropic.claude-opus-4-5-20251101-v1:0'],
    }),
    staysUntil: '2026-11-24',
  },

  served('claude-fable-5-2', 'fable', '2026-11-09', THINKS_ALWAYS),
  served('claude-fable-5-1', 'fable', null, THINKS_ALWAYS),
  served('claude-fable-5', 'fable', '2026-06-09', THINKS_ALWAYS),
  served('claude-mythos-5-2', 'mythos', '2026-11-09', THINKS_ALWAYS),
  served('claude-mythos-5-1', 'mythos', null, THINKS_ALWAYS),
  served('claude-mythos-5', 'mythos', '2026-06-09', THINKS_ALWAYS),
  {
    // Older SDKs announced its end for 2026-06-30, yet TypeScript 1.11.0 still lists it.
    ...served('claude-mythos-preview', 'mythos', '2026-04-07', { ...NOT_STATED, thinks: 'always' }),
    status: 'unknown',
  },
];

/** The only models that the Text Completions API ever served, and later ones that legacy code names by mistake. */
export const retiredModels: readonly Model[] = [
  retired('claude-1.0', 'sonnet', '2024-11-06', { aliases: ['claude-v1.0', 'claude-v1.0-100k', 'claude-1.0-100k'] }),
  retired('claude-1.1', 'sonnet', '2024-11-06', { aliases: ['claude-v1.1', 'claude-v1.1-100k', 'claude-1.1-100k'] }),
  retired('claude-1.2', 'sonnet', '2024-11-06', { aliases: ['claude-v1.2', 'claude-v1.2-100k', 'claude-1.2-100k'] }),
  retired('claude-1.3', 'sonnet', '2024-11-06', {
    aliases: [
      ...['claude-1', 'claude-v1', 'claude-v1.3'],
      ...['claude-1-100k', 'claude-v1-100k', 'claude-1.3-100k', 'claude-v1.3-100k'],
    ],
  }),
  retired('claude-instant-1.0', 'haiku', '2024-11-06', {
    aliases: ['claude-instant-v1.0', 'claude-instant-v1.0-100k', 'claude-instant-1.0-100k'],
  }),
  retired('claude-instant-1.1', 'haiku', '2024-11-06', {
    aliases: ['claude-instant-v1.1', 'claude-instant-v1.1-100k', 'claude-instant-1.1-100k'],
  }),
  retired('claude-instant-1.2', 'haiku', '2024-11-06', {
    aliases: [
      ...['claude-instant-1', 'claude-instant-v1', 'claude-instant-v1.2'],
      ...['claude-instant-1-100k', 'claude-instant-v1-100k'],
    ],
  }),
  retired('claude-2.0', 'sonnet', '2025-07-21', { aliases: ['claude-2', 'claude-v2', 'claude-v2.0'] }),
  retired('claude-2.1', 'sonnet', '2025-07-21', { aliases: ['claude-v2.1'] }),

  retired(
    'claude-3-haiku-20240307',
    'haiku',
    '2026-04-20',
    { bedrock: ['anthropic.claude-3-haiku-20240307-v1:0'] },
    { ...CLAUDE_3_AND_OLDER, maxOutput: 4096 },
  ),
  retired('claude-3-sonnet-20240229', 'sonnet', '2025-07-21', { bedrock: ['anthropic.claude-3-sonnet-20240229-v1:0'] }),
  retired('claude-3-opus-20240229', 'opus', '2026-01-05', {
    aliases: ['claude-3-opus-latest'],
    bedrock: ['anthropic.claude-3-opus-20240229-v1:0'],
  }),
  retired('claude-3-5-sonnet-20240620', 'sonnet', '2025-10-28', {
    bedrock: ['anthropic.claude-3-5-sonnet-20240620-v1:0'],
  }),
  retired('claude-3-5-sonnet-20241022', 'sonnet', '2025-10-28', {
    aliases: ['claude-3-5-sonnet-latest'],
    bedrock: ['anthropic.claude-3-5-sonnet-20241022-v2:0'],
  }),
  retired('claude-3-5-haiku-20241022', 'haiku', '2026-02-19', {
    aliases: ['claude-3-5-haiku-latest'],
    bedrock: ['anthropic.claude-3-5-haiku-20241022-v1:0'],
  }),
  retired('claude-3-7-sonnet-20250219', 'sonnet', '2026-02-19', {
    aliases: ['claude-3-7-sonnet-latest'],
    bedrock: ['anthropic.claude-3-7-sonnet-20250219-v1:0'],
  }),
  retired('claude-opus-4-20250514', 'opus', '2026-06-15', {
    aliases: ['claude-opus-4-0', 'claude-4-opus-20250514'],
    bedrock: ['anthropic.claude-opus-4-20250514-v1:0'],
  }),
  retired('claude-sonnet-4-20250514', 'sonnet', '2026-06-15', {
    aliases: ['claude-sonnet-4-0', 'claude-4-sonnet-20250514'],
    bedrock: ['anthropic.claude-sonnet-4-20250514-v1:0'],
  }),
  retired(
    'claude-opus-4-1-20250805',
    'opus',
    '2026-08-05',
    { aliases: ['claude-opus-4-1'], bedrock: ['anthropic.claude-opus-4-1-20250805-v1:0'] },
    { ...CLAUDE_3_AND_OLDER, sampling: 'one' },
  ),
];

const BEDROCK_LEGACY: Capabilities = { ...CLAUDE_3_AND_OLDER, maxOutput: 4096 };

/** The text-completions models of Amazon Bedrock, which sets its own dates: none of them is stated here. */
export const retiredBedrock: readonly Model[] = [
  retired('anthropic.claude-v1', 'sonnet', null, {}, BEDROCK_LEGACY),
  retired('anthropic.claude-v2', 'sonnet', null, { bedrock: ['anthropic.claude-v2:0'] }, BEDROCK_LEGACY),
  retired('anthropic.claude-v2:1', 'sonnet', null, {}, BEDROCK_LEGACY),
  retired('anthropic.claude-instant-v1', 'haiku', null, { bedrock: ['anthropic.claude-instant-v1:2'] }, BEDROCK_LEGACY),
];
