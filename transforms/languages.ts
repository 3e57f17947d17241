import type { LanguageEntry } from './transform.js';

/** Every language, in the order in which they run. A new one is a folder beside this file and an entry here. */
export const LANGUAGES: readonly LanguageEntry[] = [
  {
    name: 'ts',
    extensions: ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'],
    needles: ['anthropic', 'Anthropic', 'HUMAN_PROMPT', 'AI_PROMPT', 'max_tokens_to_sample', '/v1/complete', '.completions', 'Human:', 'claude-'],
    importing: () => import('./typescript/importing.js').then((module) => module.importing),
    load: () => import('./typescript/index.js').then((module) => module.typescript),
  },
];
