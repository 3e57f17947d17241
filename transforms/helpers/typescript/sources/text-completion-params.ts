import type { Snippet } from '../snippet.js';

/** The keys of `CompletionCreateParams` in SDK 0.137, and those of older ones that are dropped. */
export const textCompletionParams: Snippet = {
  needs: [],
  text: `‹
/** The parameters of a text completion. */
interface TextCompletionParams {
  model: string;
  prompt: string;
  max_tokens_to_sample: number;
  stop_sequences?: string[];
  stream?: boolean;
  temperature?: number;
  top_p?: number;
  top_k?: number;
  metadata?: { user_id?: string | null };
}›`,
};
