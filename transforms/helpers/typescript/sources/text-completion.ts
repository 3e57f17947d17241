import type { Snippet, SnippetSettings } from '../snippet.js';

export const textCompletion = ({ nullReasons }: SnippetSettings): Snippet => ({
  needs: [],
  text: `‹
/** The answer to a text completion, or one chunk of a stream of them. */
interface TextCompletion {
  id: string;
  completion: string;
  model: string;
  stop_reason: ${nullReasons ? 'string | null' : 'string'};
  type: 'completion';
}›`,
});
