import type { Snippet } from '../snippet.js';

export const textCompletion: Snippet = {
  needs: [],
  text: `‹
/** The answer to a text completion, or one chunk of a stream of them. */
interface TextCompletion {
  id: string;
  completion: string;
  model: string;
  stop_reason: string | null;
  type: 'completion';
}›`,
};
