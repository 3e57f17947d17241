import Anthropic from '@anthropic-ai/sdk';

export const claude = new Anthropic({
  apiKey: process.env.ANTHROPIC_API_KEY,
  maxRetries: 3,
});

/** Whether trying again later may help. */
export function isTemporary(error: unknown): boolean {
  return error instanceof Anthropic.APIError && (error.status === 429 || (error.status ?? 0) >= 500);
}
