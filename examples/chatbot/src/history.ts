import { AI_PROMPT, HUMAN_PROMPT } from '@anthropic-ai/sdk';

export interface Turn {
  readonly from: 'customer' | 'assistant';
  readonly text: string;
}

export const SYSTEM = `You are the assistant of Velo & Daughters, a bicycle shop in Ghent.
Answer in at most five sentences. If you do not know, say so and offer to call back.`;

/** The whole conversation as Claude reads it. */
export function buildPrompt(history: readonly Turn[]): string {
  let prompt = SYSTEM;
  for (const turn of history) {
    prompt += turn.from === 'customer' ? `${HUMAN_PROMPT} ${turn.text}` : `${AI_PROMPT} ${turn.text}`;
  }
  return prompt + AI_PROMPT;
}
