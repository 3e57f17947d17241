import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { project } from '../support/project.js';
import { CHAT } from './chat.js';

describe('wrong usage', () => {
  it.each<[string[], string]>([
    [['--bogus'], 'Unknown argument: bogus'],
    [['check', '--dry-run'], 'Unknown argument'],
    [['--no-dry-run'], 'Unknown argument'],
    [['missing.ts'], 'missing.ts does not exist'],
    [['--dry-run', '--', '-missing.ts'], '-missing.ts does not exist'],
    [['--report', 'xml'], 'Unknown report format "xml"; known formats: text, json'],
    [['--report', 'json=no/such/folder/r.json'], 'there is no folder'],
    [['--report'], 'Not enough arguments following: report'],
    [['--lang', 'cobol'], 'Unknown language "cobol"; known languages: ts'],
    [['--lang', 'ts,'], 'Unknown language ""'],
    [['--sdk', '2.x'], 'Given: "2.x", Choices: "0.x", "1.x"'],
    [['--sdk', '0.x', '--sdk', '1.x'], '--sdk was given twice'],
    [['--model-policy', 'newest'], 'Choices: "parity", "latest", "keep"'],
    [['--model-map', 'claude-2'], '--model-map claude-2 is not of the form OLD=NEW'],
    [['--model-map', 'claude-2='], 'not of the form OLD=NEW'],
    [['--model-map', 'claude-2=a', '--model-map', 'claude-2=b'], 'two models for claude-2'],
    [['explain'], 'Not enough non-option arguments'],
    [['explain', 'CTM999'], 'There is no code CTM999'],
  ])('%j ends with exit code 2, a sentence, and nothing written', async (args, message) => {
    const { folder, read, commit } = project({ 'chat.ts': CHAT }, { git: true });
    commit();
    const run = await cli(folder, args);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(message);
    expect(run.stderr).not.toMatch(/^\s+at /m);
    expect(read('chat.ts')).toBe(CHAT);
  });
});

describe('help', () => {
  it('is printed for every command', async () => {
    const { folder } = project({});
    for (const args of [['--help'], ['-h'], ['check', '--help'], ['explain', '--help']]) {
      expect(await cli(folder, args)).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining('completions-to-messages') as string,
        stderr: '',
      });
    }
    expect((await cli(folder, ['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('explain', () => {
  it.each(['CTM101', 'ctm101'])('prints the page of %s', async (code) => {
    expect(await cli(project({}).folder, ['explain', code])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^# CTM101/) as string,
    });
  });
});
