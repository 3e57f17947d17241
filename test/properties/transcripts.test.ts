import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LogEntry } from '../../src/reference/log.js';
import { startReferenceServer, type ReferenceServer } from '../../src/reference/server.js';
import { evaluate } from './evaluate.js';
import { migrate } from './migrate.js';
import { ANSWERING, ASKING, HOLDERS, OPENINGS, printTranscript } from './transcripts.js';

const { PROPERTY_RUNS = '200', PROPERTY_SEED } = process.env;

const log: LogEntry[] = [];
let server: ReferenceServer;

beforeAll(async () => {
  server = await startReferenceServer({ log: (entry) => log.push(entry) });
  process.env['ANTHROPIC_BASE_URL'] = server.url;
  process.env['ANTHROPIC_API_KEY'] = 'reference';
});
afterAll(() => server.close());

const question = fc.oneof(
  fc.constantFrom(
    'Hi.',
    ' with space around \n',
    'Human: x',
    'x\nAssistant:',
    '${HUMAN_PROMPT}',
    '[[say: One.]]',
    '[[say:   ]] nothing',
    '[[say: Two \n\n lines \n]]',
    '[[error: 529]] overloaded',
  ),
  fc.string({ minLength: 1, maxLength: 12 }).map((text) => `q ${text}`),
);

const program = fc.record({
  holder: fc.constantFrom(...Object.keys(HOLDERS)),
  opening: fc.constantFrom(...Object.keys(OPENINGS)),
  asking: fc.constantFrom(...Object.keys(ASKING)),
  answering: fc.constantFrom(...Object.keys(ANSWERING)),
  rounds: fc.array(fc.oneof({ weight: 6, arbitrary: question }, { weight: 1, arbitrary: fc.constant(null) }), {
    minLength: 1,
    maxLength: 5,
  }),
  sdk: fc.constantFrom('sdk-0.20' as const, 'sdk-0.137' as const, 'sdk-1' as const),
});

it(
  'a transcript that is kept as one text asks the same as the list that it becomes, in every round',
  { timeout: 24 * 60 * 60_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(program, async ({ rounds, sdk, ...style }) => {
        const legacy = printTranscript(style);
        const { source, sites, codes } = await migrate(legacy);
        const tiers = sites.map(({ state, tier }) => `${state} ${tier ?? ''}`);
        expect(new Set(tiers), `${codes.join()}\n${legacy}`).toEqual(new Set(['exact structural']));
        const before = await asked(() => evaluate(legacy, rounds, 'sdk-0.20'));
        const after = await asked(() => evaluate(source, rounds, sdk));
        expect(after, source).toEqual(before);
      }),
      { numRuns: Number(PROPERTY_RUNS), ...(PROPERTY_SEED !== undefined && { seed: Number(PROPERTY_SEED) }) },
    );
  },
);

/** Runs a program, and tells what it asked in turn and what it said at the end. */
async function asked(run: () => Promise<string>): Promise<unknown> {
  log.length = 0;
  const said = await run();
  return { said, asked: log.map((entry) => ('conversation' in entry ? entry.conversation : entry.status)) };
}
