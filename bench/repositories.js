import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const PACKAGE = JSON.stringify({ name: 'bench', dependencies: { '@anthropic-ai/sdk': '^0.20.0' } });

/** A git repository of ordinary modules, about 1.5 kB each. Returns its folder. */
export function withoutCandidates(folder, count) {
  return repository(
    folder,
    count,
    (i) =>
      `export const id${i} = ${i};\n` +
      `export function work${i}(input: readonly number[]): number {\n  // The sum of what is larger than ${i}.\n` +
      '  return input.filter((each) => each > 0).reduce((sum, each) => sum + each, 0);\n}\n'.repeat(14),
  );
}

/** A git repository in which every module calls the legacy API once. Returns its folder. */
export function withOneSiteEach(folder, count) {
  return repository(
    folder,
    count,
    (i) => `import Anthropic, { AI_PROMPT, HUMAN_PROMPT } from '@anthropic-ai/sdk';

const client = new Anthropic();

export async function ask${i}(question: string): Promise<string> {
  const answer = await client.completions.create({
    model: 'claude-2.1',
    max_tokens_to_sample: 300,
    prompt: \`\${HUMAN_PROMPT} \${question}\${AI_PROMPT}\`,
  });
  return answer.completion.trim();
}
`,
  );
}

function repository(folder, count, text) {
  write(folder, 'package.json', PACKAGE);
  for (let i = 0; i < count; i += 1) write(folder, `packages/p${i % 20}/src/m${i % 7}/file${i}.ts`, text(i));
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', 'commit', '-q', '-m', 'bench'],
  ]) {
    execFileSync('git', args, { cwd: folder });
  }
  return folder;
}

function write(folder, path, text) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
