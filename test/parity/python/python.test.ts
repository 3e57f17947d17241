import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printDifferences } from '../../../src/parity/print-differences.js';
import { loadFixtures } from '../../harness/fixture.js';
import { unannounced } from '../announced.js';
import { judgeQuickly } from '../judge-quickly.js';
import { startPythonHosts } from './hosts.js';
import { isSkipped } from './skipped.js';
import { interpreterOf, python, pythonSdk, PYTHON_SDKS } from './venv.js';

const fixtures = loadFixtures('python');
const programs = fixtures.flatMap(({ spec, ...fixture }) =>
  spec.parity === undefined ? [] : [{ ...fixture, parity: spec.parity }],
);
const hosts = startPythonHosts();
afterAll(() => hosts.close());

describe.skipIf(isSkipped)('Python', { timeout: 300_000 }, () => {
  // All at once: while one waits for the network, another unpacks.
  beforeAll(() => Promise.all(PYTHON_SDKS.map(interpreterOf)), 900_000);

  it.concurrent.each(programs.map((program) => [program.name, program] as const))(
    '%s asks the model and prints the same before and after, on every SDK',
    async (_, { input, expected, outcome, parity }) => {
      const { before, verdicts } = await judgeQuickly(input, expected, parity, hosts);
      expect(before.end, before.stderr).toEqual({ kind: 'exit', code: 0 });
      expect(before.requests.filter((request) => 'answer' in request)).not.toEqual([]);
      expect(before.stdout).not.toBe('');
      const declared = [parity.differs ?? []].flat();
      if (outcome !== null) expect(outcome.findings.map(({ code }) => code)).toEqual(expect.arrayContaining(declared));
      for (const { sdk, after, differences } of verdicts) {
        expect(printDifferences(unannounced(differences, declared)), `on ${sdk}\n${after.stderr}`).toBe('');
        if (declared.length > 0) expect(differences, 'differs no longer').not.toEqual([]);
      }
    },
  );

  it('what goes in and what comes out compiles', () => {
    const isNoPython = (path: string, outcome: (typeof fixtures)[number]['outcome']): boolean =>
      outcome?.findings.some((finding) => finding.code === 'CTM901' && finding.path === path) === true;
    const files = fixtures.flatMap(({ name, input, expected, outcome }) => [
      ...[...input]
        .filter(([path]) => !isNoPython(path, outcome))
        .map(([path, text]) => [`${name}/input/${path}`, text]),
      ...[...expected].map(([path, text]) => [`${name}/expected/${path}`, text]),
    ]);
    const script =
      'import json, sys\nfor path, text in json.load(sys.stdin): compile(text, path, "exec", dont_inherit=True)';
    const input = JSON.stringify(files.filter(([path]) => path?.endsWith('.py')));
    expect(() =>
      execFileSync(python()?.command ?? 'python3', ['-c', script], { input, stdio: ['pipe', 'pipe', 'pipe'] }),
    ).not.toThrow();
  });

  it.each(['0.39.0', '0.3.11', '0.2.10'])('programs that were written for %s are among the fixtures', (version) => {
    expect(pythonSdk(version).version).toBe(version);
    expect(programs.filter(({ parity }) => parity.legacy === version)).not.toEqual([]);
  });
});
