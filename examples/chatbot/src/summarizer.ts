import { AI_PROMPT, HUMAN_PROMPT } from '@anthropic-ai/sdk';
import { claude } from './claude.js';
import { FAST_MODEL } from './config.js';
import type { Turn } from './history.js';

const INSTRUCTIONS = 'You write minutes. Be factual and brief.';

/** Replaces all but the last turns by a summary once there are too many of them. */
export async function shorten(history: readonly Turn[], keep = 6): Promise<readonly Turn[]> {
  if (history.length <= keep * 2) return history;
  const old = history.slice(0, -keep);
  const transcript = old.map((turn) => `${turn.from}: ${turn.text}`).join('\n');

  const { completion, stop_reason } = await claude.completions.create({
    model: FAST_MODEL,
    max_tokens_to_sample: 400,
    prompt: `${INSTRUCTIONS}${HUMAN_PROMPT} Summarize this conversation inside <summary> tags:

${transcript}${AI_PROMPT}`,
    stop_sequences: [HUMAN_PROMPT, '</summary>'],
    temperature: 0,
  });
  if (stop_reason !== 'stop_sequence') return history;

  const summary = completion.replace('<summary>', '').trim();
  return [{ from: 'customer', text: `(Earlier in this conversation: ${summary})` }, ...history.slice(-keep)];
}
