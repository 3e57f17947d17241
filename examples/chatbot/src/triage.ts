import { AI_PROMPT, HUMAN_PROMPT } from '@anthropic-ai/sdk';
import { claude } from './claude.js';
import { FAST_MODEL } from './config.js';

export interface Triage {
  readonly topic: 'repair' | 'order' | 'other';
  readonly urgent: boolean;
}

/** What a question is about. */
export async function triage(question: string): Promise<Triage> {
  const response = await claude.completions.create({
    model: FAST_MODEL,
    max_tokens_to_sample: 60,
    prompt: `${HUMAN_PROMPT} Sort this question of a customer.
Answer as JSON with the keys "topic" (repair, order or other) and "urgent" (true or false).

<question>${question}</question>${AI_PROMPT} {`,
    temperature: 0,
  });
  return JSON.parse(`{${response.completion}`) as Triage;
}
