import type { Difference } from '../../src/parity/compare.js';

/** What each finding says will differ. A code left to a person announces everything. */
const ANNOUNCED: Readonly<Record<string, readonly Difference['what'][]>> = {
  // The reason that it gives warns of a model that thinks first, which a small limit leaves nothing to say.
  CTM104: ['printed'],
  CTM201: ['sampling'],
  CTM202: ['limits'],
  CTM203: ['stops'],
  CTM206: ['printed'],
  CTM207: ['refused', 'printed', 'ended'],
  CTM213: ['printed'],
};

/** The differences that findings with these codes say nothing of. */
export function unannounced(differences: readonly Difference[], codes: readonly string[]): readonly Difference[] {
  if (codes.some((code) => code.startsWith('CTM3'))) return [];
  const announced = codes.flatMap((code) => ANNOUNCED[code] ?? []);
  return differences.filter(({ what }) => !announced.includes(what));
}
