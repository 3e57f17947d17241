import type { LanguageEntry, Transform } from '../../transforms/transform.js';

const transform: Transform<null> = {
  survey: () => null,
  lower: () => ({ sites: [], edits: new Map(), created: [], notes: [], needMessages: [], modelVariables: new Map() }),
  parses: ({ text }) => !text.includes('...'),
};

/** Languages that take all code for legacy, and know only whether it parses. */
export const [TS, PY] = (['ts', 'py'] as const).map((name): LanguageEntry => ({
  name,
  extensions: [`.${name}`],
  needles: [''],
  load: () => Promise.resolve(transform),
})) as [LanguageEntry, LanguageEntry];
