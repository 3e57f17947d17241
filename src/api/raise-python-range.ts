import semver from 'semver';

import { alternatives, mapClauses, semverOf, separatorOf, type Clause, type Dialect } from './python-specifiers.js';

/** What a range whose bounds leave no room for the target becomes. */
const FALLBACK: Readonly<Record<Dialect, string>> = { pep440: '~=', poetry: '^', conda: '>=' };

/**
 * Raises a version range until nothing below `first` is allowed, keeping its style: `==0.3.11` becomes `==0.125.0`,
 * `~=0.3.0` becomes `~=0.125.0`, `>=0.3,<0.4` becomes `>=0.125,<0.126`. Alternatives that are high enough stay and those
 * that are too low go; if all are too low, the last one is raised. `target` is the version to raise to.
 */
export function raisePythonRange(range: string, dialect: Dialect, first: string, target: string): string {
  const members = alternatives(range, dialect);
  const high = members.filter((member) => isHighEnough(member, dialect, first));
  if (high.length > 0) return high.map((member) => member.trim()).join(separatorOf(range, dialect));
  const raised = raiseMember(members.at(-1) as string, target).trim();
  const admits = semver.satisfies(target, semverOf(raised, dialect) ?? '<0.0.0');
  return admits && isHighEnough(raised, dialect, first) ? raised : `${FALLBACK[dialect]}${target}`;
}

function isHighEnough(member: string, dialect: Dialect, first: string): boolean {
  const range = semverOf(member, dialect);
  const lowest = range === null ? null : semver.minVersion(range);
  return lowest !== null && semver.gte(lowest, first);
}

function raiseMember(member: string, target: string): string {
  const lower: Clause[] = [];
  const raised = mapClauses(member, (clause) => {
    const { operator, between, wildcard } = clause;
    if (operator === '!=') return print(clause);
    if (operator.startsWith('<')) return `${operator}${between}${upperBound(clause, target)}`;
    lower.push(clause);
    return `${operator === '>' ? '>=' : operator}${between}${inPrecision(clause, target)}${wildcard}`;
  });
  return lower.length > 0 ? raised : `>=${target},${raised.trim()}`;
}

/** The bound as it is where the target is below it, else the next one above the target. */
function upperBound(clause: Clause, target: string): string {
  const written = `${clause.numbers.join('.')}${clause.suffix}`;
  const bound = semver.coerce(clause.numbers.join('.')) ?? target;
  if (clause.operator === '<=') return semver.lte(target, bound) ? written : target;
  if (semver.lt(target, bound)) return written;
  const [major, minor] = target.split('.').map(Number) as [number, number];
  const next = major === 0 ? ['0', String(minor + 1), '0'] : [String(major + 1), '0', '0'];
  return next.slice(0, Math.max(clause.numbers.length, major === 0 ? 2 : 1)).join('.');
}

/** `target` with as many numbers as the clause has; never so few that 0.0 is allowed. */
function inPrecision({ numbers }: Clause, target: string): string {
  return target
    .split('.')
    .slice(0, Math.max(numbers.length, target.startsWith('0.') ? 2 : 1))
    .join('.');
}

function print({ operator, between, numbers, wildcard, suffix }: Clause): string {
  return `${operator}${between}${numbers.join('.')}${wildcard}${suffix}`;
}
