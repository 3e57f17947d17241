import semver from 'semver';

const OPTIONS = { loose: true };
/** One comparator: operator, white space, `v`, version in any precision, prerelease and build. */
const COMPARATOR = /(>=|<=|>|<|=|\^|~>?)?(\s*)(v?)(\d+(?:\.(?:\d+|[xX*])){0,2})(?:[-+][\w.+-]*)?/g;
const HYPHEN = /^(\s*)\S+(\s+-\s+\S+\s*)$/;

/**
 * Raises a version range until nothing below `first` is allowed, keeping its style: `^0.5.0` becomes `^0.137.0`,
 * `0.5.x` becomes `0.137.x`, `>=0.5 <1` becomes `>=0.137 <1`. Alternatives that are high enough stay and those that
 * are too low go; if all are too low, the last one is raised. `target` is the version to raise to.
 * A range whose upper bound excludes the target becomes `^target`.
 */
export function raiseRange(range: string, first: string, target: string): string {
  const members = range.split('||');
  const high = members.filter((member) => isHighEnough(member, first));
  if (high.length > 0) return high.map((member) => member.trim()).join(separatorOf(range));
  const last = members.at(-1) as string;
  const raised = raiseMember(last, target).trim();
  const keeps = isHighEnough(raised, first) && semver.satisfies(target, raised, OPTIONS);
  return keeps ? raised : `^${target}`;
}

function isHighEnough(member: string, first: string): boolean {
  const lowest = semver.validRange(member, OPTIONS) === null ? null : semver.minVersion(member, OPTIONS);
  return lowest !== null && semver.gte(lowest, first);
}

function separatorOf(range: string): string {
  return /\s*\|\|\s*/.exec(range)?.[0] ?? '';
}

function raiseMember(member: string, target: string): string {
  const hyphen = HYPHEN.exec(member);
  if (hyphen !== null) return `${hyphen[1]}${target}${hyphen[2]}`;
  const raised = member.replace(COMPARATOR, (...match: [string, string | undefined, string, string, string]) => {
    const [all, operator = '', space, v, version] = match;
    if (operator.startsWith('<')) return all;
    return `${operator === '>' ? '>=' : operator}${space}${v}${inPrecision(version, target)}`;
  });
  return /^\s*</.test(raised) && !raised.includes('>') ? `>=${target} ${raised.trim()}` : raised;
}

/** `target` with as many numbers as `version` has, and its placeholder; never so few that 0.0 is allowed. */
function inPrecision(version: string, target: string): string {
  const parts = version.split('.');
  const placeholder = parts.find((part) => /^[xX*]$/.test(part));
  const numbers = placeholder === undefined ? parts.length : parts.indexOf(placeholder);
  const written = target.split('.').slice(0, Math.max(numbers, target.startsWith('0.') ? 2 : 1));
  return [...written, ...(placeholder !== undefined && written.length < 3 ? [placeholder] : [])].join('.');
}
