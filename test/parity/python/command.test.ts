import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { overlay, replaceTree } from '../../harness/files.js';
import { FIXTURES, loadFixture } from '../../harness/fixture.js';
import { cli } from '../../support/cli.js';
import { isSkipped } from './skipped.js';
import { interpreterOf, pythonSdk } from './venv.js';

describe.skipIf(isSkipped)('completions-to-messages parity', { timeout: 600_000 }, () => {
  it.each([
    ['an SDK that reads the address of the server', 'prompt-few-shot'],
    ['a library that has to be led there', 'http-requests'],
  ])('compares Python programs with %s', async (_, name) => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'command-')));
    onTestFinished(() => { rmSync(folder, { recursive: true }); });
    const { input, expected } = loadFixture(join(FIXTURES, 'python', name));
    replaceTree(join(folder, 'before'), input);
    replaceTree(join(folder, 'after'), overlay(input, expected));
    const command = [await interpreterOf(pythonSdk('0.39.0')), 'main.py'];
    const { exitCode, stdout, stderr } = await cli(folder, ['parity', '--before', 'before', '--after', 'after', '--', ...command]);
    expect(stdout, stderr).toContain('Equal: the model was asked the same');
    expect(exitCode).toBe(0);
  });
});
