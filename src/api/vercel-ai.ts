import semver from 'semver';

/** The first version of `ai` whose AnthropicStream reads the events of a Messages stream (FACTS, section 6). */
export const FIRST_AI_WITH_MESSAGES = '2.2.30';

/** Whether a declared range of `ai` allows a version whose AnthropicStream would read nothing from a Messages stream. */
export function mayMissMessages(range: string): boolean {
  const lowest = semver.validRange(range, { loose: true }) === null ? null : semver.minVersion(range, { loose: true });
  return lowest !== null && semver.lt(lowest, FIRST_AI_WITH_MESSAGES);
}
