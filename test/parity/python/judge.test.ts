import { afterAll, describe, expect, it } from 'vitest';
import { judge } from '../judge.js';
import { runtimeOf } from '../runtime.js';
import { WITH_BOTO3, WITH_REQUESTS, WITH_SDK } from './by-hand.js';
import { startPythonHosts } from './hosts.js';
import { isSkipped } from './skipped.js';

const SPEC = { entry: 'main.py', legacy: '0.39.0' };
const hosts = startPythonHosts();
afterAll(() => hosts.close());
const runtime = { ...runtimeOf('main.py'), run: hosts.run };

describe.skipIf(isSkipped)('the verdict on a Python program', { timeout: 600_000 }, () => {
  it.each([
    ['the SDK', WITH_SDK],
    ['requests', WITH_REQUESTS],
    ['boto3', WITH_BOTO3],
  ])('is equal for a right migration of one with %s', async (_, { before, after }) => {
    const judgement = await judge(before, after, SPEC, runtime);
    expect(judgement.before.end, judgement.before.stderr).toEqual({ kind: 'exit', code: 0 });
    for (const { sdk, differences, after: run } of judgement.verdicts)
      expect(differences, `on ${sdk}\n${run.stderr}`).toEqual([]);
    expect(judgement.verdicts.length).toBeGreaterThan(1);
  });

  it.each([
    ['a lost system text', '    system=SYSTEM,\n', '', 'conversation'],
    ['a wrong role', '"role": "user"', '"role": "assistant"', 'conversation'],
    ['another text', '"What is', '"Now what is', 'conversation'],
    ['another limit', 'max_tokens=100', 'max_tokens=99', 'limits'],
    ['a lost stop sequence', 'stop_sequences=["###"]', 'stop_sequences=[]', 'stops'],
    ['a lost parameter', 'temperature=0.2,', '', 'sampling'],
    ['another reading', '.strip()', '.upper()', 'printed'],
    ['a method that is gone', 'client.messages', 'client.completions', 'ended'],
    ['another model', 'claude-haiku-4-5', 'claude-instant-1.2', 'refused'],
  ])('sees %s', async (_, find, replace, shows) => {
    const text = WITH_SDK.after.get('main.py') as string;
    expect(text.split(find)).toHaveLength(2);
    const { verdicts } = await judge(
      WITH_SDK.before,
      new Map([['main.py', text.replace(find, replace)]]),
      SPEC,
      runtime,
    );
    expect(verdicts[0]?.differences.map(({ what }) => what)).toContain(shows);
  });

  it('is refused where the manifests still allow an SDK without Messages', async () => {
    const after = new Map([...WITH_SDK.after, ['requirements.txt', 'anthropic>=0.3\n']]);
    await expect(judge(WITH_SDK.before, after, SPEC, runtime)).rejects.toThrow(
      'allow anthropic 0.3.0, which has no Messages',
    );
  });
});
