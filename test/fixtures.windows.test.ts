import { expect, it } from 'vitest';
import { withBom, withCrlf, type Files } from './harness/files.js';
import { loadFixtures } from './harness/fixture.js';
import { runTool } from './harness/run-tool.js';

const fixtures = ['typescript', 'python', 'containers']
  .flatMap(loadFixtures)
  .map((fixture) => [fixture.name, fixture] as const);

it.each(fixtures)('%s does the same with Windows line endings and byte order marks', async (_name, fixture) => {
  const { output, outcome } = await runTool(windows(fixture.input), fixture.spec.options);
  const edited = [...fixture.expected].filter(([path]) => fixture.input.has(path));
  const created = [...fixture.expected].filter(([path]) => !fixture.input.has(path));
  expect(Object.fromEntries(output)).toEqual(Object.fromEntries([...windows(new Map(edited)), ...created]));
  expect(outcome).toEqual(fixture.outcome);
});

function windows(files: Files): Files {
  return withBom(withCrlf(files));
}
