import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { NO_HOSTING } from '../../src/containers.js';
import { canonicalConversation, type Conversation } from '../../src/reference/conversation.js';
import { readPrompt } from '../../src/reference/legacy-prompt.js';
import { verify } from '../../src/verify.js';
import type { LanguageEntry, Transform } from '../../transforms/transform.js';
import { loadPython } from '../../transforms/python/index.js';
import { python } from '../parity/python/venv.js';
import { conversationOf, dialogue, type Dialogue } from './conversations.js';
import { PYTHON_STYLES } from './python-styles.js';
import type { Place, Program, Style } from './program.js';

const { PYTHON_PROPERTY_RUNS = '600', PROPERTY_SEED } = process.env;
const RECORDER = fileURLToPath(new URL('python-calls.py', import.meta.url));
/** Characters that are white space for one of JavaScript and Python alone. */
const DOUBTFUL = ['\u001c', '\u001d', '\u001e', '\u001f', '\u0085', '\ufeff'];

let transform: Transform<unknown>;
beforeAll(async () => {
  transform = await loadPython();
});

interface Case {
  readonly written: Dialogue;
  readonly style: Style;
  readonly legacy: Program;
}

const written = fc
  .record({
    written: dialogue.filter(isSpacedAlike),
    name: fc.constantFrom(...Object.keys(PYTHON_STYLES)),
    places: fc.array(fc.constantFrom<Place>('inline', 'inline', 'constant', 'parameter'), {
      minLength: 13,
      maxLength: 13,
    }),
  })
  .map(({ written: each, name, places }): Case => {
    const style = PYTHON_STYLES[name] as Style;
    return { written: each, style, legacy: style.print(each, places) };
  })
  .filter(({ written: each, style }) => style.takes(each));

// Only where nobody counts on it: .ci/run demands a Python.
const isSkipped = python() === null && process.env['PYTHON_PARITY'] !== 'required';

describe.skipIf(isSkipped)('Python', { timeout: 600_000 }, () => {
  it('any conversation in any style asks for the same conversation', async () => {
    const cases = fc.sample(written, {
      numRuns: Number(PYTHON_PROPERTY_RUNS),
      ...(PROPERTY_SEED !== undefined && { seed: Number(PROPERTY_SEED) }),
    });
    const migrated = await Promise.all(cases.map(({ legacy }) => migrate(legacy.source)));
    for (const [index, { tiers, told }] of migrated.entries())
      expect(tiers, `${told.join('\n')}\n${cases[index]?.legacy.source}`).toEqual([cases[index]?.style.tier]);
    const asked = run(cases.map(({ legacy }, index) => [[legacy.source, migrated[index]?.source ?? ''], legacy.args]));
    for (const [index, [before, after]] of asked.entries()) {
      const expected = conversationOf((cases[index] as Case).written);
      expect(readPrompt(String(before.params['prompt'])), cases[index]?.legacy.source).toEqual(expected);
      expect(after.api).toBe('messages');
      expect(conversationIn(after.params), migrated[index]?.source).toEqual(expected);
    }
  });
});

/** Whether both languages take the same for white space. */
function isSpacedAlike({ system, turns, prefill }: Dialogue): boolean {
  const all = [system ?? '', prefill ?? '', ...turns.flatMap(({ gap, text, end }) => [gap, text, end])].join('');
  return !DOUBTFUL.some((character) => all.includes(character));
}

interface Asked {
  readonly api: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** What each program asks for, before and after, told by one interpreter. */
function run(
  programs: readonly (readonly [readonly string[], readonly unknown[]])[],
): readonly (readonly [Asked, Asked])[] {
  const output = execFileSync(python()?.command ?? 'python3', [RECORDER], {
    input: JSON.stringify(programs),
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(output.toString()) as readonly (readonly [Asked, Asked])[];
}

function conversationIn({ system, messages }: Asked['params']): Conversation {
  const turns = (messages as readonly { readonly role: 'user' | 'assistant'; readonly content: string }[]).map(
    ({ role, content }) => ({ role, text: content }),
  );
  const last = turns.at(-1);
  const open = last?.role === 'assistant' ? last.text : '';
  return canonicalConversation(
    typeof system === 'string' ? system : '',
    open === '' ? turns : turns.slice(0, -1),
    open,
  );
}

/** Migrates one file in memory. */
async function migrate(
  source: string,
): Promise<{ readonly source: string; readonly tiers: readonly string[]; readonly told: readonly string[] }> {
  const language: LanguageEntry = {
    name: 'py',
    extensions: ['.py'],
    needles: [],
    load: () => Promise.resolve(transform),
  };
  const survey = transform.survey({
    candidates: [{ path: 'main.py', text: source }],
    apart: [],
    importers: { files: [], reach: 'all' },
    read: () => undefined,
    sdkFor: () => ({ profile: '0.x', lowest: '0.39.0' }),
    models: { policy: 'parity', map: new Map() },
    safeOnly: false,
    isAlone: () => false,
  });
  const { edits, created, sites, notes } = transform.lower(survey);
  const { changes, rejected } = await verify({
    edits,
    created,
    load: () => ({ text: source, bom: false }),
    languages: [language],
    hosting: NO_HOSTING,
  });
  if (rejected.size > 0)
    throw new Error(`What came out does not parse: ${notes.map(({ message }) => message).join('; ')}\n${source}`);
  return {
    source: changes[0]?.after ?? source,
    tiers: sites.map(({ state, tier }) => tier ?? state),
    told: notes.map(({ message }) => message),
  };
}
