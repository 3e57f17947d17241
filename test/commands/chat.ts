/** A file with one call that moves. */
export const CHAT = `import Anthropic, { AI_PROMPT, HUMAN_PROMPT } from '@anthropic-ai/sdk';

const client = new Anthropic();

export async function ask(question: string): Promise<string> {
  const answer = await client.completions.create({
    model: 'claude-2.1',
    max_tokens_to_sample: 300,
    prompt: \`\${HUMAN_PROMPT} \${question}\${AI_PROMPT}\`,
  });
  return answer.completion.trim();
}
`;

/** A file with one call that a person must look at: nobody can say what its resource is handed to. */
export const STUCK = `import Anthropic from '@anthropic-ai/sdk';

export function register(client: Anthropic, plugins: Map<string, unknown>): void {
  plugins.set('completions', client.completions);
}
`;

/** A project that declares its SDK, so that nothing has to be assumed. */
export const PACKAGE = `{
  "name": "chat",
  "dependencies": {
    "@anthropic-ai/sdk": "^0.20.0"
  }
}
`;
