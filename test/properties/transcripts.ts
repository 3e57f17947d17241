/** How a program keeps its transcript; `at` is how it names it, `body` what a round does. */
type Holder = (parts: { readonly opening: string; readonly body: (at: string) => string }) => string;

const ROUND = 'async (text: string): Promise<string>';

/** What holds the text. */
export const HOLDERS: Readonly<Record<string, Holder>> = {
  field: ({ opening, body }) => `class Chat {
  private prompt = ${opening};
  async say(text: string): Promise<string> {
${body('this.prompt')}  }
  reset(): void {
    this.prompt = ${opening};
  }
}
function start() {
  const chat = new Chat();
  return { say: (text: string) => chat.say(text), reset: () => chat.reset() };
}
`,
  'private name': ({ opening, body }) => `class Chat {
  #transcript: string;
  constructor() {
    this.#transcript = ${opening};
  }
  async say(text: string): Promise<string> {
${body('this.#transcript')}  }
  reset(): void {
    this.#transcript = ${opening};
  }
}
const start = () => new Chat();
`,
  closure: ({ opening, body }) => `function start() {
  let prompt = ${opening};
  const say = ${ROUND} => {
${body('prompt')}  };
  const reset = () => {
    prompt = ${opening};
  };
  return { say, reset };
}
`,
  module: ({ opening, body }) =>
    `let transcript: string = '';
${ROUND.replace('async (', 'async function say(')} {
${body('transcript')}}
function reset() {
  transcript = ${opening};
}
function start() {
  reset();
  return { say, reset };
}
`.replace("''", opening),
  object: ({ opening, body }) => `const state = { prompt: ${opening}, rounds: 0 };
${ROUND.replace('async (', 'async function say(')} {
  state.rounds += 1;
${body('state.prompt')}}
const start = () => ({
  say,
  reset() {
    state.prompt = ${opening};
    state.rounds = 0;
  },
});
`,
};

/** What it begins with. */
export const OPENINGS: Readonly<Record<string, string>> = {
  empty: "''",
  system: 'SYSTEM',
  examples: '`${HUMAN_PROMPT} Hi.${AI_PROMPT} Hello.`',
  'system and examples': "SYSTEM + '\\n\\nHuman: Hi.\\n\\nAssistant: Hello.\\n\\nHuman: Well?\\n\\nAssistant: Well.'",
};

const CALL = (prompt: string): string =>
  `const r = await client.completions.create({ model: 'claude-2', max_tokens_to_sample: 50, prompt: ${prompt} }, { maxRetries: 0 });\n`;

/** How a question is put behind it, and sent. */
export const ASKING: Readonly<Record<string, (at: string) => string>> = {
  template: (at) => `${at} += \`\${HUMAN_PROMPT} \${text}\${AI_PROMPT}\`;\n${CALL(at)}`,
  'marker at the call': (at) =>
    `${at} = ${at} + HUMAN_PROMPT + ' ' + text;\n${CALL(`\`\${${at}}\${AI_PROMPT}\``)}${at} += AI_PROMPT;\n`,
  'in steps': (at) =>
    `${at} += HUMAN_PROMPT;\n${at} += ' ' + text;\nif (text.length > 8) ${at} += ' (long)';\n${at} += AI_PROMPT;\n${CALL(at)}`,
  'after the answer': (at) =>
    `const whole = \`\${${at}}\\n\\nHuman: \${text}\\n\\nAssistant:\`;\n${CALL('whole')}${at} += \`\\n\\nHuman: \${text}\\n\\nAssistant:\`;\n`,
  'with a second call': (at) =>
    `${at} += HUMAN_PROMPT + text;\n${at} += AI_PROMPT;\n${CALL(at)}if (text.length > 8) await client.completions.create({ model: 'claude-2', max_tokens_to_sample: 5, prompt: \`\${${at}} Yes.\${HUMAN_PROMPT} Sure?\${AI_PROMPT}\` });\n`,
};

/** How the answer is put behind it. */
export const ANSWERING: Readonly<Record<string, (at: string) => string>> = {
  append: (at) => `${at} += r.completion;\n`,
  trimmed: (at) => `${at} += ' ' + r.completion.trim();\n`,
  'as a name': (at) => `const { completion } = r;\n${at} = \`\${${at}} \${completion}\`;\n`,
};

export interface TranscriptStyle {
  readonly holder: string;
  readonly opening: string;
  readonly asking: string;
  readonly answering: string;
}

/** A program whose `main` has a conversation: a text is asked, null begins anew. */
export function printTranscript({ holder, opening, asking, answering }: TranscriptStyle): string {
  const body = (at: string): string =>
    `${ASKING[asking]?.(at) ?? ''}${ANSWERING[answering]?.(at) ?? ''}return r.completion.trim();\n`;
  return `import Anthropic, { AI_PROMPT, HUMAN_PROMPT } from '@anthropic-ai/sdk';

const client = new Anthropic();
const SYSTEM = 'Be kind.';

${HOLDERS[holder]?.({ opening: OPENINGS[opening] ?? '', body }) ?? ''}
export async function main(...rounds: (string | null)[]): Promise<string> {
  const chat = start();
  const said: string[] = [];
  for (const text of rounds) {
    if (text === null) chat.reset();
    else {
      try {
        said.push(await chat.say(text));
      } catch {
        said.push('failed');
      }
    }
  }
  return said.join('|');
}
`;
}
