import type { Leftover } from './leftovers/leftover.js';
import { packageFolder } from './package-folder.js';
import type { SitePlan } from './site-plan.js';
import type { Survey } from './survey.js';
import type { Unit } from './unit.js';

/** What keeps its legacy form, and so do the types that may describe it. */
export interface Staying {
  /** Files with a call or a request that stays. */
  readonly files: ReadonlySet<Unit>;
  /** Whether legacy types move that nothing ties to a call but their name. */
  readonly movesTypes: (unit: Unit) => boolean;
}

/** Codes of legacy requests that no SDK call of the file makes: what the file's types describe may be theirs. */
const OWN_REQUESTS: ReadonlySet<string> = new Set([
  'CTM302',
  'CTM303',
  'CTM304',
  'CTM305',
  'CTM306',
  'CTM307',
  'CTM308',
]);

/** Tells what stays, from the calls that move and from what is left beside them. */
export function stayingIn(
  { stays, project }: Survey,
  moved: readonly SitePlan[],
  leftovers: ReadonlyMap<Unit, readonly Leftover[]>,
): Staying {
  const withCode = (isMeant: (code: string) => boolean): readonly Unit[] =>
    [...leftovers].filter(([, own]) => own.some(({ code }) => isMeant(code))).map(([unit]) => unit);
  const withSites = [...stays.keys()].map(({ unit }) => unit);
  const files = new Set([...withSites, ...withCode((code) => OWN_REQUESTS.has(code))]);
  const folderOf = ({ path }: Unit): string => packageFolder(path, project);
  // Whoever wraps the resource itself hands its answers to any file of the package.
  const wrapping = new Set(withCode((code) => code === 'CTM302').map(folderOf));
  const moving = new Set(moved.map(({ site }) => folderOf(site.unit)));
  const left = new Set(withSites.map(folderOf).filter((folder) => !moving.has(folder)));
  return {
    files,
    movesTypes: (unit) => {
      const folder = folderOf(unit);
      return !files.has(unit) && !wrapping.has(folder) && !left.has(folder) && isFed(unit, moved);
    },
  };
}

/** Whether code that only its types tie to a call is fed by one that moved; types alone mean no values. */
function isFed({ text }: Unit, moved: readonly SitePlan[]): boolean {
  return moved.length > 0 || !/\.completion\b|\bcompletion\s*[:,}]|max_tokens_to_sample|\.prompt\b/.test(text);
}
