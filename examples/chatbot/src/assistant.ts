import Anthropic, { HUMAN_PROMPT } from '@anthropic-ai/sdk';
import { CHAT_MODEL } from './config.js';
import { buildPrompt, type Turn } from './history.js';

export interface Answer {
  readonly text: string;
  readonly finish: 'stop' | 'length' | 'unknown';
}

const defaults = {
  model: CHAT_MODEL,
  max_tokens_to_sample: 800,
  temperature: 0.3,
  stop_sequences: [HUMAN_PROMPT], // never speak for the customer
};

export class Assistant {
  constructor(private readonly client: Anthropic) {}

  /** Answers the last question of a history. */
  async reply(history: readonly Turn[], signal?: AbortSignal): Promise<Answer> {
    const response = await this.client.completions.create({ ...defaults, prompt: buildPrompt(history) }, { signal });
    return { text: response.completion.trim(), finish: finishOf(response) };
  }

  /** The same, piece by piece as it is written. */
  async *stream(history: readonly Turn[]): AsyncGenerator<string> {
    const stream = await this.client.completions.create({ ...defaults, prompt: buildPrompt(history), stream: true });
    for await (const chunk of stream) {
      yield chunk.completion;
    }
  }
}

function finishOf({ stop_reason }: Anthropic.Completion): Answer['finish'] {
  switch (stop_reason) {
    case 'stop_sequence':
      return 'stop';
    case 'max_tokens':
      return 'length';
    default:
      return 'unknown';
  }
}
