import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LogEntry } from '../../src/reference/log.js';
import { startReferenceServer, type ReferenceServer } from '../../src/reference/server.js';
import { conversationOf, dialogue } from './conversations.js';
import { evaluate } from './evaluate.js';
import { migrate } from './migrate.js';
import type { Place, Style } from './program.js';
import { STYLES } from './styles.js';

/** `PROPERTY_RUNS=50000 npx vitest run test/properties` looks further; `PROPERTY_SEED` looks at the same cases again. */
const { PROPERTY_RUNS = '2000', PROPERTY_SEED } = process.env;

const log: LogEntry[] = [];
let server: ReferenceServer;

beforeAll(async () => {
  server = await startReferenceServer({ log: (entry) => log.push(entry) });
  process.env['ANTHROPIC_BASE_URL'] = server.url;
  process.env['ANTHROPIC_API_KEY'] = 'reference';
});
afterAll(() => server.close());

const program = fc.record({
  written: dialogue,
  style: fc.constantFrom(...Object.keys(STYLES)),
  places: fc.array(fc.constantFrom<Place>('inline', 'inline', 'constant', 'parameter'), {
    minLength: 13,
    maxLength: 13,
  }),
  sdk: fc.constantFrom('sdk-0.20' as const, 'sdk-0.137' as const, 'sdk-1' as const),
});

it(
  'any conversation in any style reaches the model as the same conversation',
  { timeout: 24 * 60 * 60_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(program, async ({ written, style: name, places, sdk }) => {
        const style = STYLES[name] as Style;
        fc.pre(style.takes(written));
        const legacy = style.print(written, places);
        const { source, sites, codes } = await migrate(legacy.source);
        expect(
          sites.map(({ state, tier }) => tier ?? state),
          `${codes.join()}\n${legacy.source}`,
        ).toEqual([style.tier]);

        const before = await asked(() => evaluate(legacy.source, legacy.args, 'sdk-0.20'));
        const after = await asked(() => evaluate(source, legacy.args, sdk));
        expect(before.conversation, legacy.source).toEqual(conversationOf(written));
        expect(after.conversation, source).toEqual(before.conversation);
        expect(after.api).toBe('messages');
        expect(after.answer).toBe(before.answer.replace(/^ /, ''));
      }),
      { numRuns: Number(PROPERTY_RUNS), ...(PROPERTY_SEED !== undefined && { seed: Number(PROPERTY_SEED) }) },
    );
  },
);

/** Runs a program that asks once. */
async function asked(
  run: () => Promise<string>,
): Promise<{ readonly api: string; readonly conversation: unknown; readonly answer: string }> {
  log.length = 0;
  const answer = await run();
  const [entry] = log;
  if (entry === undefined || !('conversation' in entry))
    throw new Error(`The server was asked nothing: ${JSON.stringify(log)}`);
  return { api: entry.api, conversation: entry.conversation, answer };
}
