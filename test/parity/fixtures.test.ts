import { afterAll, describe, expect, it } from 'vitest';
import { printDifferences } from '../../src/parity/print-differences.js';
import { loadFixtures } from '../harness/fixture.js';
import { runTool } from '../harness/run-tool.js';
import { unannounced } from './announced.js';
import { startHosts } from './host.js';
import { judgeQuickly } from './judge-quickly.js';
import { tierOf, TIERS } from './tier.js';

const fixtures = loadFixtures('typescript');
const programs = fixtures.flatMap(({ spec, ...fixture }) =>
  spec.parity === undefined ? [] : [{ ...fixture, spec, parity: spec.parity }],
);
const hosts = startHosts();

describe('a fixture asks the model and prints the same before and after, on every SDK', { timeout: 300_000 }, () => {
  it.concurrent.each(programs.map((program) => [program.name, program] as const))(
    '%s',
    async (_, { input, spec, parity }) => {
      const { output, outcome } = await runTool(input, spec.options);
      const { before, verdicts } = await judgeQuickly(input, output, parity, hosts);
      expect(before.end, before.stderr).toEqual({ kind: 'exit', code: 0 });
      expect(before.requests.filter((request) => 'answer' in request)).not.toEqual([]);
      expect(before.stdout).not.toBe('');
      expect(verdicts).not.toEqual([]);
      const declared = [parity.differs ?? []].flat();
      expect(outcome.findings.map(({ code }) => code)).toEqual(expect.arrayContaining(declared));
      for (const { sdk, after, differences } of verdicts) {
        expect(printDifferences(unannounced(differences, declared)), `on ${sdk}\n${after.stderr}`).toBe('');
        if (declared.length > 0) expect(differences, 'differs no longer').not.toEqual([]);
      }
    },
  );

  afterAll(() => {
    hosts.close();
    const tiers = fixtures.flatMap(({ outcome }) => (outcome === null ? [] : [tierOf(outcome)]));
    const counts = TIERS.map((tier) => `${tiers.filter((each) => each === tier).length} ${tier}`);
    console.log(`${fixtures.length} fixtures: ${counts.join(', ')}; ${programs.length} of them are programs that run`);
  });
});
