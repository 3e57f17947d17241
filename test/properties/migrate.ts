import type { LanguageEntry, SiteOutcome } from '../../transforms/transform.js';
import { typescript } from '../../transforms/typescript/index.js';
import { NO_HOSTING } from '../../src/containers.js';
import { verify } from '../../src/verify.js';

export interface Migrated {
  readonly source: string;
  readonly sites: readonly SiteOutcome[];
  readonly codes: readonly string[];
}

const LANGUAGE: LanguageEntry = {
  name: 'ts',
  extensions: ['.ts'],
  needles: [],
  load: () => Promise.resolve(typescript),
};

/** Migrates one file in memory. */
export async function migrate(source: string): Promise<Migrated> {
  const path = 'main.ts';
  const survey = typescript.survey({
    candidates: [{ path, text: source }],
    apart: [],
    importers: { files: [], reach: 'all' },
    read: () => undefined,
    sdkFor: () => ({ profile: '0.x', lowest: '0.20.0' }),
    models: { policy: 'parity', map: new Map() },
    safeOnly: false,
    isAlone: () => false,
  });
  const { edits, created, sites, notes } = typescript.lower(survey);
  const { changes, rejected } = await verify({
    edits,
    created,
    load: () => ({ text: source, bom: false }),
    languages: [LANGUAGE],
    hosting: NO_HOSTING,
  });
  if (rejected.size > 0)
    throw new Error(`What came out does not parse: ${notes.map(({ message }) => message).join('; ')}`);
  return {
    source: changes.find((change) => change.path === path)?.after ?? source,
    sites,
    codes: notes.map(({ code }) => code),
  };
}
