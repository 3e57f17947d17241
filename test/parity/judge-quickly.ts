import type { Files } from '../harness/files.js';
import type { ParitySpec } from '../harness/fixture.js';
import type { Hosts } from './host.js';
import { judge, type Judgement } from './judge.js';
import { runtimeOf } from './runtime.js';

/**
 * Judges a program in processes that it shares with others. Only a program that runs there without a fault and without
 * a difference is done with that; whatever else comes out, processes of its own decide.
 */
export async function judgeQuickly(input: Files, expected: Files, spec: ParitySpec, hosts: Hosts): Promise<Judgement> {
  if (spec.differs === undefined && process.env['PARITY_ALONE'] === undefined) {
    const judgement = await judge(input, expected, spec, { ...runtimeOf(spec.entry), run: hosts.run });
    if (isClean(judgement)) return judgement;
  }
  return judge(input, expected, spec);
}

function isClean({ before, verdicts }: Judgement): boolean {
  const wasAnswered = before.requests.some((request) => 'answer' in request);
  const isEqual = verdicts.length > 0 && verdicts.every(({ differences }) => differences.length === 0);
  return before.end.kind === 'exit' && before.end.code === 0 && before.stdout !== '' && wasAnswered && isEqual;
}
