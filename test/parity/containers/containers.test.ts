import { afterAll, describe, expect, it } from 'vitest';
import { printDifferences } from '../../../src/parity/print-differences.js';
import type { Files } from '../../harness/files.js';
import { loadFixtures, PYTHON_RANGE, withRequirements, type ParitySpec } from '../../harness/fixture.js';
import { unannounced } from '../announced.js';
import { startHosts } from '../host.js';
import { judgeQuickly } from '../judge-quickly.js';
import { startPythonHosts } from '../python/hosts.js';
import { isSkipped } from '../python/skipped.js';
import { codeIn, readEntry } from './code-in.js';

const programs = loadFixtures('containers').flatMap(({ spec, ...fixture }) =>
  spec.parity === undefined ? [] : [{ ...fixture, parity: spec.parity }],
);
const isPython = ({ parity }: { readonly parity: ParitySpec }): boolean => parity.entry.endsWith('.py');
const hosts = startHosts();
const pythonHosts = startPythonHosts();
afterAll(() => {
  hosts.close();
  pythonHosts.close();
});

/** The files with the code that runs as a file of its own, under the entry's name with no sign in it. */
function withProgram(files: Files, { entry }: ParitySpec): Files {
  const code = readEntry(entry);
  const text = files.get(code.host);
  if (text === undefined) throw new Error(`There is no ${code.host}`);
  return new Map([...files, [fileOf(entry), codeIn(code, text)]]);
}

function fileOf(entry: string): string {
  return entry.replace('#', '-').replace(/\.(?=.*\.)/g, '_');
}

function judge({ input, expected, parity }: (typeof programs)[number]): ReturnType<typeof judgeQuickly> {
  const before = isPython({ parity }) ? withRequirements(input, PYTHON_RANGE) : input;
  const after = withProgram(new Map([...before, ...expected]), parity);
  const spec = { ...parity, entry: fileOf(parity.entry) };
  return judgeQuickly(withProgram(before, parity), after, spec, isPython({ parity }) ? pythonHosts : hosts);
}

describe.each([
  { language: 'JavaScript', cases: programs.filter((program) => !isPython(program)), isLeft: false },
  { language: 'Python', cases: programs.filter(isPython), isLeft: isSkipped },
])('$language inside other files', { timeout: 900_000 }, ({ cases, isLeft }) => {
  it.skipIf(isLeft).each(cases.map((program) => [program.name, program] as const))(
    '%s asks the model and prints the same before and after, on every SDK',
    async (_, program) => {
      const { before, verdicts } = await judge(program);
      expect(before.end, before.stderr).toEqual({ kind: 'exit', code: 0 });
      expect(before.requests.filter((request) => 'answer' in request)).not.toEqual([]);
      expect(before.stdout).not.toBe('');
      expect(verdicts).not.toEqual([]);
      const declared = [program.parity.differs ?? []].flat();
      for (const { sdk, after, differences } of verdicts)
        expect(printDifferences(unannounced(differences, declared)), `on ${sdk}\n${after.stderr}`).toBe('');
    },
  );
});
