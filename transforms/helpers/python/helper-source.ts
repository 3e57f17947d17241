import { MAX_TOKENS_WITHOUT_STREAMING } from '../../../src/api/max-tokens.js';
import { findModel, type Model } from '../../../src/api/models.js';
import { PARAMETERS } from '../../../src/api/parameters.js';
import { CUT_OFFS } from '../../../src/api/sampling.js';
import type { SdkTarget } from '../../../src/api/sdk.js';
import { HELPER_NAMES, type HelperName } from './names.js';

/** How helpers are written for one file. */
export interface HelperOptions {
  readonly helpers: ReadonlySet<HelperName>;
  /** What each helper is called in this project. */
  readonly names: ReadonlyMap<HelperName, string>;
  readonly profile: SdkTarget['profile'];
  /** Legacy model ids, each with the id to send instead. */
  readonly models: ReadonlyMap<string, string>;
  readonly quote: "'" | '"';
  readonly indent: string;
}

interface Snippet {
  readonly needs: readonly HelperName[];
  /** The imports of its code, as statements. */
  readonly imports: readonly string[];
  /** Four spaces of indent, double quotes. */
  readonly text: string;
}

export interface HelperSource {
  /** `import re`: statements that the code needs. */
  readonly imports: readonly string[];
  /** The functions, each followed by a line break, two blank lines between them. */
  readonly text: string;
  /** All functions that are in it. */
  readonly functions: readonly HelperName[];
}

/** The source of some helpers and of those that they call. */
export function helperSource(options: HelperOptions): HelperSource {
  const all = new Set<HelperName>();
  const add = (name: HelperName): void => {
    if (all.has(name)) return;
    all.add(name);
    for (const needed of snippet(name, options).needs) add(needed);
  };
  for (const name of options.helpers) add(name);
  const functions = HELPER_NAMES.filter((name) => all.has(name));
  const snippets = functions.map((name) => snippet(name, options));
  return {
    functions,
    imports: [...new Set(snippets.flatMap(({ imports }) => imports))].sort(),
    text: snippets.map(({ text }) => named(restyled(text.trim(), options), options)).join('\n\n\n') + '\n',
  };
}

function restyled(text: string, { quote, indent }: HelperOptions): string {
  const indented = text.replace(/^(?: {4})+/gm, (spaces) => indent.repeat(spaces.length / 4));
  return quote === '"'
    ? indented
    : indented.replace(/"""|"([^"\n']*)"/g, (all, inner: string | undefined) =>
        inner === undefined ? all : `'${inner}'`,
      );
}

function named(text: string, { names }: HelperOptions): string {
  return text.replace(/\b[A-Za-z_]+(?=\()/g, (word) => names.get(word as HelperName) ?? word);
}

function snippet(name: HelperName, options: HelperOptions): Snippet {
  return SNIPPETS[name](options);
}

const SNIPPETS: Readonly<Record<HelperName, (options: HelperOptions) => Snippet>> = {
  to_messages: () => ({
    needs: [],
    imports: ['import re'],
    text: String.raw`
def to_messages(prompt):
    """Splits the prompt of a text completion into system text and messages.

    Text before the first Human turn is system text; a prompt without Human turns starts with a message of the user.
    """
    # Pieces are text and marker in turn; the first piece stands before all markers.
    pieces = re.split(r"(?:^|\n{2})(Human|Assistant):", prompt)
    messages = []
    for marker, piece in zip([None] + pieces[1::2], pieces[::2]):
        content = piece.strip()
        if content:
            messages.append({"role": "assistant" if marker == "Assistant" else "user", "content": content})
    system = pieces[0].strip()
    if system and "Human" in pieces[1::2]:
        return {"system": system, "messages": messages[1:]}
    return {"messages": messages}
`,
  }),
  to_message_params: (options) => ({ needs: ['to_messages'], imports: ['import re'], text: toMessageParams(options) }),
  message_text: () => ({
    needs: [],
    imports: [],
    text: `
def message_text(message):
    """The text of a message: all of its text blocks."""
    return "".join(block.text for block in message.content if block.type == "text")
`,
  }),
  answer_text: () => ({
    needs: [],
    imports: [],
    text: `
def answer_text(answer):
    """The text of an answer of the Messages API, parsed from JSON: all of its text blocks."""
    return "".join(block["text"] for block in answer["content"] if block["type"] == "text")
`,
  }),
  to_completion_body: () => ({
    needs: ['answer_text'],
    imports: [],
    text: String.raw`
def to_completion_body(answer):
    """Gives an answer of the Messages API, parsed from JSON, the form of a text completion; the body of an error stays as it is."""
    if "content" not in answer:
        return answer
    text, reason = answer_text(answer), answer["stop_reason"]
    reasons = {"end_turn": "stop_sequence", "model_context_window_exceeded": "max_tokens"}
    return {
        "type": "completion",
        "id": answer["id"],
        "completion": " " + text if text else "",
        "stop_reason": reasons.get(reason, reason),
        "stop": "\n\nHuman:" if reason == "end_turn" else answer["stop_sequence"],
        "model": answer["model"],
        "truncated": False,
        "log_id": answer["id"],
        "exception": None,
    }
`,
  }),
  to_completion_event: () => ({
    needs: [],
    imports: [],
    text: `
def to_completion_event(event):
    """Gives an event of a stream of the Messages API the form of one of a text completion; errors and pings stay as they are."""
    if event["type"] in ("error", "ping"):
        return event
    delta = event.get("delta", {})
    reasons = {"end_turn": "stop_sequence", "model_context_window_exceeded": "max_tokens"}
    reason = delta.get("stop_reason")
    return {"type": "completion", "completion": delta.get("text", ""), "stop_reason": reasons.get(reason, reason)}
`,
  }),
  async_client: () => ({
    needs: [],
    imports: [],
    text: `
def async_client(client):
    """An asynchronous client like another one: those of SDK 0.2 were for both kinds of calls."""
    from anthropic import AsyncAnthropic

    return AsyncAnthropic(api_key=client.api_key, base_url=client.base_url, timeout=client.timeout)
`,
  }),
  TextCompletion: () => ({
    needs: [],
    imports: ['from types import SimpleNamespace'],
    text: `
class TextCompletion(SimpleNamespace):
    """A text completion, of which dict(...) makes a dictionary, as of that of the SDK."""

    def __iter__(self):
        return iter(vars(self).items())

    def model_dump(self):
        return dict(self)

    dict = model_dump
`,
  }),
  to_completion: () => ({
    needs: ['TextCompletion', 'message_text'],
    imports: [],
    text: `
def to_completion(message):
    """Gives a message the form of a text completion."""
    text = message_text(message)
    reasons = {"end_turn": "stop_sequence", "model_context_window_exceeded": "max_tokens"}
    return TextCompletion(
        id=message.id,
        completion=" " + text if text else "",
        model=message.model,
        stop="\\n\\nHuman:" if message.stop_reason == "end_turn" else message.stop_sequence,
        stop_reason=reasons.get(message.stop_reason, message.stop_reason),
        type="completion",
    )
`,
  }),
  async_to_completion: () => ({
    needs: ['to_completion'],
    imports: [],
    text: `
async def async_to_completion(message):
    """Gives a message that is awaited the form of a text completion."""
    return to_completion(await message)
`,
  }),
  to_completion_dict: () => ({
    needs: ['message_text'],
    imports: [],
    text: String.raw`
def to_completion_dict(message):
    """Gives a message the form of a text completion of SDK 0.2."""
    text = message_text(message)
    reasons = {"end_turn": "stop_sequence", "model_context_window_exceeded": "max_tokens"}
    return {
        "completion": " " + text if text else "",
        "stop": "\n\nHuman:" if message.stop_reason == "end_turn" else message.stop_sequence,
        "stop_reason": reasons.get(message.stop_reason, message.stop_reason),
        "truncated": False,
        "log_id": message.id,
        "model": message.model,
        "exception": None,
    }
`,
  }),
  completion_chunks: () => ({ needs: ['TextCompletion'], imports: [], text: chunks('completion_chunks', false) }),
  async_completion_chunks: () => ({
    needs: ['TextCompletion'],
    imports: [],
    text: chunks('async_completion_chunks', true),
  }),
  completion_stream: () => ({ needs: [], imports: [], text: cumulative('completion_stream', false) }),
  async_completion_stream: () => ({ needs: [], imports: [], text: cumulative('async_completion_stream', true) }),
};

function chunks(name: string, isAsync: boolean): string {
  const word = isAsync ? 'async ' : '';
  return `
${word}def ${name}(stream):
    """Gives a stream of message events the form of a stream of text completions; the last chunk carries the reason."""
    reasons = {"end_turn": "stop_sequence", "model_context_window_exceeded": "max_tokens"}
    answer, space = {}, " "

    def chunk(text, reason):
        return TextCompletion(completion=text, stop_reason=reason, type="completion", **answer)

    ${word}for event in stream:
        if event.type == "message_start":
            answer = {"id": event.message.id, "model": event.message.model}
        elif event.type == "content_block_delta" and event.delta.type == "text_delta":
            yield chunk(space + event.delta.text, None)
            space = ""
        elif event.type == "message_delta" and event.delta.stop_reason:
            yield chunk("", reasons.get(event.delta.stop_reason, event.delta.stop_reason))
`;
}

function cumulative(name: string, isAsync: boolean): string {
  const word = isAsync ? 'async ' : '';
  return String.raw`
${word}def ${name}(stream):
    """Gives a stream of message events the form of a stream of SDK 0.2: every chunk holds all of the text so far."""
    reasons = {"end_turn": "stop_sequence", "model_context_window_exceeded": "max_tokens"}
    data = {"completion": "", "stop": None, "stop_reason": None, "truncated": False, "log_id": None, "model": None, "exception": None}
    ${word}for event in stream:
        if event.type == "message_start":
            data = {**data, "log_id": event.message.id, "model": event.message.model}
        elif event.type == "content_block_delta" and event.delta.type == "text_delta":
            data = {**data, "completion": (data["completion"] or " ") + event.delta.text}
            yield data
        elif event.type == "message_delta" and event.delta.stop_reason:
            reason = event.delta.stop_reason
            stop = "\n\nHuman:" if reason == "end_turn" else event.delta.stop_sequence
            yield {**data, "stop": stop, "stop_reason": reasons.get(reason, reason)}
`;
}

/** Parameters known only at run time; what they lose is what `src/api` says that a call written out would lose. */
function toMessageParams({ models, profile }: HelperOptions): string {
  const rows = [...models.values()].map(findModel).filter((row) => row !== undefined);
  const noSampling = profile === '1.x' || rows.some((row) => row.sampling === 'none');
  const fates = noSampling ? ['removed', 'restricted'] : ['removed'];
  const dropped = [...PARAMETERS].filter(([, fate]) => fates.includes(fate.kind)).map(([key]) => `"${key}"`);
  const table = [...models].map(([from, to]) => `        "${from}": "${to}",\n`).join('');
  const off = noSampling
    ? ''
    : `    for key in (${[...CUT_OFFS].map((key) => `"${key}"`).join(', ')}):
        if (params.get(key) or 0) < 0:
            del params[key]
    # Models take temperature or top_p, not both.
    if "temperature" in params:
        params.pop("top_p", None)
`;
  return String.raw`
def to_message_params(params):
    """Turns the parameters of a text completion into those of a message; other keys are passed on."""
    params = dict(params)
${table === '' ? '' : `    models = {\n${table}    }\n    params["model"] = models.get(params["model"], params["model"])\n`}    for key in (${dropped.join(', ')}):
        params.pop(key, None)
${off}    # The API refuses blank stop sequences, and answers end before a Human turn anyway.
    stops = [stop for stop in params.pop("stop_sequences", None) or [] if stop.strip() and not re.match(r"\n{2}Human:\s*$", stop)]
    if stops:
        params["stop_sequences"] = stops
    params["max_tokens"] = ${limit(rows)}
    params.update(to_messages(params.pop("prompt")))
    return params
`;
}

/** Without a stream the SDK throws above a limit of its own; with one, the models' maximum is the limit. */
function limit(rows: readonly Model[]): string {
  const most = Math.min(...rows.map((row) => row.maxOutput ?? Infinity));
  const whole = Math.min(most, MAX_TOKENS_WITHOUT_STREAMING);
  if (most === Infinity)
    return `params.pop("max_tokens_to_sample") if params.get("stream") else min(params.pop("max_tokens_to_sample"), ${String(whole)})`;
  return `min(params.pop("max_tokens_to_sample"), ${String(most)} if params.get("stream") else ${String(whole)})`;
}
