import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { replaceTree } from '../../harness/files.js';
import { cli } from '../../support/cli.js';
import { WITH_REQUESTS, WITH_SDK } from './by-hand.js';
import { isSkipped } from './skipped.js';
import { interpreterOf, pythonSdk } from './venv.js';

describe.skipIf(isSkipped)('completions-to-messages parity', { timeout: 600_000 }, () => {
  it.each([
    ['an SDK that reads the address of the server', WITH_SDK],
    ['a library that has to be led there', WITH_REQUESTS],
  ])('compares Python programs with %s', async (_, { before, after }) => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'command-')));
    onTestFinished(() => {
      rmSync(folder, { recursive: true });
    });
    replaceTree(join(folder, 'before'), before);
    replaceTree(join(folder, 'after'), after);
    const command = [await interpreterOf(pythonSdk('0.39.0')), 'main.py'];
    const { exitCode, stdout, stderr } = await cli(folder, [
      'parity',
      '--before',
      'before',
      '--after',
      'after',
      '--',
      ...command,
    ]);
    expect(stdout, stderr).toContain('Equal: the model was asked the same');
    expect(exitCode).toBe(0);
  });
});
