/** Whose rules the text of a version range follows: PEP 440 (requirements, PEP 621, Pipfile, setuptools), Poetry or conda. */
export type Dialect = 'pep440' | 'poetry' | 'conda';

/** One clause of a range, such as `>= 0.3` or `==0.3.*`. */
export interface Clause {
  /** Empty where there is none. */
  readonly operator: string;
  /** White space and a `v` between the operator and the version. */
  readonly between: string;
  /** The numbers of the version. */
  readonly numbers: readonly string[];
  /** `.*` or empty. */
  readonly wildcard: string;
  /** What marks a pre-release, a post-release or a local version. */
  readonly suffix: string;
}

const SUFFIX = /(?:[-_.]?(?:alpha|beta|preview|pre|post|dev|rev|rc|a|b|c|r)[-_.]?\d*)*(?:\+[\w.]+)?/;
const CLAUSE = new RegExp(
  `(===|~=|==|!=|>=|<=|<|>|\\^|~|=)?(\\s*v?)(\\d+(?:\\.\\d+)*)((?:\\.\\*)?)(${SUFFIX.source})`,
  'g',
);
const OPERATORS: Readonly<Record<Dialect, RegExp>> = {
  pep440: /^(?:===?|~=|!=|[<>]=?)$/,
  poetry: /^(?:===?|~=|!=|[<>]=?|\^|~|=|)$/,
  conda: /^(?:==|~=|!=|[<>]=?|=|)$/,
};
/** What may be left of an alternative without its clauses. */
const BETWEEN = /^[\s,]*$/;
const OR: Readonly<Record<Dialect, RegExp | null>> = { pep440: null, poetry: /\s*\|\|?\s*/, conda: /\s*\|\s*/ };

/** The alternatives of a range, each with what stands between it and the next left out. */
export function alternatives(text: string, dialect: Dialect): readonly string[] {
  const or = OR[dialect];
  return or === null ? [text] : text.split(or);
}

/** What stands between the alternatives of a range; empty where there is one only. */
export function separatorOf(text: string, dialect: Dialect): string {
  return OR[dialect]?.exec(text)?.[0] ?? '';
}

/** One alternative with each of its clauses replaced. */
export function mapClauses(text: string, change: (clause: Clause) => string): string {
  return text.replace(
    CLAUSE,
    (
      ...[, operator, between, numbers, wildcard, suffix]: [string, string | undefined, string, string, string, string]
    ) => change({ operator: operator ?? '', between, numbers: numbers.split('.'), wildcard, suffix }),
  );
}

/**
 * The same versions as a range of semver, whose functions then work on it; `*` where any version is allowed, null for
 * what is no range. Single versions that are excluded (`!=`) count as allowed, and of a version with more than three
 * numbers the first three count.
 */
export function semverOf(text: string, dialect: Dialect): string | null {
  const members = alternatives(text, dialect).map((member) => memberOf(member, dialect));
  if (members.includes(null)) return null;
  return members.includes('*') ? '*' : members.join(' || ');
}

function memberOf(text: string, dialect: Dialect): string | null {
  if (text.trim() === '' || text.trim() === '*') return '*';
  const comparators: (string | null)[] = [];
  const rest = mapClauses(text, (clause) => {
    comparators.push(OPERATORS[dialect].test(clause.operator) ? comparatorOf(clause, dialect) : null);
    return '';
  });
  if (!BETWEEN.test(rest) || comparators.includes(null)) return null;
  return comparators.filter((comparator) => comparator !== '').join(' ') || '*';
}

function comparatorOf({ operator, numbers, wildcard, suffix }: Clause, dialect: Dialect): string | null {
  const [major = '0', minor = '0', patch = '0'] = numbers;
  const version = `${major}.${minor}.${patch}${prereleaseOf(suffix)}`;
  const family = `${numbers.slice(0, 2).join('.')}.x`;
  switch (operator) {
    case '!=':
      return '';
    case '~=':
      if (numbers.length < 2) return null;
      return numbers.length === 2
        ? `>=${version} <${Number(major) + 1}.0.0`
        : `>=${version} <${major}.${Number(minor) + 1}.0`;
    case '^':
    case '~':
      return `${operator}${numbers.length < 3 ? numbers.join('.') : version}`;
    case '':
    case '=':
      if (wildcard !== '' || (dialect === 'conda' && operator === '=' && numbers.length < 3)) return family;
      return version;
    case '==':
    case '===':
      return wildcard === '' ? version : family;
    default:
      return `${operator}${version}`;
  }
}

/** Of a pre-release, which semver sorts as PEP 440 does if it is told apart by its letter. Others count as the release. */
function prereleaseOf(suffix: string): string {
  const found = /^[-_.]?(alpha|beta|preview|pre|rc|dev|a|b|c)[-_.]?(\d*)/.exec(suffix);
  return found === null ? '' : `-${found[1]}.${Number(found[2])}`;
}
