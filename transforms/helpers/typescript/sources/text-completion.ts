import type { Snippet, SnippetSettings } from '../snippet.js';

export const textCompletion = ({ nullReasons, hasIds }: SnippetSettings): Snippet => ({
  needs: [],
  text: `‹
/** The answer to a text completion, or one chunk of a stream of them. */
interface TextCompletion {
  id${hasIds ? '' : '?'}: string;
  completion: string;
  model: string;
  stop_reason: ${nullReasons ? 'string | null' : 'string'};
  type${hasIds ? '' : '?'}: 'completion';
}›`,
});
