/** What a client of the Python SDK is. */
export interface PythonClient {
  readonly isAsync: boolean;
  readonly isBedrock: boolean;
}

/** The packages of the SDK. A file of the project that is called so, such as `llms/anthropic.py`, is not what an import of them loads. */
export const PYTHON_SDK_MODULES: ReadonlySet<string> = new Set(['anthropic', 'anthropic_bedrock']);

const client = (isAsync: boolean, isBedrock = false): PythonClient => ({ isAsync, isBedrock });

/**
 * Every class that makes a client with completions, by its full name. `Client` and `AsyncClient` were classes of their
 * own below 0.3 and are aliases since (Python SDK 0.2.10, 0.3.0 and 0.39.0; FACTS: 0.14.0 brought AnthropicBedrock).
 */
export const PYTHON_CLIENTS: ReadonlyMap<string, PythonClient> = new Map([
  ['anthropic.Anthropic', client(false)],
  ['anthropic.Client', client(false)],
  ['anthropic.AsyncAnthropic', client(true)],
  ['anthropic.AsyncClient', client(true)],
  ['anthropic.AnthropicBedrock', client(false, true)],
  ['anthropic.AsyncAnthropicBedrock', client(true, true)],
  ['anthropic_bedrock.AnthropicBedrock', client(false, true)],
  ['anthropic_bedrock.AsyncAnthropicBedrock', client(true, true)],
]);

/** The marker constants, as a name of the module and as an attribute of a client: real line breaks in every version. */
export const PYTHON_MARKERS: ReadonlyMap<string, string> = new Map([
  ['HUMAN_PROMPT', '\n\nHuman:'],
  ['AI_PROMPT', '\n\nAssistant:'],
]);

/** Legacy types and what each is called in the Messages API (Python SDK 0.39.0 and 1.13.0, anthropic/types). */
export const PYTHON_TYPES: ReadonlyMap<string, string> = new Map([
  ['anthropic.types.Completion', 'Message'],
  ['anthropic.types.CompletionCreateParams', 'MessageCreateParams'],
]);

/** Methods of a client of 0.2 and older (Python SDK 0.2.10, api.py). */
export const OLD_PYTHON_METHODS = ['completion', 'completion_stream', 'acompletion', 'acompletion_stream'] as const;

export type OldPythonMethod = (typeof OLD_PYTHON_METHODS)[number];
