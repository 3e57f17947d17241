import type { ContainerEntry, LanguageEntry, UnreadEntry } from './transform.js';

/** Every language, in the order in which they run. A new one is a folder beside this file and an entry here. */
export const LANGUAGES: readonly LanguageEntry[] = [
  {
    name: 'ts',
    extensions: ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'],
    needles: [
      'anthropic',
      'Anthropic',
      'HUMAN_PROMPT',
      'AI_PROMPT',
      'max_tokens_to_sample',
      '/v1/complete',
      '.completions',
      'Human:',
      'claude-',
    ],
    importing: () => import('./typescript/importing.js').then((module) => module.importing),
    load: () => import('./typescript/index.js').then((module) => module.typescript),
  },
  {
    name: 'py',
    extensions: ['.py', '.pyi'],
    needles: [
      'anthropic',
      'Anthropic',
      'HUMAN_PROMPT',
      'AI_PROMPT',
      'max_tokens_to_sample',
      '/v1/complete',
      '.completions',
      'Human:',
      'claude-',
    ],
    importing: () => import('./python/importing.js').then((module) => module.importing),
    load: () => import('./python/index.js').then((module) => module.loadPython()),
  },
];

/** Components, documents and notebooks. */
export const CONTAINERS: ContainerEntry = {
  extensions: ['.vue', '.svelte', '.astro', '.md', '.mdx', '.markdown', '.ipynb'],
  components: ['.vue', '.svelte', '.astro'],
  load: () => import('./containers/containers.js').then((module) => module.containers),
};

/** Where else the legacy API is called from: said, so that nobody takes silence for the end of the work. */
export const UNREAD: UnreadEntry = {
  extensions: [
    ...['.go', '.sh', '.bash', '.zsh', '.rb', '.php', '.java', '.kt', '.scala', '.cs', '.rs', '.swift', '.ex', '.exs'],
    ...['.dart', '.lua', '.r', '.R'],
  ],
  needles: ['max_tokens_to_sample', 'MaxTokensToSample', 'anthropic.com/v1/complete', 'anthropic.HUMAN_PROMPT'],
};
