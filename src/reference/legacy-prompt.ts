import { invalidRequest } from './api-error.js';
import { canonicalConversation, type Conversation, type Turn } from './conversation.js';

/** A turn starts at two newlines and a name; the newlines may be missing at the start of the prompt, where the API adds them. */
const MARKER = /(?:^|\n\n)(Human|Assistant):/g;

/**
 * The conversation that a legacy prompt stands for.
 * Source: prompt validation page of the legacy documentation, and the migration guide for system text and prefill.
 * @throws ApiError with the API's message where the prompt does not start with a Human or end with an Assistant turn
 */
export function readPrompt(prompt: string): Conversation {
  const markers = [...prompt.matchAll(MARKER)];
  const faults = [
    ...(markers[0]?.[1] === 'Human'
      ? []
      : ['prompt must start with "\n\nHuman:" turn after an optional system prompt']),
    ...(markers.at(-1)?.[1] === 'Assistant' ? [] : ['prompt must end with "\n\nAssistant:" turn']),
  ];
  if (faults.length > 0) throw invalidRequest(faults.join(', '));

  const turns = markers.map((marker, position): Turn => {
    const end = markers[position + 1]?.index ?? prompt.length;
    return {
      role: marker[1] === 'Human' ? 'user' : 'assistant',
      text: prompt.slice(marker.index + marker[0].length, end),
    };
  });
  const open = turns.at(-1)?.text ?? '';
  return canonicalConversation(prompt.slice(0, markers[0]?.index), turns.slice(0, -1), open);
}
