import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FIXTURES, loadFixture } from '../harness/fixture.js';
import { judge } from './judge.js';
import { withMutant, type Mutation } from './mutant.js';

/** A fault, and a program of the parity suite that shows it. */
interface Seeded extends Mutation {
  readonly name: string;
  readonly witness: string;
  /** In what the runs differ, among other things. */
  readonly shows: string;
}

const SEEDED: readonly Seeded[] = [
  {
    name: 'the system text is dropped',
    file: 'src/prompt/convert.ts',
    find: 'conversation: { system: opening.system,',
    replace: 'conversation: { system: [],',
    witness: 'prompt-system-literal',
    shows: 'conversation',
  },
  {
    name: 'system text is put into the first turn',
    file: 'src/prompt/convert.ts',
    find: 'if (hasUser) return { system: trimContent(lead), entries,',
    replace: "if (hasUser) return { system: [], entries: [{ kind: 'turn', role: 'user', content: lead }, ...entries],",
    witness: 'prompt-system-constant',
    shows: 'conversation',
  },
  {
    name: 'a marker is kept',
    file: 'src/prompt/tokens.ts',
    find: 'text: text.slice(done, marker.start) }',
    replace: 'text: text.slice(done, marker.end) }',
    witness: 'prompt-few-shot',
    shows: 'conversation',
  },
  {
    name: 'a role is mapped wrong',
    file: 'transforms/typescript/print.ts',
    find: 'return [style.quote + role + style.quote,',
    replace: "return [style.quote + (role === 'assistant' ? 'user' : role) + style.quote,",
    witness: 'prompt-few-shot',
    shows: 'conversation',
  },
  {
    name: 'white space within a turn is tidied',
    file: 'src/prompt/content.ts',
    find: 'piece.text.trimStart() : piece.text.trimEnd();',
    replace: "piece.text.trimStart().replace(/\\s+/g, ' ') : piece.text.trimEnd().replace(/\\s+/g, ' ');",
    witness: 'prompt-inner-whitespace-kept',
    shows: 'conversation',
  },
  {
    name: 'the prefill is lost',
    file: 'src/prompt/convert.ts',
    find: 'prefill: prefill?.content ?? null }',
    replace: 'prefill: null }',
    witness: 'prompt-prefill-json',
    shows: 'conversation',
  },
  {
    name: 'turns are put in the wrong order',
    file: 'src/prompt/convert.ts',
    find: 'entries: body.entries, prefill:',
    replace: 'entries: [...body.entries].reverse(), prefill:',
    witness: 'prompt-few-shot',
    shows: 'conversation',
  },
  {
    name: 'the helper for prompts forgets the system text',
    file: 'transforms/helpers/typescript/sources/to-messages.ts',
    find: '? { system, messages: messages.slice(1) } :',
    replace: '? { messages: messages.slice(1) } :',
    witness: 'history-system-role-as-bare-text',
    shows: 'conversation',
  },
  {
    name: 'only the first block is read',
    file: 'transforms/typescript/results/text.ts',
    find: '".map((block) => ',
    replace: '".slice(0, 1).map((block) => ',
    witness: 'models-that-think-first',
    shows: 'printed',
  },
  {
    name: 'a stream is read from any delta',
    file: 'transforms/typescript/results/stream-loop.ts',
    find: '`if (${event}.type === ${delta} && ${event}.delta.type === ${text})`;',
    replace: '`if (${event}.type === ${delta})`;',
    witness: 'models-that-think-first',
    shows: 'printed',
  },
  {
    name: 'end_turn is forgotten',
    file: 'src/api/stop-reasons.ts',
    find: "stop_sequence: ['end_turn', 'stop_sequence'],",
    replace: "stop_sequence: ['stop_sequence'],",
    witness: 'result-stop-reason-in-ternary',
    shows: 'printed',
  },
  {
    name: 'the helper for results forgets the legacy stop reason',
    file: 'transforms/helpers/typescript/sources/to-completion.ts',
    find: "ended ? 'stop_sequence' : full",
    replace: 'full',
    witness: 'result-read-by-computed-key',
    shows: 'printed',
  },
  {
    name: 'the helper for streams loses text',
    file: 'transforms/helpers/typescript/sources/completion-chunks.ts',
    find: 'yield { ...toCompletion(answer), completion: space + delta.text };',
    replace: 'if (space) yield { ...toCompletion(answer), completion: space + delta.text };',
    witness: 'stream-chunk-escapes',
    shows: 'printed',
  },
  {
    name: 'stop sequences of the user go with the marker',
    file: 'transforms/typescript/lower/stop-sequences.ts',
    find: 'elements: list.elements.filter((element) => isDropped(element, symbols)),',
    replace: 'elements: [...list.elements],',
    witness: 'params-stop-human-among-others',
    shows: 'stops',
  },
  {
    name: 'small limits are cut',
    file: 'src/api/max-tokens.ts',
    find: 'const to = Math.min(byModel, byGuard);',
    replace: 'const to = 40;',
    witness: 'client-default-import',
    shows: 'limits',
  },
  {
    name: 'a model that is gone is kept',
    file: 'src/api/choose-model.ts',
    find: 'if (isServed(row)) return',
    replace: "if (isServed(row) || row.tier === 'sonnet') return",
    witness: 'client-default-import',
    shows: 'refused',
  },
];

describe('a fault in the tool makes the parity suite fail', { timeout: 120_000 }, () => {
  it.each(SEEDED.map((seeded) => [seeded.name, seeded] as const))('%s', async (_, { witness, shows, ...mutation }) => {
    const { input, spec } = loadFixture(join(FIXTURES, 'typescript', witness));
    if (spec.parity === undefined || spec.parity.differs !== undefined)
      throw new Error(`${witness} cannot be a witness`);
    const { output } = await withMutant(mutation, (runTool) => runTool(input, spec.options));
    const { verdicts } = await judge(input, output, spec.parity);
    expect(verdicts).not.toEqual([]);
    for (const { differences } of verdicts) expect(differences.map(({ what }) => what)).toContain(shows);
  });
});
