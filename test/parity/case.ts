/**
 * `npm run parity:case -- [options] PATH...`: runs programs before and after migration and says in what they differ.
 * PATH is a fixture's folder (`input/`, `expected/`, `fixture.json`), any folder with a program, or one file.
 *   --migrate        migrate now, although there is an `expected/`
 *   --before         run the legacy half only
 *   --entry FILE     what to run; else fixture.json, or main.ts, main.py and the like
 *   --legacy VERSION the SDK of the legacy half; else fixture.json, or 0.20.0 (Python: 0.39.0)
 *   --sdk RANGE      the SDK that a program without a manifest declares; else ^0.20.0 (Python: ~=0.39.0)
 *   -v, --verbose    show the migrated files, and of each run what the server was asked and what was printed
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Observation } from '../../src/parity/observe.js';
import { printDifferences } from '../../src/parity/print-differences.js';
import { judge, runLegacy } from './judge.js';
import { loadCase } from './load-case.js';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    migrate: { type: 'boolean', default: false },
    before: { type: 'boolean', default: false },
    verbose: { type: 'boolean', short: 'v', default: false },
    entry: { type: 'string' },
    legacy: { type: 'string' },
    sdk: { type: 'string' },
  },
});
const failed: string[] = [];
for (const path of positionals) {
  if (!(await runCase(resolve(path)))) failed.push(path);
}
console.log(failed.length === 0 ? `${positionals.length} as expected` : `not as expected: ${failed.join(' ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function runCase(path: string): Promise<boolean> {
  const { name, input, expected, spec } = await loadCase(path, values);
  if (values.before) {
    const before = await runLegacy(input, spec);
    show(`${name}, legacy on ${spec.legacy}`, before);
    return before.end.kind === 'exit' && before.end.code === 0 && before.stdout !== '' && before.requests.length > 0;
  }
  if (values.verbose) for (const [file, text] of expected) console.log(`--- ${file}\n${text}`);
  const { before, verdicts } = await judge(input, expected, spec);
  show(`${name}, legacy on ${spec.legacy}`, before);
  for (const { sdk, after, differences } of verdicts) {
    show(`${name}, migrated on ${sdk}`, after);
    if (differences.length > 0) console.log(printDifferences(differences));
  }
  return verdicts.every(({ differences }) => differences.length > 0 === (spec.differs !== undefined));
}

function show(title: string, run: Observation): void {
  const ended = run.end.kind === 'exit' ? `exit ${run.end.code}` : run.end.kind;
  console.log(`${title}: ${ended}, ${run.requests.length} request(s)`);
  if (values.verbose) console.log(run.requests.map((request) => JSON.stringify(request)).join('\n'));
  if (values.verbose || run.stdout === '') console.log(run.stdout + run.stderr);
}
