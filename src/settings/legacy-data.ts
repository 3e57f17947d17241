import { LEGACY_ONLY_PARAMETER } from '../api/parameters.js';
import type { Note } from '../findings/finding.js';
import { entriesOf, type Entry } from './entries.js';

export interface LegacyDataSearch {
  readonly paths: readonly string[];
  /** The text of a file that is not too large to be looked at. */
  readonly read: (path: string) => string | undefined;
  /** Whether a call that speaks Messages reads an option named max_tokens_to_sample: then that is what settings may have. */
  readonly readsOption: boolean;
}

const NAMES = /\.(?:json|jsonc|har|ya?ml)$/;
/** What tools write for themselves. */
const NO_DATA =
  /(?:^|\/)(?:package(?:-lock)?|npm-shrinkwrap|composer|[jt]sconfig[\w.-]*)\.json$|(?:^|\/)pnpm-lock\.yaml$/;
/** Without any of these nothing in a text can be legacy. */
const NEEDLE = /max_tokens_to_sample|\/v1\/complete(?![\w/-])|completion\\?["']?\s*:/;
const RECORDED =
  /(?:^|[./_-])(?:tests?|specs?|__tests__|__mocks__|mocks?|fixtures?|__fixtures__|cassettes?|recordings?|nock|vcr|polly|stubs?)(?:[./_-]|$)|\.har$/i;

/**
 * Legacy requests and answers that stand in JSON and YAML files: recorded for tests, described by a schema, or as settings.
 * Each file is told once, with the path of the first key, however much it holds.
 */
export function findLegacyData({ paths, read, readsOption }: LegacyDataSearch): readonly Note[] {
  return paths.flatMap((path): readonly Note[] => {
    if (!NAMES.test(path) || NO_DATA.test(path)) return [];
    const text = read(path);
    if (text === undefined || !NEEDLE.test(text)) return [];
    const entries = entriesOf(path, text);
    const places = legacyIn(entries, /anthropic|claude/i.test(text)).filter(
      ({ what }) => what !== 'option' || !readsOption,
    );
    const [first] = places;
    return first ? [noteOf(path, first, new Set(places.map(({ entry }) => entry.keys.join('.'))).size - 1)] : [];
  });
}

interface Place {
  readonly entry: Entry;
  readonly what: 'request' | 'answer' | 'address' | 'schema' | 'option';
}

function legacyIn(entries: readonly Entry[], namesVendor: boolean): readonly Place[] {
  const siblings = new Map<string, Set<string>>();
  for (const { keys, value } of entries) {
    if (value !== undefined) continue;
    const holder = keys.slice(0, -1).join('\n');
    siblings.set(holder, (siblings.get(holder) ?? new Set()).add(keys.at(-1) ?? ''));
  }
  return entries.flatMap((entry): readonly Place[] => {
    const what = entry.value === undefined ? ofKey(entry, siblings) : ofValue(entry.value, namesVendor);
    return what ? [{ entry, what }] : [];
  });
}

function ofKey({ keys }: Entry, siblings: ReadonlyMap<string, ReadonlySet<string>>): Place['what'] | undefined {
  const name = keys.at(-1);
  const beside = siblings.get(keys.slice(0, -1).join('\n')) ?? new Set<string>();
  if (name === LEGACY_ONLY_PARAMETER) {
    if (keys.at(-2) === 'properties') return 'schema';
    return beside.has('prompt') ? 'request' : 'option';
  }
  return name === 'completion' && (beside.has('stop_reason') || beside.has('log_id')) ? 'answer' : undefined;
}

function ofValue(value: string, namesVendor: boolean): Place['what'] | undefined {
  if (/^(?:https?:\/\/[^\s"']+)?\/v1\/complete\/?(?:\?\S*)?$/.test(value)) return namesVendor ? 'address' : undefined;
  if (value === LEGACY_ONLY_PARAMETER) return 'schema';
  if (/["']max_tokens_to_sample["']\s*:/.test(value)) return 'request';
  return /"completion"\s*:/.test(value) && /"(?:stop_reason|log_id)"\s*:/.test(value) ? 'answer' : undefined;
}

const WHAT: Readonly<Record<Place['what'], string>> = {
  request: 'is a request of the legacy API',
  answer: 'is an answer of the legacy API',
  address: 'is the address of the legacy API',
  schema: 'describes a parameter of the legacy API, which is max_tokens in Messages',
  option: 'is a parameter of the legacy API, which is max_tokens in Messages',
};

function noteOf(path: string, { entry, what }: Place, more: number): Note {
  const place = `${entry.keys.join('.')} ${WHAT[what]}`;
  const rest =
    more === 0
      ? ''
      : more === 1
        ? ', and so is one more place of this file'
        : `, and so are ${String(more)} more places of this file`;
  const isRecorded = what === 'answer' || (RECORDED.test(path) && what !== 'schema');
  return isRecorded
    ? {
        code: 'CTM307',
        path,
        range: entry.range,
        message: `${place}${rest}; record it again, or the test passes against code that is gone.`,
      }
    : { code: 'CTM308', path, range: entry.range, message: `${place}${rest}; change it with what reads it.` };
}
