import { readFileSync } from 'node:fs';
import { UsageError } from '../usage-error.js';

/** What a config file may say: an option by its name, except those that decide whether a run writes. */
const FIELDS = {
  include: strings,
  exclude: strings,
  lang: strings,
  report: strings,
  safeOnly: flag,
  modelMap: pairs,
  modelPolicy: word,
  sdk: word,
} as const;

export type ConfigField = keyof typeof FIELDS;

/**
 * Reads a config file into option values. `taken` are the fields that the command knows; others are checked and passed over, so that
 * commands can share a file. Throws UsageError for a file that is not as described in docs/config.md.
 */
export function readConfig(path: string, taken: readonly ConfigField[]): Readonly<Record<string, unknown>> {
  const values = Object.entries(parse(path)).flatMap(([name, value]): [string, unknown][] => {
    if (name === '$schema') return [];
    if (!isField(name))
      throw new UsageError(
        `${path}: unknown field ${JSON.stringify(name)}; known fields: ${Object.keys(FIELDS).join(', ')}`,
      );
    const { value: read, expected } = FIELDS[name](value);
    if (read === undefined) throw new UsageError(`${path}: ${name} must be ${expected}`);
    return taken.includes(name) ? [[name, read]] : [];
  });
  return Object.fromEntries(values);
}

function parse(path: string): object {
  let config: unknown;
  try {
    config = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UsageError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof config === 'object' && config !== null && !Array.isArray(config)) return config;
  throw new UsageError(`${path}: a config file is one JSON object`);
}

function isField(name: string): name is ConfigField {
  return Object.hasOwn(FIELDS, name);
}

/** The value as an option takes it; undefined if it is not as expected. */
interface Read {
  readonly value: unknown;
  readonly expected: string;
}

function strings(value: unknown): Read {
  return {
    value: Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : undefined,
    expected: 'a list of strings',
  };
}

function flag(value: unknown): Read {
  return { value: typeof value === 'boolean' ? value : undefined, expected: 'true or false' };
}

function word(value: unknown): Read {
  return { value: typeof value === 'string' ? value : undefined, expected: 'a string' };
}

function pairs(value: unknown): Read {
  const entries =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : undefined;
  const valid = entries?.every(([, replacement]) => typeof replacement === 'string');
  return {
    value: valid === true ? entries?.map(([old, replacement]) => `${old}=${String(replacement)}`) : undefined,
    expected: 'an object of model ids',
  };
}
