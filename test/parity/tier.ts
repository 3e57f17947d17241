import type { Outcome } from '../harness/fixture.js';

/** How a program moved, from best to worst. */
export const TIERS = ['static', 'structural', 'runtime', 'manual', 'untouched'] as const;

export type Tier = (typeof TIERS)[number];

/** The worst that became of a program's sites; untouched where it has none to migrate. */
export function tierOf({ sites }: Outcome): Tier {
  const found = new Set(sites.map(({ state, tier }) => (state === 'accepted' ? 'untouched' : (tier ?? 'manual'))));
  return (['manual', 'runtime', 'structural', 'static'] as const).find((tier) => found.has(tier)) ?? 'untouched';
}
