import { CONTAINERS, LANGUAGES, UNREAD } from '../../transforms/languages.js';
import type { DiscoverOptions } from '../discover/discover.js';
import { UsageError } from '../usage-error.js';

/** Arguments that every command which looks at files takes. */
export interface FileArguments {
  readonly paths: readonly string[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Names of languages, each argument one or several with commas. */
  readonly lang: readonly string[];
  readonly report: readonly string[];
}

/** The languages that were asked for; all, and those that can only be found, if none was. Throws UsageError for a name that is none. */
export function readLanguages(
  args: readonly string[],
): Required<Pick<DiscoverOptions, 'languages' | 'containers' | 'unread'>> {
  const names = args.flatMap((arg) => arg.split(',')).map((name) => name.trim());
  const unknown = names.find((name) => LANGUAGES.every((language) => language.name !== name));
  if (unknown !== undefined) {
    throw new UsageError(
      `Unknown language ${JSON.stringify(unknown)}; known languages: ${LANGUAGES.map(({ name }) => name).join(', ')}`,
    );
  }
  if (names.length === 0) return { languages: LANGUAGES, containers: CONTAINERS, unread: [UNREAD] };
  return { languages: LANGUAGES.filter(({ name }) => names.includes(name)), containers: CONTAINERS, unread: [] };
}

/** Reads `OLD=NEW` pairs. Throws UsageError for anything else and for two answers to one id. */
export function readModelMap(args: readonly string[]): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const arg of args) {
    const [, old, replacement] = /^([^=\s]+)=([^=\s]+)$/.exec(arg) ?? [];
    if (old === undefined || replacement === undefined) {
      throw new UsageError(`--model-map ${arg} is not of the form OLD=NEW, such as claude-2=claude-sonnet-4-6`);
    }
    if ((map.get(old) ?? replacement) !== replacement) throw new UsageError(`--model-map gives two models for ${old}`);
    map.set(old, replacement);
  }
  return map;
}
